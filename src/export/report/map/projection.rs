//! From degrees to the page: equirectangular around the middle latitude, which keeps distances
//! within a few thousandths over a departement.

use geo::{Coord, Rect};

/// Kilometres in a degree of latitude.
const KM_PER_DEGREE: f64 = 111.195;

/// A point in kilometres east and south of the middle of the departement.
pub fn kilometres(latitude: f64, longitude: f64, middle: (f64, f64)) -> Coord {
    Coord {
        x: (longitude - middle.1) * KM_PER_DEGREE * middle.0.to_radians().cos(),
        y: (middle.0 - latitude) * KM_PER_DEGREE,
    }
}

/// A part of the ground shown on a drawing.
#[derive(Debug, Clone, Copy)]
pub struct Frame {
    ground: Rect,
    /// Pixels a kilometre.
    pub scale: f64,
}

impl Frame {
    /// The frame that shows `ground` as large as `width` and `height` allow.
    pub fn fit(ground: Rect, width: f64, height: f64) -> Self {
        Self { ground, scale: (width / ground.width()).min(height / ground.height()) }
    }

    /// Width, pixels.
    pub fn width(&self) -> f64 {
        self.ground.width() * self.scale
    }

    /// Height, pixels.
    pub fn height(&self) -> f64 {
        self.ground.height() * self.scale
    }

    /// Whether the point is shown.
    pub fn shows(&self, ground: Coord) -> bool {
        let (min, max) = (self.ground.min(), self.ground.max());
        (min.x..=max.x).contains(&ground.x) && (min.y..=max.y).contains(&ground.y)
    }

    /// Where a point falls, pixels.
    pub fn place(&self, ground: Coord) -> Coord {
        (ground - self.ground.min()) * self.scale
    }

    /// Corner and size of another frame's ground on this one, pixels.
    pub fn outline(&self, other: &Self) -> [f64; 4] {
        let corner = self.place(other.ground.min());
        let (width, height) = (other.ground.width(), other.ground.height());
        [corner.x, corner.y, width * self.scale, height * self.scale].map(tenth)
    }

    /// The longest round length that takes at most a fifth of the width: kilometres, pixels.
    pub fn scale_bar(&self) -> (f64, f64) {
        let fits = |km: &f64| km * self.scale <= self.width() / 5.0;
        let km = [50.0, 20.0, 10.0, 5.0, 2.0, 1.0, 0.5].into_iter().find(fits).unwrap_or(0.5);
        (km, tenth(km * self.scale))
    }
}

/// The box around points, with a margin on each side; `None` without points.
pub fn around(points: impl IntoIterator<Item = Coord>, margin: f64) -> Option<Rect> {
    let points = points.into_iter();
    let bounds = points.map(|point| Rect::new(point, point)).reduce(|a, b| {
        Rect::new(
            Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
            Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
        )
    })?;
    let margin = Coord { x: margin, y: margin };
    Some(Rect::new(bounds.min() - margin, bounds.max() + margin))
}

/// Rounded to a tenth of a pixel, so that the page is short and the same everywhere.
pub fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0 + 0.0
}
