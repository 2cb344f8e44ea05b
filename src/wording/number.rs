//! Numbers and dates as French typography writes them.

use jiff::civil::{Date, DateTime};

/// Thin no-break space, between thousands and before a percent sign.
pub const THIN_SPACE: char = '\u{202F}';

/// A number with `decimals` decimals, a decimal comma and thin spaces between thousands.
///
/// ```
/// assert_eq!(maillage::wording::number::number(1234.56, 1), "1\u{202F}234,6");
/// ```
#[must_use]
pub fn number(value: f64, decimals: usize) -> String {
    let text = format!("{:.*}", decimals, value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if value < 0.0 && !is_zero { "\u{2212}" } else { "" };
    let comma = if fraction.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{fraction}", thousands(whole))
}

/// A number with at most `decimals` decimals, zeros at the end left out.
///
/// ```
/// assert_eq!(maillage::wording::number::short(2.50, 2), "2,5");
/// ```
#[must_use]
pub fn short(value: f64, decimals: usize) -> String {
    let text = number(value, decimals);
    if text.contains(',') {
        text.trim_end_matches('0').trim_end_matches(',').to_owned()
    } else {
        text
    }
}

/// A share from 0 to 1 as a percentage.
#[must_use]
pub fn percent(share: f64, decimals: usize) -> String {
    format!("{}{THIN_SPACE}%", number(share * 100.0, decimals))
}

/// A proven gap: as many decimals as it takes to see that it is not zero, four at most.
#[must_use]
pub fn gap(share: f64) -> String {
    let decimals = match share.abs() {
        0.0 => 0,
        gap if gap < 0.000_01 => 4,
        gap if gap < 0.001 => 3,
        _ => 2,
    };
    percent(share, decimals)
}

/// Minutes as hours and minutes.
///
/// ```
/// assert_eq!(maillage::wording::number::duration(125.0), "2\u{202F}h\u{202F}05");
/// assert_eq!(maillage::wording::number::duration(45.0), "45\u{202F}min");
/// ```
#[must_use]
pub fn duration(minutes: f64) -> String {
    let minutes = minutes.round() as i64;
    if minutes < 60 {
        format!("{minutes}{THIN_SPACE}min")
    } else {
        format!("{}{THIN_SPACE}h{THIN_SPACE}{:02}", minutes / 60, minutes % 60)
    }
}

/// A count with its noun; French keeps the singular below two.
///
/// ```
/// assert_eq!(maillage::wording::number::count(0, "poste", "postes"), "0\u{A0}poste");
/// ```
#[must_use]
pub fn count(many: u64, one: &str, several: &str) -> String {
    let noun = if many < 2 { one } else { several };
    format!("{}\u{A0}{noun}", thousands(&many.to_string()))
}

/// Half-days with their noun, as many decimals as their size is worth.
///
/// ```
/// assert_eq!(maillage::wording::number::half_days(0.155), "0,15\u{A0}demi-journée");
/// assert_eq!(maillage::wording::number::half_days(12.34), "12,3\u{A0}demi-journées");
/// ```
#[must_use]
pub fn half_days(value: f64) -> String {
    let noun = if value.abs() < 2.0 { "demi-journée" } else { "demi-journées" };
    let decimals = if value.abs() < 10.0 { 2 } else { 1 };
    format!("{}\u{A0}{noun}", short(value, decimals))
}

/// A date in words.
#[must_use]
pub fn date(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let day = if date.day() == 1 { "1er".to_owned() } else { date.day().to_string() };
    let month = MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{day}\u{A0}{month}\u{A0}{}", date.year())
}

/// A date in words, and the time of the day.
#[must_use]
pub fn date_time(moment: DateTime) -> String {
    format!(
        "{} à {}{THIN_SPACE}h{THIN_SPACE}{:02}",
        date(moment.date()),
        moment.hour(),
        moment.minute()
    )
}

fn thousands(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() * 2);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(THIN_SPACE);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;

    #[test]
    fn numbers_follow_french_typography() {
        assert_eq!(number(-0.04, 1), "0,0");
        assert_eq!(number(-1_234_567.0, 0), "\u{2212}1\u{202F}234\u{202F}567");
        assert_eq!(percent(0.1234, 1), "12,3\u{202F}%");
        assert_eq!(short(10.0, 2), "10");
        assert_eq!(count(1200, "élève", "élèves"), "1\u{202F}200\u{A0}élèves");
    }

    #[test]
    fn a_gap_never_reads_as_zero_unless_it_is() {
        assert_eq!(gap(0.0), "0\u{202F}%");
        assert_eq!(gap(0.000_004), "0,0004\u{202F}%");
        assert_eq!(gap(0.000_1), "0,010\u{202F}%");
        assert_eq!(gap(0.012_3), "1,23\u{202F}%");
    }

    #[test]
    fn dates_are_in_words() {
        assert_eq!(date(civil::date(2026, 9, 1)), "1er\u{A0}septembre\u{A0}2026");
        let noon = civil::date(2024, 8, 26).at(12, 5, 0, 0);
        assert_eq!(date_time(noon), "26\u{A0}août\u{A0}2024 à 12\u{202F}h\u{202F}05");
    }
}
