//! From the bytes of a text file to its text, the encoding detected.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::error::{Code, Diagnostic};

/// Ends a text file for programs of another age.
const END_OF_FILE: char = '\u{1A}';

/// The text of `bytes` and the name of its encoding: by the byte order mark, else UTF-16 when
/// every other byte is null, else UTF-8 when valid, else Windows-1252.
///
/// # Errors
/// `E1006` when no encoding gives a text (control characters show a binary file).
pub fn decode(file: &str, bytes: &[u8]) -> Result<(String, &'static str), Diagnostic> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (guess(bytes), 0));
    let (text, malformed) = if encoding == WINDOWS_1252 {
        (Cow::Owned(windows(bytes)), false)
    } else {
        encoding.decode_without_bom_handling(&bytes[mark..])
    };
    let text = text.trim_end_matches(END_OF_FILE);
    let forbidden = text.char_indices().find(|(_, letter)| is_forbidden(*letter));
    if let Some((offset, _)) = forbidden {
        let line = 1 + text[..offset].matches('\n').count();
        return Err(not_text(file).at_line(line));
    }
    if malformed {
        return Err(not_text(file));
    }
    Ok((text.to_owned(), encoding.name()))
}

/// Windows-1252, also where parts in UTF-8 were pasted: two of its accents in a row, which would
/// look like UTF-8, make no word of any language.
fn windows(bytes: &[u8]) -> String {
    let decode = |bytes| WINDOWS_1252.decode_without_bom_handling(bytes).0;
    bytes.utf8_chunks().flat_map(|chunk| [chunk.valid().into(), decode(chunk.invalid())]).collect()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = &bytes[..bytes.len().min(4096)];
    let nulls = |from: usize| {
        let mut every_other = sample.iter().skip(from).step_by(2).peekable();
        let total = every_other.len();
        every_other.peek().is_some()
            && 10 * every_other.filter(|byte| **byte == 0).count() > 8 * total
    };
    if nulls(1) {
        UTF_16LE
    } else if nulls(0) {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// Control characters that no table holds; Windows-1252 leaves its undefined bytes as C1 controls.
fn is_forbidden(letter: char) -> bool {
    letter.is_control() && !matches!(letter, '\t' | '\r' | '\n')
}

fn not_text(file: &str) -> Diagnostic {
    Diagnostic::new(
        Code::Encoding,
        file,
        "Le fichier n'est pas un texte lisible : son encodage n'est ni UTF-8, ni UTF-16, ni Windows-1252.",
        "Ouvrez-le dans un tableur et enregistrez-le au format « CSV UTF-8 ».",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_encodings_are_detected() {
        let utf16 = |text: &str, swap: bool| -> Vec<u8> {
            text.encode_utf16()
                .flat_map(|unit| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect()
        };
        let text = "uai;collège";
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            b"uai;coll\xE8ge".to_vec(),
            b"uai;coll\xE8ge\x1A".to_vec(),
            utf16(text, false),
            utf16(text, true),
            [b"\xFF\xFE".to_vec(), utf16(text, false)].concat(),
        ] {
            let decoded = decode("f.csv", &bytes).map(|(text, _)| text);
            assert_eq!(decoded.as_deref(), Ok(text), "{bytes:?}");
        }
    }

    #[test]
    fn a_file_of_two_encodings_keeps_its_accents() {
        let bytes = ["uai;collège\n1;".as_bytes(), b"lyc\xE9e"].concat();
        assert_eq!(decode("f.csv", &bytes).expect("a text").0, "uai;collège\n1;lycée");
    }

    #[test]
    fn a_binary_file_is_refused_with_its_line() {
        let error = decode("f.csv", b"uai;nom\n1;a\0b").expect_err("a NUL is no text");
        assert_eq!((error.code, error.line), (Code::Encoding, Some(2)));
        assert!(decode("f.csv", &[0x81, 0x8d, 0xff, 0x02]).is_err());
    }
}
