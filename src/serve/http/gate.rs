//! Who may ask: the host, the origin and the secret of every request.
//!
//! Another site that the same browser shows can send requests here, and DNS rebinding can make it
//! look like this server's own site. Neither has the secret; the host and the origin are checked
//! besides, so that a secret that leaked is not enough either. Whoever fails hears nothing: an
//! empty 404, the same for every reason.

use axum::http::header::{HOST, ORIGIN};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, Method, Uri};

use super::secret::Secret;

/// Header by which a browser tells where a request comes from.
const FETCH_SITE: &str = "sec-fetch-site";

/// The door.
pub struct Gate {
    secret: Secret,
    hosts: [String; 2],
    origins: [String; 2],
}

/// What the door says.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Come in; the address is that of the route, without the secret.
    Admitted(Uri),
    /// The address lacks its last slash, without which relative addresses are wrong.
    Slash(String),
    /// Nothing here.
    Refused,
}

impl Gate {
    /// The door of a server that listens on `port`.
    #[must_use]
    pub fn new(secret: Secret, port: u16) -> Self {
        let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
        let origins = hosts.clone().map(|host| format!("http://{host}"));
        Self { secret, hosts, origins }
    }

    /// The address of the page.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}/{}/", self.origins[0], self.secret.text())
    }

    /// Judges a request.
    #[must_use]
    pub fn judge(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Verdict {
        if !self.comes_from_us(method, headers) {
            return Verdict::Refused;
        }
        let path = uri.path().strip_prefix('/').unwrap_or_default();
        let (secret, route) = match path.split_once('/') {
            Some((secret, route)) => (secret, Some(route)),
            None => (path, None),
        };
        match (self.secret.is(secret), route) {
            (false, _) => Verdict::Refused,
            (true, None) => Verdict::Slash(format!("/{secret}/")),
            (true, Some(route)) => below(route, uri.query()),
        }
    }

    /// The host is ours, and so is the origin where one is told; a write must tell it.
    fn comes_from_us(&self, method: &Method, headers: &HeaderMap) -> bool {
        let only = |name: &str| {
            let mut values = headers.get_all(name).iter();
            let value = values.next().and_then(|value| value.to_str().ok());
            if values.next().is_none() { value } else { None }
        };
        let ours = |known: &[String; 2], value: &str| known.iter().any(|known| known == value);
        let host = only(HOST.as_str()).is_some_and(|host| ours(&self.hosts, host));
        let origin = match headers.contains_key(ORIGIN) {
            true => Some(only(ORIGIN.as_str()).is_some_and(|origin| ours(&self.origins, origin))),
            false => None,
        };
        let site = match only(FETCH_SITE) {
            None if headers.contains_key(FETCH_SITE) => Some(false),
            None => None,
            Some("same-origin") => Some(true),
            // Typed, or opened from another program: a visit, never a write.
            Some("none") if *method == Method::GET => Some(true),
            Some(_) => Some(false),
        };
        let reads = matches!(*method, Method::GET | Method::HEAD);
        host && origin != Some(false)
            && site != Some(false)
            && (reads || origin.is_some() || site.is_some())
    }
}

fn below(route: &str, query: Option<&str>) -> Verdict {
    let text = match query {
        Some(query) => format!("/{route}?{query}"),
        None => format!("/{route}"),
    };
    text.parse::<PathAndQuery>().map_or(Verdict::Refused, |path| Verdict::Admitted(path.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> Gate {
        Gate::new(Secret::draw().expect("drawn"), 4000)
    }

    fn judged(gate: &Gate, method: Method, path: &str, headers: &[(&str, &str)]) -> Verdict {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: axum::http::HeaderName = name.parse().expect("a name");
            map.append(name, value.parse().expect("a value"));
        }
        let uri = path.replace("SECRET", gate.secret.text()).parse().expect("an address");
        gate.judge(&method, &uri, &map)
    }

    const OURS: (&str, &str) = ("host", "127.0.0.1:4000");

    #[test]
    fn the_page_is_admitted_by_its_secret_alone() {
        let gate = gate();
        let etat = Verdict::Admitted("/etat?x=1".parse().expect("an address"));
        assert_eq!(judged(&gate, Method::GET, "/SECRET/etat?x=1", &[OURS]), etat);
        for path in ["/", "/etat", "//etat", "/SECRETx/etat", "/secret/etat"] {
            assert_eq!(judged(&gate, Method::GET, path, &[OURS]), Verdict::Refused, "{path}");
        }
        let slash = Verdict::Slash(format!("/{}/", gate.secret.text()));
        assert_eq!(judged(&gate, Method::GET, "/SECRET", &[OURS]), slash);
    }

    #[test]
    fn another_host_or_origin_gets_nothing_even_with_the_secret() {
        let gate = gate();
        let refused = [
            vec![],
            vec![("host", "127.0.0.1:4001")],
            vec![("host", "127.0.0.1")],
            vec![("host", "evil.example:4000")],
            vec![OURS, ("host", "evil.example:4000")],
            vec![OURS, ("origin", "http://evil.example:4000")],
            vec![OURS, ("origin", "null")],
            vec![OURS, ("origin", "https://127.0.0.1:4000")],
            vec![OURS, ("sec-fetch-site", "cross-site")],
            vec![OURS, ("sec-fetch-site", "same-site")],
        ];
        for headers in refused {
            let verdict = judged(&gate, Method::GET, "/SECRET/etat", &headers);
            assert_eq!(verdict, Verdict::Refused, "{headers:?}");
        }
    }

    #[test]
    fn a_write_tells_where_it_comes_from() {
        let gate = gate();
        let write = |extra: &[(&str, &str)]| {
            let headers: Vec<_> = [OURS].iter().chain(extra).copied().collect();
            judged(&gate, Method::POST, "/SECRET/demo", &headers) != Verdict::Refused
        };
        assert!(!write(&[]));
        assert!(!write(&[("sec-fetch-site", "none")]));
        assert!(write(&[("origin", "http://localhost:4000")]));
        assert!(write(&[("sec-fetch-site", "same-origin")]));
        assert!(!write(&[("origin", "http://x.example"), ("sec-fetch-site", "same-origin")]));
    }
}
