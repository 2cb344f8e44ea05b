//! Departement codes as files write them.

/// The usual code: `31` for `031`, `2A` for `02A`, `971`. `None` for what is no departement.
///
/// ```
/// use maillage::import::departement_code;
/// assert_eq!(departement_code("02a").as_deref(), Some("2A"));
/// assert_eq!(departement_code("1").as_deref(), Some("01"));
/// assert_eq!(departement_code("99"), None);
/// ```
#[must_use]
pub fn departement_code(text: &str) -> Option<String> {
    let code = text.trim().to_uppercase();
    let code = match code.as_bytes() {
        [b'0', _, _] => code[1..].to_owned(),
        [b'1'..=b'9'] => format!("0{code}"),
        _ => code,
    };
    let known = match code.parse::<u16>() {
        Ok(number) if code.len() == 2 => (1..=95).contains(&number) && number != 20,
        Ok(number) => code.len() == 3 && (971..=988).contains(&number),
        Err(_) => code == "2A" || code == "2B",
    };
    known.then_some(code)
}

/// The departement that a UAI starts with.
#[must_use]
pub fn departement_of_uai(uai: &str) -> Option<String> {
    match uai.get(..3)? {
        "620" => Some("2A".to_owned()),
        "720" => Some("2B".to_owned()),
        prefix => departement_code(prefix),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_departement_gives_one_code() {
        for (text, expected) in
            [("031", "31"), ("31", "31"), ("02A", "2A"), ("2b", "2B"), ("971", "971"), ("01", "01")]
        {
            assert_eq!(departement_code(text).as_deref(), Some(expected));
        }
        for text in ["", "é", "00", "20", "96", "0", "3100", "é1", "0é", "100"] {
            assert_eq!(departement_code(text), None, "{text}");
        }
        assert_eq!(departement_of_uai("0311236A").as_deref(), Some("31"));
        assert_eq!(departement_of_uai("6200001B").as_deref(), Some("2A"));
        assert_eq!(departement_of_uai("éé"), None);
    }
}
