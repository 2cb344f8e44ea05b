//! Another site, a rebound name, a guessed path: nothing is told.

use serde_json::json;

use super::site::Site;

#[test]
fn nobody_without_the_secret_the_host_and_the_origin_hears_anything() {
    let site = Site::start();
    let (secret, host) = (&site.secret, site.host());
    let wrong = secret.replace(|digit: char| digit.is_ascii_digit(), "a");
    let requests = [
        format!("GET / HTTP/1.1\r\nHost: {host}\r\n"),
        format!("GET /etat HTTP/1.1\r\nHost: {host}\r\n"),
        format!("GET /{wrong}/etat HTTP/1.1\r\nHost: {host}\r\n"),
        format!("GET /{}/etat HTTP/1.1\r\nHost: {host}\r\n", &secret[1..]),
        format!("GET /{secret}/etat HTTP/1.1\r\nHost: rebound.example:{}\r\n", site.port),
        format!("GET /{secret}/etat HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example\r\n"),
        format!("GET /{secret}/etat HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: cross-site\r\n"),
        format!("POST /{secret}/demo HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n"),
        format!(
            "POST /{secret}/demo HTTP/1.1\r\nHost: {host}\r\nOrigin: null\r\nContent-Length: 0\r\n"
        ),
    ];
    for head in requests {
        let answer = site.send(&format!("{head}Connection: close\r\n\r\n"), b"");
        assert_eq!((answer.status, answer.body.len()), (404, 0), "{head}");
        assert!(answer.head.contains("content-security-policy: default-src 'none'"), "{head}");
    }
    assert!(site.get("etat").ok()["dossier"].is_null(), "no refused request did anything");
}

#[test]
fn every_route_carries_the_headers_of_security() {
    let site = Site::start();
    for route in ["", "etat", "dossiers", "profils", "tables", "plan", "documents/x", "inconnu.js"]
    {
        let head = site.get(route).head;
        for line in [
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "cache-control: no-store",
            "x-frame-options: deny",
            "frame-ancestors 'none'",
            "cross-origin-resource-policy: same-origin",
        ] {
            assert!(head.contains(line), "{route} lacks {line}:\n{head}");
        }
        assert!(!head.contains("unsafe") && !head.contains("geopf"), "{route}: {head}");
    }
    assert!(site.get("?fond=ign").head.contains("img-src 'self' data: https://data.geopf.fr"));
}

#[test]
fn no_path_leaves_the_workspace() {
    let site = Site::start();
    let outside = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(outside.path().join("scenario.toml"), "nom = \"dehors\"").expect("written");
    #[cfg(unix)]
    std::os::unix::fs::symlink(outside.path(), site.folder("lien")).expect("linked");
    let path = outside.path().to_str().expect("a temporary path is text");
    for name in ["..", "../..", "lien", ".", "/etc", path, "a/../..", "..\\..", ""] {
        let answer = site.post("dossiers/ouvrir", &json!({ "chemin": name }));
        assert_eq!(answer.status, 404, "{name}");
    }
    for asset in ["../Cargo.toml", "%2e%2e/Cargo.toml", "..%2f..%2fCargo.toml", "/etc/passwd"] {
        assert_eq!(site.get(asset).status, 404, "{asset}");
    }
    site.post("demo", &json!({})).ok();
    let saved = site.post("enregistrer", &json!({ "nom": "../../<b>Essai</b>" })).ok();
    assert_eq!(saved["dossier"]["chemin"], "b-essai-b");
    assert!(site.folder("b-essai-b").join("postes.csv").is_file());
}

#[test]
fn no_name_of_a_variant_or_a_document_is_a_path() {
    let site = Site::start();
    site.post("demo", &json!({})).ok();
    site.post("enregistrer", &json!({ "nom": "Essai" })).ok();
    site.post("variantes", &json!({ "nom": "../../Dehors" })).ok();
    let kept = site.folder("essai").join("variantes").join("dehors");
    assert!(kept.join("postes.csv").is_file(), "the name becomes a folder below the dossier");
    for id in ["..", "%2e%2e", "..%2f..", "%2e%2e%2fpostes.csv", "dehors%2f..", "%2fetc"] {
        let forgotten = site.write("DELETE", &format!("variantes/{id}"), &json!({}));
        assert_ne!(forgotten.status, 200, "{id}");
        assert_ne!(site.get(&format!("documents/{id}")).status, 200, "{id}");
        assert_ne!(site.get(&format!("etudes/documents/{id}")).status, 200, "{id}");
        assert_ne!(site.get(&format!("tables/{id}")).status, 200, "{id}");
    }
    assert!(site.folder("essai").join("postes.csv").is_file() && kept.is_dir());
    assert_eq!(site.write("DELETE", "variantes/dehors", &json!({})).status, 200);
    assert!(!kept.exists());
}

#[test]
fn a_port_that_is_taken_is_said_and_another_one_serves() {
    let site = Site::start();
    let taken = assert_cmd::Command::cargo_bin("maillage")
        .expect("the program is built")
        .args(["ouvrir", "--sans-navigateur", "--port", &site.port.to_string(), "--espace"])
        .arg(site.workspace.path())
        .output()
        .expect("the program runs");
    assert_eq!(taken.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&taken.stderr).contains("déjà pris"));
    let other = Site::start();
    assert_ne!(other.port, site.port);
    assert_ne!(other.secret, site.secret);
}
