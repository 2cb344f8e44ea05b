//! Numbers and dates as French spreadsheets write them.

use jiff::civil::Date;

use super::table::fold;

/// How the names of months begin, in French and in English, without accents.
const MONTHS: [&str; 17] = [
    "jan", "fev", "feb", "mar", "avr", "apr", "mai", "may", "jui", "jun", "jul", "aou", "aug",
    "sep", "oct", "nov", "dec",
];

/// The number that `text` writes: decimal comma or point, blanks (no-break ones too) between
/// groups of three digits, exponent. Never infinite, never NaN.
///
/// ```
/// use maillage::import::parse_number;
/// assert_eq!(parse_number("1 234,5"), Some(1234.5));
/// assert_eq!(parse_number("2,17003E+13"), Some(2.17003e13));
/// assert_eq!(parse_number("12 34"), None);
/// ```
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    let text = text.trim().replace('\u{2212}', "-");
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(&text)),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent),
        None => (unsigned, "0"),
    };
    let (whole, fraction) = mantissa.split_once([',', '.']).unwrap_or((mantissa, ""));
    let whole = join_thousands(whole)?;
    let exponent: i32 = exponent.parse().ok()?;
    if !is_digits(fraction) || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    format!("{sign}{whole}.{fraction}e{exponent}")
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits without the blanks between thousands; `None` when a group has not three digits.
fn join_thousands(text: &str) -> Option<String> {
    let mut groups = text.split(char::is_whitespace);
    let first = groups.next().filter(|group| is_digits(group))?;
    let mut digits = first.to_owned();
    for group in groups {
        if digits.is_empty() || group.len() != 3 || !is_digits(group) {
            return None;
        }
        digits.push_str(group);
    }
    Some(digits)
}

/// What to do about a cell that should hold a number and holds `text`: spreadsheets turn `1/2` into
/// a date, and write signs instead of what a narrow column does not show.
pub(super) fn number_remedy(text: &str) -> &'static str {
    if text.starts_with("##") {
        "La colonne du tableur était trop étroite : élargissez-la et enregistrez de nouveau."
    } else if parse_date(text).is_some() || is_day_and_month(text) {
        "Le tableur l'a pris pour une date : donnez à la cellule le format Texte, puis écrivez le nombre avec une virgule, comme 0,5 pour 1/2."
    } else if text.split_once('/').is_some_and(|(above, below)| {
        parse_number(above).is_some() && parse_number(below).is_some()
    }) {
        "Écrivez-le avec une virgule, comme 0,5 pour 1/2."
    } else {
        "Écrivez un nombre seul, sans unité, comme 12 ou 0,8."
    }
}

/// `01-févr` or `févr-26`, as spreadsheets show a day without its year.
fn is_day_and_month(text: &str) -> bool {
    let Some((one, other)) = text.split_once(['-', ' ']) else { return false };
    let is_month = |part: &str| MONTHS.iter().any(|month| fold(part).starts_with(month));
    is_digits(one) && is_month(other) || is_month(one) && is_digits(other)
}

/// The day that `text` writes: `2026-09-01`, `01/09/2026` (day first), the time of day left out.
///
/// ```
/// use maillage::import::parse_date;
/// assert_eq!(parse_date("01/02/1967"), parse_date("1967-02-01T00:00:00"));
/// assert!(parse_date("31/02/2026").is_none());
/// ```
#[must_use]
pub fn parse_date(text: &str) -> Option<Date> {
    let day = text.trim().split(['T', ' ']).next()?;
    let mut parts = day.split(['-', '/', '.']);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || ![first, month, last].into_iter().all(is_digits) {
        return None;
    }
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_french_spreadsheets_are_read() {
        for (text, expected) in [
            ("540.0", 540.0),
            ("0,8", 0.8),
            ("-0,5", -0.5),
            ("1\u{a0}234", 1234.0),
            ("1\u{202f}234\u{202f}567,25", 1_234_567.25),
            (",5", 0.5),
            ("5,", 5.0),
            ("\u{2212}3", -3.0),
        ] {
            assert_eq!(parse_number(text), Some(expected), "{text}");
        }
        for text in ["", "-", ",", "abc", "inf", "NaN", "1e999", "1,2,3", "80 %", "1 23", " 1 2"] {
            assert_eq!(parse_number(text), None, "{text}");
        }
    }

    #[test]
    fn the_remedy_tells_what_the_spreadsheet_did() {
        for text in ["01-févr", "1-févr.", "sept-26", "01/02/2026", "2026-02-01"] {
            assert!(number_remedy(text).contains("pour une date"), "{text}");
        }
        assert!(number_remedy("1/2").starts_with("Écrivez-le avec une virgule"));
        assert!(number_remedy("########").contains("trop étroite"));
        assert!(number_remedy("12 min").contains("sans unité"));
    }

    #[test]
    fn dates_are_read_day_first_or_year_first() {
        let expected = Some(jiff::civil::date(2026, 9, 1));
        for text in ["2026-09-01", "01/09/2026", "1/9/2026", "01.09.2026", "2026-09-01 00:00:00"] {
            assert_eq!(parse_date(text), expected, "{text}");
        }
        for text in ["", "1/9/26", "13/13/2026", "2026", "a/b/2026", "1/9/2026/3"] {
            assert_eq!(parse_date(text), None, "{text}");
        }
    }
}
