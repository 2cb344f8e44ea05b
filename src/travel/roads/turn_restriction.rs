//! Turns that an OpenStreetMap relation forbids or imposes to cars (wiki, Relation:restriction).

use osmpbf::{RelMemberType, Relation};

use super::profile::Tags;

/// A rule on going from a way to another through one node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnRestriction {
    /// Way on which the car arrives.
    pub from_way: i64,
    /// Node where it turns.
    pub via_node: i64,
    /// Way that the rule is about.
    pub to_way: i64,
    /// Whether that way is forbidden or the only one allowed.
    pub kind: TurnKind,
}

/// What a restriction says of its `to` way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnKind {
    /// It may not be taken.
    Forbidden,
    /// No other may be taken.
    Mandatory,
}

/// What a relation says about the turns of cars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TurnRule {
    /// Nothing.
    None,
    /// Rules through one node; several where a relation lists several ways.
    Applied(Vec<TurnRestriction>),
    /// A rule that the program cannot apply: through a way, or with members missing.
    Ignored,
}

impl TurnRule {
    /// Reads a relation.
    pub fn from_relation(relation: &Relation) -> Self {
        let Some(kind) = restriction_kind(&relation.tags().collect()) else {
            return Self::None;
        };
        let (mut from, mut via, mut to) = (Vec::new(), Vec::new(), Vec::new());
        for member in relation.members() {
            match (member.role(), member.member_type) {
                (Ok("from"), RelMemberType::Way) => from.push(member.member_id),
                (Ok("to"), RelMemberType::Way) => to.push(member.member_id),
                (Ok("via"), RelMemberType::Node) => via.push(member.member_id),
                (Ok("via"), _) => return Self::Ignored,
                _ => {}
            }
        }
        let [via_node] = via[..] else { return Self::Ignored };
        let rules: Vec<_> = from
            .iter()
            .flat_map(|&from_way| {
                to.iter().map(move |&to_way| TurnRestriction { from_way, via_node, to_way, kind })
            })
            .collect();
        if rules.is_empty() { Self::Ignored } else { Self::Applied(rules) }
    }
}

/// The kind of a relation's restriction, `None` where it does not bind cars at all times.
fn restriction_kind(tags: &Tags) -> Option<TurnKind> {
    if tags.get("type") != Some("restriction") {
        return None;
    }
    let exempts_cars = |modes: &str| modes.split(';').any(|m| CAR_MODES.contains(&m.trim()));
    if tags.get("except").is_some_and(exempts_cars) {
        return None;
    }
    let value = ["restriction:motorcar", "restriction:motor_vehicle", "restriction"]
        .iter()
        .find_map(|key| tags.get(key))?;
    match value.split_once('_') {
        Some(("no", _)) => Some(TurnKind::Forbidden),
        Some(("only", _)) => Some(TurnKind::Mandatory),
        _ => None,
    }
}

const CAR_MODES: [&str; 3] = ["motorcar", "motor_vehicle", "vehicle"];

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(tags: &[(&str, &str)]) -> Option<TurnKind> {
        restriction_kind(&tags.iter().copied().chain([("type", "restriction")]).collect())
    }

    #[test]
    fn reads_the_kind_that_binds_cars() {
        assert_eq!(kind(&[("restriction", "no_left_turn")]), Some(TurnKind::Forbidden));
        assert_eq!(kind(&[("restriction", "only_straight_on")]), Some(TurnKind::Mandatory));
        assert_eq!(kind(&[("restriction:hgv", "no_left_turn")]), None);
        assert_eq!(kind(&[("restriction", "no_left_turn"), ("except", "bus;motorcar")]), None);
        let buses_too = [("restriction", "no_left_turn"), ("except", "bus")];
        assert_eq!(kind(&buses_too), Some(TurnKind::Forbidden));
    }
}
