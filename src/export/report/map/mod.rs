//! The map of the plan, and a closer one of the densest town.

mod labels;
mod projection;
mod shapes;
mod sites;

use std::collections::{BTreeMap, BTreeSet};

use geo::{Coord, CoordsIter, MapCoords, MultiPolygon, Rect, Simplify};
use serde::Serialize;

use crate::domain::Modality;
use crate::export::view::View;
use crate::wording::number::short;

use labels::{Label, LabelKind, Wish, obstacle, place};
use projection::{Frame, around, kilometres, tenth};
use shapes::{colours, outline, rounded_hull};
use sites::{Site, middle, sites};

/// Largest drawing, pixels: the width of the page, and a height that leaves room for the legend.
const SIZE: (f64, f64) = (700.0, 800.0);
/// Side of the densest town over the longer side of the departement.
const TOWN_SHARE: f64 = 0.2;
/// A town has its own map from this many units, and this share of all.
const TOWN_UNITS: (usize, f64) = (10, 0.2);

/// Space around the places of a sector, pixels.
const HULL_MARGIN: f64 = 11.0;
/// Least distance between two marks, pixels, and how many times they push one another away.
const MARK_GAP: f64 = 10.0;
const SPREAD_ROUNDS: usize = 6;

/// One drawing, in pixels.
#[derive(Debug, Serialize)]
pub struct Map {
    titre: &'static str,
    largeur: f64,
    hauteur: f64,
    /// Outline of the departement, a polygon each.
    contour: Vec<String>,
    bassins: Vec<String>,
    secteurs: Vec<Area>,
    traits: Vec<Line>,
    marques: Vec<Mark>,
    libelles: Vec<Label>,
    /// Corner and size of the closer map on this one.
    loupe: Option<[f64; 4]>,
    echelle_px: f64,
    echelle_texte: String,
}

#[derive(Debug, Serialize)]
struct Area {
    points: String,
    couleur: &'static str,
}

#[derive(Debug, Serialize)]
struct Line {
    de: [f64; 2],
    a: [f64; 2],
    couleur: &'static str,
    /// Dashed: no fixed presence.
    pointille: bool,
}

#[derive(Debug, Serialize)]
struct Mark {
    x: f64,
    y: f64,
    modalite: Modality,
    /// A post is based here.
    residence: bool,
    /// Scale of the mark.
    taille: f64,
}

/// Which part of the ground a map shows.
#[derive(Clone, Copy)]
enum Scope<'f> {
    /// All of it, but for the details of the town that has its own map.
    Whole(Option<&'f Frame>),
    /// The town.
    Town,
}

/// What both maps share.
struct Ground {
    sites: Vec<Site>,
    posts: Vec<String>,
    /// Index of the site where each post is based.
    homes: Vec<Option<usize>>,
    colours: Vec<&'static str>,
    /// Outline of the departement, kilometres; empty when the dossier has none.
    outline: MultiPolygon,
}

/// The map of the departement and, where there is one, that of its densest town.
pub fn maps(view: &View) -> Vec<Map> {
    let ground = Ground::new(view);
    let Some(places) = around(ground.sites.iter().map(|site| site.at), 4.0) else {
        return Vec::new();
    };
    let corners = [places.min(), places.max()];
    let whole = around(ground.outline.coords_iter().chain(corners), 0.5).unwrap_or(places);
    let frame = Frame::fit(whole, SIZE.0, SIZE.1);
    let town = ground.town(&whole).map(|town| Frame::fit(town, SIZE.0, SIZE.1));
    let close =
        town.map(|town| ground.draw("La ville la plus dense, de plus près", &town, Scope::Town));
    let first = ground.draw("Le département", &frame, Scope::Whole(town.as_ref()));
    [Some(first), close].into_iter().flatten().collect()
}

impl Ground {
    fn new(view: &View) -> Self {
        let middle = middle(view);
        let sites = sites(view, middle);
        let posts: Vec<String> = view.plan.postes.iter().map(|week| week.poste.clone()).collect();
        let homes = (0..posts.len())
            .map(|post| sites.iter().position(|site| site.based.contains(&post)))
            .collect();
        let outline = view.dossier.outline.as_ref().map_or(MultiPolygon(Vec::new()), |outline| {
            outline.map_coords(|at| kilometres(at.y, at.x, middle))
        });
        let mut ground = Self { sites, posts, homes, colours: Vec::new(), outline };
        let hulls: Vec<_> =
            (0..ground.posts.len()).map(|post| rounded_hull(&ground.members(post), 3.0)).collect();
        ground.colours = colours(&hulls);
        ground
    }

    /// Places of a sector; never empty, so that a hull exists.
    fn members(&self, post: usize) -> Vec<Coord> {
        let own = self.sites.iter().filter(|site| site.sector == Some(post)).map(|site| site.at);
        let home = self.homes[post].map(|home| self.sites[home].at);
        let points: Vec<Coord> = own.chain(home).collect();
        if points.is_empty() { vec![Coord::zero()] } else { points }
    }

    /// The square of the town with the most units, where it is dense enough to be drawn apart.
    fn town(&self, whole: &Rect) -> Option<Rect> {
        let reach = whole.width().max(whole.height()) * TOWN_SHARE / 2.0;
        let units: Vec<Coord> =
            self.sites.iter().filter(|site| !site.minor).map(|site| site.at).collect();
        let inside = |centre: Coord| {
            let near = move |point: &&Coord| {
                (point.x - centre.x).abs() <= reach && (point.y - centre.y).abs() <= reach
            };
            units.iter().filter(near).copied().collect::<Vec<_>>()
        };
        let densest = units
            .iter()
            .map(|centre| inside(*centre))
            .reduce(|best, other| if other.len() > best.len() { other } else { best })?;
        let dense = densest.len() >= TOWN_UNITS.0
            && densest.len() as f64 >= TOWN_UNITS.1 * units.len() as f64
            && densest.len() < units.len();
        if dense { around(densest, reach / 12.0) } else { None }
    }

    fn draw(&self, title: &'static str, frame: &Frame, scope: Scope) -> Map {
        let town = match scope {
            Scope::Whole(town) => town,
            Scope::Town => None,
        };
        let places = self.places(frame, town);
        let (km, pixels) = frame.scale_bar();
        Map {
            titre: title,
            largeur: tenth(frame.width()),
            hauteur: tenth(frame.height()),
            contour: self.outline(frame),
            bassins: if matches!(scope, Scope::Whole(_)) {
                self.bassins(frame)
            } else {
                Vec::new()
            },
            secteurs: self.areas(frame, town),
            traits: self.lines(&places, town),
            marques: self.marks(frame, &places, town),
            libelles: self.labels(frame, &places, scope),
            loupe: town.map(|town| frame.outline(town)),
            echelle_px: pixels,
            echelle_texte: format!("{}\u{A0}km", short(km, 1)),
        }
    }

    /// Where each site is drawn: marks at the same place are set side by side, but for those that
    /// the closer map shows.
    fn places(&self, frame: &Frame, town: Option<&Frame>) -> Vec<Coord> {
        let mut places: Vec<Coord> = self.sites.iter().map(|site| frame.place(site.at)).collect();
        let moves = |site: &Site| !site.minor && !hidden(town, site);
        let movable: Vec<usize> = (0..places.len()).filter(|at| moves(&self.sites[*at])).collect();
        for _ in 0..SPREAD_ROUNDS {
            for (rank, &a) in movable.iter().enumerate() {
                for &b in &movable[rank + 1..] {
                    let gap = places[b] - places[a];
                    let distance = gap.x.hypot(gap.y);
                    if distance < MARK_GAP {
                        let away =
                            if distance > 0.1 { gap / distance } else { Coord { x: 1.0, y: 0.0 } };
                        let step = away * ((MARK_GAP - distance) / 2.0);
                        places[a] = places[a] - step;
                        places[b] = places[b] + step;
                    }
                }
            }
        }
        places
    }

    /// To a third of a pixel.
    fn outline(&self, frame: &Frame) -> Vec<String> {
        let seen = self.outline.simplify(0.3 / frame.scale);
        seen.iter().map(|polygon| outline(polygon, frame)).collect()
    }

    fn bassins(&self, frame: &Frame) -> Vec<String> {
        self.by_bassin().values().map(|points| outline(&rounded_hull(points, 3.5), frame)).collect()
    }

    fn by_bassin(&self) -> BTreeMap<&str, Vec<Coord>> {
        let mut bassins: BTreeMap<&str, Vec<Coord>> = BTreeMap::new();
        for site in self.sites.iter().filter(|site| !site.bassin.is_empty()) {
            bassins.entry(&site.bassin).or_default().push(site.at);
        }
        bassins
    }

    /// Sectors, but for those that lie wholly in the town of the closer map.
    fn areas(&self, frame: &Frame, town: Option<&Frame>) -> Vec<Area> {
        let margin = HULL_MARGIN / frame.scale;
        let within = |post: usize| {
            town.is_some_and(|town| self.members(post).iter().all(|place| town.shows(*place)))
        };
        let served =
            (0..self.posts.len()).filter(|post| self.homes[*post].is_some() && !within(*post));
        served
            .map(|post| Area {
                points: outline(&rounded_hull(&self.members(post), margin), frame),
                couleur: self.colours[post],
            })
            .collect()
    }

    fn lines(&self, places: &[Coord], town: Option<&Frame>) -> Vec<Line> {
        let ends = |(site, at): (&Site, &Coord)| {
            let post = site.sector?;
            let index = self.homes[post]?;
            let home = places[index];
            let within = hidden(town, site) && hidden(town, &self.sites[index]);
            (home != *at && !within).then(|| Line {
                de: [tenth(home.x), tenth(home.y)],
                a: [tenth(at.x), tenth(at.y)],
                couleur: self.colours[post],
                pointille: site.modality != Modality::Permanence,
            })
        };
        self.sites.iter().zip(places).filter_map(ends).collect()
    }

    /// Residences last, so that nothing hides them.
    fn marks(&self, frame: &Frame, places: &[Coord], town: Option<&Frame>) -> Vec<Mark> {
        let mut marks: Vec<Mark> = self
            .sites
            .iter()
            .zip(places)
            .filter(|(site, _)| frame.shows(site.at))
            .map(|(site, at)| Mark {
                x: tenth(at.x),
                y: tenth(at.y),
                modalite: site.modality,
                residence: !site.based.is_empty(),
                taille: if site.minor || hidden(town, site) { 0.55 } else { 1.0 },
            })
            .collect();
        marks.sort_by_key(|mark| mark.residence);
        marks
    }

    fn labels(&self, frame: &Frame, places: &[Coord], scope: Scope) -> Vec<Label> {
        let town = if let Scope::Whole(town) = scope { town } else { None };
        let shown = |site: &Site| frame.shows(site.at) && !site.minor && !hidden(town, site);
        let visible = || self.sites.iter().zip(places).filter(|(site, _)| shown(site));
        let mut obstacles: Vec<Rect> = visible().map(|(_, at)| obstacle(*at, 5.0)).collect();
        obstacles.extend(town.map(|town| {
            let [x, y, width, height] = frame.outline(town);
            Rect::new((x, y), (x + width, y + height))
        }));
        let mut named = BTreeSet::new();
        let homes: Vec<Wish> = visible()
            .filter(|(site, _)| !site.based.is_empty())
            .map(|(site, at)| {
                named.insert(site.commune.as_str());
                Wish { at: *at, text: self.home_text(site, scope), kind: LabelKind::Poste }
            })
            .collect();
        let others =
            visible().filter(|(site, _)| site.based.is_empty()).filter_map(|(site, at)| {
                let text = match scope {
                    Scope::Whole(_) if !named.insert(&site.commune) => return None,
                    Scope::Whole(_) => site.commune.clone(),
                    Scope::Town => short_name(&site.name),
                };
                Some(Wish { at: *at, text, kind: LabelKind::Lieu })
            });
        let mut wishes: Vec<Wish> = homes.into_iter().chain(others).collect();
        if matches!(scope, Scope::Whole(_)) {
            wishes.extend(self.bassin_wishes(frame));
        }
        place(wishes, obstacles, frame.width(), frame.height())
    }

    fn home_text(&self, site: &Site, scope: Scope) -> String {
        let posts: Vec<&str> = site.based.iter().map(|post| self.posts[*post].as_str()).collect();
        let place = match scope {
            Scope::Whole(_) => site.commune.clone(),
            Scope::Town => short_name(&site.name),
        };
        format!("{} · {place}", posts.join(", "))
    }

    fn bassin_wishes(&self, frame: &Frame) -> Vec<Wish> {
        let middle = |points: &[Coord]| {
            let sum = points.iter().fold(Coord::zero(), |sum, point| sum + *point);
            frame.place(sum / points.len() as f64)
        };
        self.by_bassin()
            .iter()
            .map(|(name, points)| Wish {
                at: middle(points),
                text: name.to_uppercase(),
                kind: LabelKind::Bassin,
            })
            .collect()
    }
}

fn hidden(town: Option<&Frame>, site: &Site) -> bool {
    town.is_some_and(|town| town.shows(site.at))
}

/// The name without the type that the mark does not need, short enough for a map.
fn short_name(name: &str) -> String {
    const TYPES: [&str; 14] = [
        "collège",
        "lycée",
        "polyvalent",
        "professionnel",
        "général",
        "et",
        "technologique",
        "du",
        "de",
        "d'enseignement",
        "circonscription",
        "d'inspection",
        "1er",
        "degré",
    ];
    const LONGEST: usize = 20;
    let own =
        name.split_whitespace().skip_while(|word| TYPES.contains(&word.to_lowercase().as_str()));
    let text = own.collect::<Vec<_>>().join(" ");
    let text = if text.is_empty() { name.to_owned() } else { text };
    if text.chars().count() <= LONGEST {
        return text;
    }
    format!("{}…", text.chars().take(LONGEST - 1).collect::<String>().trim_end())
}
