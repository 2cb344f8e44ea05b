//! The files of the page: embedded in a release, read from the source tree in a debug build.

use axum::http::header::CONTENT_TYPE;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::Embed;

#[derive(Embed)]
#[folder = "src/serve/assets"]
struct Assets;

/// The file of a path; `index.html` at the root.
pub async fn asset(uri: Uri) -> Response {
    let path = uri.path().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    let found = media_type(path).zip(Assets::get(path));
    match found {
        Some((media_type, file)) => ([(CONTENT_TYPE, media_type)], file.data).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Of the endings that the page uses; anything else is not served.
fn media_type(path: &str) -> Option<&'static str> {
    let (_, ending) = path.rsplit_once('.')?;
    match ending {
        "html" => Some("text/html; charset=utf-8"),
        "css" => Some("text/css; charset=utf-8"),
        "js" => Some("text/javascript; charset=utf-8"),
        "json" => Some("application/json"),
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "woff2" => Some("font/woff2"),
        _ => None,
    }
}
