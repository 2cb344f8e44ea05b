//! Headers of every answer, refusals included.

use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// The page runs its own files alone, and talks to this server alone.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";
/// The same with the tiles of the IGN, once the user has asked for that background.
const POLICY_WITH_IGN: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data: https://data.geopf.fr; connect-src 'self'; font-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Query of the page that asks for the background.
const IGN: &str = "fond=ign";

/// Whether a query asks for the background of the IGN.
#[must_use]
pub fn asks_for_ign(query: Option<&str>) -> bool {
    query.is_some_and(|query| query.split('&').any(|part| part == IGN))
}

/// Adds the headers of security. The secret stands in the address: it must not leave by a
/// `Referer`, a cache or another page's handle on this window.
pub fn secure(headers: &mut HeaderMap, with_ign: bool) {
    let policy = if with_ign { POLICY_WITH_IGN } else { POLICY };
    // A document that is shown alone brings a stricter one.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(policy));
    let fixed: [(HeaderName, &'static str); 7] = [
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
