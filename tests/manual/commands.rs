//! Commands as documents write them.

use std::collections::BTreeSet;

/// Whole commands on lines of their own, those continued by a backslash joined.
pub fn fenced(text: &str) -> Vec<String> {
    let joined = text.replace("\\\n", " ").replace('\u{A0}', " ");
    let lines = joined.lines().map(str::trim);
    lines.filter(|line| line.starts_with("maillage ")).map(str::to_owned).collect()
}

/// Commands between back quotes, named in full or by their first word among `names`.
pub fn inline(text: &str, names: &BTreeSet<String>) -> Vec<String> {
    let spans = spans(text);
    let named = |span: &String| {
        let mut words = span.split_whitespace();
        let first = words.next().unwrap_or_default();
        first == "maillage" || (names.contains(first) && words.next().is_some())
    };
    let whole = |span: String| {
        if span.starts_with("maillage") { span } else { format!("maillage {span}") }
    };
    spans.into_iter().filter(named).map(whole).collect()
}

/// Options that stand first between back quotes.
pub fn options(text: &str) -> Vec<String> {
    let first = |span: String| span.split([' ', '=']).next().unwrap_or_default().to_owned();
    spans(text).into_iter().filter(|span| span.starts_with("--")).map(first).collect()
}

/// What stands between single back quotes, outside blocks.
fn spans(text: &str) -> Vec<String> {
    let prose = text.split("```").step_by(2).collect::<String>().replace('\n', " ");
    prose.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// The words that a shell would give, up to a comment or a redirection.
pub fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = None;
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_with(String::new);
            }
            ' ' if !quoted => words.extend(word.take()),
            '#' | '>' if !quoted && word.is_none() => break,
            letter => word.get_or_insert_with(String::new).push(letter),
        }
    }
    words.extend(word);
    words
}
