//! Labels that cover neither a mark nor one another: the most important first, each at the first
//! free of a few positions around its point, left out when none is free (the annex tells the rest).

use geo::{Coord, Intersects, Rect};
use serde::Serialize;

use super::projection::tenth;

/// What a label says; the style and the rank depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum LabelKind {
    /// Posts based at an establishment.
    Poste,
    /// A commune or an establishment.
    Lieu,
    /// A bassin.
    Bassin,
}

/// A label asked for.
pub struct Wish {
    /// Point named.
    pub at: Coord,
    /// Text.
    pub text: String,
    /// Kind.
    pub kind: LabelKind,
}

/// A label placed; `x` and `y` are the start of its base line.
#[derive(Debug, Serialize)]
pub struct Label {
    x: f64,
    y: f64,
    texte: String,
    genre: LabelKind,
}

impl LabelKind {
    /// Size of the type, pixels.
    const fn size(self) -> f64 {
        match self {
            Self::Poste => 9.5,
            Self::Lieu => 9.0,
            Self::Bassin => 11.0,
        }
    }

    /// Width of a character over the size of the type, rather more than less.
    const fn character(self) -> f64 {
        match self {
            Self::Poste => 0.58,
            Self::Lieu => 0.52,
            Self::Bassin => 0.78,
        }
    }
}

/// Places what fits, in the order given, away from `obstacles` and inside the drawing.
pub fn place(wishes: Vec<Wish>, mut taken: Vec<Rect>, width: f64, height: f64) -> Vec<Label> {
    let page = Rect::new((0.0, 0.0), (width, height));
    let mut labels = Vec::new();
    for wish in wishes {
        let inside = |space: &Rect| contains(&page, space);
        let free = candidates(&wish)
            .into_iter()
            .find(|space| inside(space) && !taken.iter().any(|other| other.intersects(space)));
        if let Some(space) = free {
            taken.push(space);
            labels.push(Label {
                x: tenth(space.min().x),
                y: tenth(space.max().y - 0.22 * wish.kind.size()),
                texte: wish.text,
                genre: wish.kind,
            });
        }
    }
    labels
}

/// The space that a mark takes.
pub fn obstacle(at: Coord, radius: f64) -> Rect {
    let reach = Coord { x: radius, y: radius };
    Rect::new(at - reach, at + reach)
}

fn contains(outer: &Rect, inner: &Rect) -> bool {
    outer.min().x <= inner.min().x
        && outer.min().y <= inner.min().y
        && inner.max().x <= outer.max().x
        && inner.max().y <= outer.max().y
}

/// East, west, north, south and the diagonals, then the same a little farther.
fn candidates(wish: &Wish) -> Vec<Rect> {
    let height = 1.05 * wish.kind.size();
    let letters = wish.text.chars().count() as f64;
    let width = letters * wish.kind.character() * wish.kind.size();
    let corner = |gap: f64| {
        let (middle, half) = (-height / 2.0, -width / 2.0);
        [
            (gap, middle),
            (-gap - width, middle),
            (half, -gap - height),
            (half, gap),
            (gap * 0.6, -gap * 0.6 - height),
            (gap * 0.6, gap * 0.6),
            (-gap * 0.6 - width, -gap * 0.6 - height),
            (-gap * 0.6 - width, gap * 0.6),
        ]
    };
    let gaps: &[f64] =
        if wish.kind == LabelKind::Bassin { &[-4.0, 14.0, 30.0] } else { &[7.0, 11.0] };
    gaps.iter()
        .flat_map(|gap| corner(*gap))
        .map(|(x, y)| {
            let from = wish.at + Coord { x, y };
            Rect::new(from, from + Coord { x: width, y: height })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_overlap_and_what_does_not_fit_is_left_out() {
        let wish = |x: f64| Wish {
            at: Coord { x, y: 50.0 },
            text: "Un nom".into(),
            kind: LabelKind::Lieu,
        };
        let crowd: Vec<Wish> = (0..60).map(|index| wish(50.0 + f64::from(index) / 10.0)).collect();
        let labels = place(crowd, vec![obstacle(Coord { x: 53.0, y: 50.0 }, 6.0)], 100.0, 100.0);
        assert!(!labels.is_empty() && labels.len() < 30, "{}", labels.len());
        for (index, a) in labels.iter().enumerate() {
            for b in &labels[index + 1..] {
                assert!((a.y - b.y).abs() >= 9.0 || (a.x - b.x).abs() >= 25.0, "{a:?} {b:?}");
            }
        }
    }
}
