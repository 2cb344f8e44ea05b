//! `contour.geojson`: read from what is published, drawn, never computed from.

use std::fs;

use maillage::import::{Code, read_outline, write_dossier};

use super::{base, base_copy, diagnose, one, read};

const SQUARE: &str = "[[1.0, 43.0], [2.0, 43.0], [2.0, 44.0], [1.0, 44.0], [1.0, 43.0]]";
const HOLE: &str = "[[1.4, 43.4], [1.6, 43.4], [1.5, 43.6], [1.4, 43.4]]";

#[test]
fn every_shape_of_geojson_that_holds_polygons_is_read() {
    let polygon = format!(r#"{{"type": "Polygon", "coordinates": [{SQUARE}, {HOLE}]}}"#);
    let far = r#"[[[5, 45, 210.5], [6, 45, 0], [6, 46, 0], [5, 45, 210.5]]]"#;
    for (text, polygons) in [
        (polygon.clone(), 1),
        (format!("\u{FEFF}{polygon}"), 1),
        (format!(r#"{{"type": "MultiPolygon", "coordinates": [[{SQUARE}], {far}]}}"#), 2),
        (format!(r#"{{"type": "Feature", "properties": null, "geometry": {polygon}}}"#), 1),
        (
            format!(
                r#"{{"type": "GeometryCollection", "geometries": [{{"type": "Point", "coordinates": [1, 2]}}, {polygon}]}}"#
            ),
            1,
        ),
    ] {
        let outline = read_outline("contour.geojson", text.as_bytes(), "31").expect(&text);
        assert_eq!(outline.0.len(), polygons, "{text}");
    }
}

#[test]
fn the_departement_of_the_dossier_is_found_among_all() {
    let feature = |code: &str, west: f64| {
        format!(
            r#"{{"type": "Feature", "properties": {{"code": "{code}", "nom": "x"}}, "geometry":
                {{"type": "Polygon", "coordinates": [[[{west}, 43], [{west}, 44], [9, 44], [{west}, 43]]]}}}}"#
        )
    };
    let all = [feature("09", 1.0), feature("31", 2.0)].join(", ");
    let all = format!(r#"{{"type": "FeatureCollection", "features": [{all}]}}"#);
    let west = |departement: &str| {
        let outline = read_outline("tous.geojson", all.as_bytes(), departement).expect("read");
        let first = outline.0.first().expect("a polygon");
        (outline.0.len(), first.exterior().coords().next().expect("a corner").x)
    };
    assert_eq!(west("31"), (1, 2.0));
    assert_eq!(west("99"), (2, 1.0), "without its own, all that the file holds");
}

#[test]
fn what_is_no_outline_is_a_warning_and_the_dossier_is_read_without() {
    for text in ["", "{", "uai;nom\n", r#"{"type": "Point", "coordinates": [1, 43]}"#] {
        let found = diagnose("contour.geojson", text.as_bytes());
        assert!(!one(&found, Code::Outline).is_error(), "{text}");
    }
}

#[test]
fn an_outline_goes_with_its_dossier_and_no_plan_depends_on_it() {
    let folder = base_copy();
    let text = format!(r#"{{"type": "Polygon", "coordinates": [{SQUARE}, {HOLE}]}}"#);
    fs::write(folder.path().join("contour.geojson"), text).expect("written");
    let dossier = read(folder.path());
    assert_eq!(dossier.digests, read(base()).digests);
    let outline = dossier.outline.as_ref().expect("an outline");
    assert_eq!(outline.0[0].interiors().len(), 1);
    let copy = tempfile::tempdir().expect("a folder");
    let target = copy.path().join("copie");
    write_dossier(&target, &dossier).expect("written");
    assert_eq!(read(&target).outline, dossier.outline);
}
