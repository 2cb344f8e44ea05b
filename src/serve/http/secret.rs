//! The secret in the address: who does not have it gets nothing.

use std::fmt::Write as _;

use subtle::ConstantTimeEq;

/// Bytes drawn: 192 bits, beyond guessing.
const BYTES: usize = 24;

/// A secret of the operating system's generator, written in hexadecimal.
#[derive(Clone)]
pub struct Secret(String);

impl Secret {
    /// Draws one.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn draw() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; BYTES];
        getrandom::fill(&mut bytes)?;
        let text = bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Ok(Self(text))
    }

    /// The text that the address holds.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Compares in a time that tells nothing of the secret.
    #[must_use]
    pub fn is(&self, text: &str) -> bool {
        self.0.as_bytes().ct_eq(text.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_long_differ_and_match_only_themselves() {
        let (one, other) = (Secret::draw().expect("drawn"), Secret::draw().expect("drawn"));
        assert_eq!(one.text().len(), 2 * BYTES);
        assert_ne!(one.text(), other.text());
        assert!(one.is(one.text()));
        assert!(!one.is(other.text()) && !one.is("") && !one.is(&one.text()[1..]));
    }
}
