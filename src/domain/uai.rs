//! The national identifier of an establishment.

use std::fmt;
use std::str::FromStr;

/// Letters that the seven digits modulo 23 index (I, O and Q left out).
const CHECK_LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPRSTUVWXYZ";

/// A valid UAI: seven digits and their check letter, upper case. A Corsican UAI starts with 620
/// or 720, so that digits suffice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uai(String);

/// Why a text is no UAI.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UaiError {
    /// Not seven digits and one letter.
    Shape,
    /// The letter does not fit the digits; holds the UAI with the letter that does.
    CheckLetter(Uai),
}

impl Uai {
    /// The text, eight characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The UAI with these digits.
    ///
    /// # Panics
    /// When `number` is above 9,999,999.
    #[must_use]
    pub fn from_number(number: u32) -> Self {
        assert!(number <= 9_999_999, "a UAI has seven digits");
        let letter = CHECK_LETTERS[(number % 23) as usize] as char;
        Self(format!("{number:07}{letter}"))
    }
}

impl FromStr for Uai {
    type Err = UaiError;

    /// Surrounding blanks and case do not count.
    fn from_str(text: &str) -> Result<Self, UaiError> {
        let text = text.trim().to_ascii_uppercase();
        let (digits, letter) = text.split_at_checked(7).ok_or(UaiError::Shape)?;
        let well_formed = digits.bytes().all(|byte| byte.is_ascii_digit())
            && letter.len() == 1
            && letter.bytes().all(|byte| byte.is_ascii_uppercase());
        if !well_formed {
            return Err(UaiError::Shape);
        }
        let expected = Self::from_number(digits.parse().map_err(|_| UaiError::Shape)?);
        if expected.0 == text { Ok(expected) } else { Err(UaiError::CheckLetter(expected)) }
    }
}

impl fmt::Display for Uai {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_check_letter_names_the_right_one() {
        assert_eq!("0311236a".parse::<Uai>().map(|uai| uai.to_string()), Ok("0311236A".into()));
        let error = "0311236B".parse::<Uai>().expect_err("B is wrong");
        assert_eq!(error, UaiError::CheckLetter(Uai::from_number(311_236)));
        assert_eq!("31123A".parse::<Uai>(), Err(UaiError::Shape));
        assert_eq!("0311236é".parse::<Uai>(), Err(UaiError::Shape));
    }
}
