//! The spaces of French typography, for texts that are written with ordinary ones.

use super::number::THIN_SPACE;

/// The text with no-break spaces where a line must not end: before `: ; ? ! »` and `%`, after `«`.
///
/// ```
/// assert_eq!(maillage::wording::typography::unbroken("à 5 % : oui !"), "à 5\u{202F}%\u{A0}: oui\u{A0}!");
/// ```
#[must_use]
pub fn unbroken(text: &str) -> String {
    let mut unbroken = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let before = unbroken.chars().next_back();
        unbroken.push(match (letter, before, letters.peek()) {
            // A space that begins a line or follows another one aligns.
            (' ', None | Some(' ' | '\n'), _) => ' ',
            (' ', Some('«'), _) | (' ', _, Some(':' | ';' | '?' | '!' | '»')) => '\u{A0}',
            (' ', _, Some('%')) => THIN_SPACE,
            _ => letter,
        });
    }
    unbroken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_french_punctuation_holds_to_its_word() {
        assert_eq!(unbroken("« a » : b ; c"), "«\u{A0}a\u{A0}»\u{A0}: b\u{A0}; c");
        for same in ["  : aligné", "a:b", "maillage demo -o essai", "x\n % y"] {
            assert_eq!(unbroken(same), same);
        }
    }
}
