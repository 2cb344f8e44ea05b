//! Where France is.

/// South, north, west and east of metropolitan France with Corsica, then of the overseas
/// departements and territories: Guadeloupe with Saint-Martin, Martinique, Guyane, La Reunion,
/// Mayotte, Saint-Pierre-et-Miquelon, Nouvelle-Caledonie, Polynesie, Wallis-et-Futuna.
const FRANCE: [[f64; 4]; 10] = [
    [41.2, 51.2, -5.3, 9.7],
    [15.7, 18.2, -63.3, -60.9],
    [14.3, 15.0, -61.3, -60.7],
    [2.0, 6.0, -54.8, -51.5],
    [-21.5, -20.7, 55.1, 56.0],
    [-13.1, -12.5, 44.9, 45.4],
    [46.7, 47.2, -56.5, -56.0],
    [-23.0, -19.0, 158.0, 172.5],
    [-28.0, -7.0, -155.0, -134.0],
    [-14.5, -13.0, -178.4, -176.0],
];

/// Whether a point, WGS 84 degrees, may be French.
pub fn is_french(latitude: f64, longitude: f64) -> bool {
    FRANCE.iter().any(|[south, north, west, east]| {
        (*south..=*north).contains(&latitude) && (*west..=*east).contains(&longitude)
    })
}
