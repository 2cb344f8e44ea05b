//! What French sets apart by a space stays on the line of the word that it belongs to.

/// No break before `; : ? ! »` nor after `«`, in the text of a page: its tags and styles are left.
pub fn unbroken(page: &str) -> String {
    let mut out = String::with_capacity(page.len() + page.len() / 64);
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        push_text(&mut out, text);
        let closing = if tag.starts_with("<style") { "</style>" } else { ">" };
        let end = tag.find(closing).map_or(tag.len(), |end| end + closing.len());
        out.push_str(&tag[..end]);
        rest = &tag[end..];
    }
    push_text(&mut out, rest);
    out
}

fn push_text(out: &mut String, text: &str) {
    let mut after_quote = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let before_sign = matches!(letters.peek(), Some(';' | ':' | '?' | '!' | '»'));
        let joined = letter == ' ' && (before_sign || after_quote);
        out.push(if joined { '\u{A0}' } else { letter });
        after_quote = letter == '«';
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stay_with_their_words_and_styles_are_left() {
        let page = "<style>a : b</style><p title=\"x : y\">un ; « deux » : trois</p>";
        let whole = "<style>a : b</style><p title=\"x : y\">\
                     un\u{A0}; «\u{A0}deux\u{A0}»\u{A0}: trois</p>";
        assert_eq!(unbroken(page), whole);
    }
}
