//! Too large, packed without end, too slow.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::site::Site;

/// Megabytes that the bombs hold once unpacked: above the limit of 512.
const BOMB_MB: usize = 520;

#[test]
fn an_upload_of_two_gigabytes_is_refused_before_it_is_read() {
    let site = Site::start();
    let head = format!(
        "POST /{}/fichiers HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n",
        site.secret,
        2_u64 << 30,
        host = site.host(),
    );
    let begun = Instant::now();
    let answer = site.send(&head, b"--x\r\n");
    assert_eq!(answer.status, 413);
    assert!(answer.json()["erreur"].as_str().expect("a sentence").contains("400 Mo"));
    assert!(begun.elapsed() < Duration::from_secs(20), "nothing was waited for");
}

#[test]
fn a_request_without_file_is_small() {
    let site = Site::start();
    let answer = site.request("POST", "resoudre", "application/json", &vec![b' '; 2 << 20]);
    assert_eq!(answer.status, 413);
    let answer = site.request("POST", "resoudre", "application/json", b"{\"limite_s\": \"x\"}");
    assert_eq!(answer.status, 422);
    assert!(answer.json()["remede"].is_string());
}

#[test]
fn archives_that_unpack_without_end_are_refused_in_words() {
    let site = Site::start();
    let zeros = vec![b'0'; 1 << 20];
    let mut gz = GzEncoder::new(Vec::new(), Compression::best());
    let mut xlsx = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    xlsx.start_file("xl/worksheets/sheet1.xml", options).expect("begun");
    for _ in 0..BOMB_MB {
        gz.write_all(&zeros).expect("packed");
        xlsx.write_all(&zeros).expect("packed");
    }
    let gz = gz.finish().expect("packed");
    let xlsx = xlsx.finish().expect("packed").into_inner();
    assert!(gz.len() < 4 << 20 && xlsx.len() < 4 << 20, "the bombs are small");
    let answer = site.bring(&[("postes.csv.gz", &gz), ("postes.xlsx", &xlsx)]).ok();
    for file in answer["fichiers"].as_array().expect("a list") {
        assert_eq!(file["sorte"], "inconnu", "{file}");
        assert!(
            file["message"].as_str().expect("a sentence").contains("bien plus grand"),
            "{file}"
        );
    }
}

#[test]
fn a_name_is_shown_and_never_a_path() {
    let site = Site::start();
    let answer = site.bring(&[("../../<script>x</script>.csv", b"a;b\n1;2\n")]).ok();
    assert_eq!(answer["fichiers"][0]["nom"], "script>.csv");
    assert_eq!(answer["fichiers"][0]["sorte"], "inconnu");
    let left = std::fs::read_dir(site.workspace.path()).expect("listed").count();
    assert_eq!(left, 0, "nothing is written into the workspace");
}

#[test]
fn a_slow_client_is_cut_and_the_others_are_served() {
    let site = Site::start();
    let mut slow = site.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").expect("sent");
    let begun = Instant::now();
    assert!(site.get("etat").status == 200);
    let mut rest = Vec::new();
    let _ = slow.read_to_end(&mut rest);
    assert!(begun.elapsed() < Duration::from_secs(60), "the connection was closed");
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_open_streams_cleanly_and_the_program_with_them() {
    let mut site = Site::start();
    let mut streams = Vec::new();
    for _ in 0..3 {
        let mut stream = site.connect();
        let head = format!("GET /{}/suivi HTTP/1.1\r\nHost: {}\r\n\r\n", site.secret, site.host());
        stream.write_all(head.as_bytes()).expect("sent");
        let mut status = [0; 12];
        stream.read_exact(&mut status).expect("an answer");
        assert_eq!(&status, b"HTTP/1.1 200");
        streams.push(stream);
    }
    site.interrupt();
    for mut stream in streams {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).expect("closed, not reset");
        assert!(rest.ends_with(b"0\r\n\r\n"), "the last chunk says that nothing follows");
    }
    assert!(site.ended().success(), "Ctrl-C is how one stops the page");
}

#[cfg(target_os = "linux")]
#[test]
fn an_upload_that_tells_no_size_is_cut_at_its_limit_and_leaves_nothing() {
    let site = Site::start();
    let head = format!(
        "POST /{}/fichiers HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
         Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked\r\n\
         Connection: close\r\n\r\n",
        site.secret,
        host = site.host(),
    );
    let mut client = site.connect();
    client.write_all(head.as_bytes()).expect("sent");
    let first = "--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a.csv\"\r\n\r\n";
    let mut chunk = format!("{:x}\r\n{first}\r\n{:x}\r\n", first.len(), 1 << 20).into_bytes();
    let mut sent = 0;
    // Two gigabytes, unless the server has had enough.
    while sent < 2 << 10 {
        chunk.extend(std::iter::repeat_n(b'x', 1 << 20));
        chunk.extend_from_slice(b"\r\n");
        if client.write_all(&chunk).is_err() {
            break;
        }
        sent += 1;
        chunk = format!("{:x}\r\n", 1 << 20).into_bytes();
    }
    assert!(sent < 600, "{sent} MB were taken");
    assert!(site.most_memory_mb() < 300, "{} MB of memory", site.most_memory_mb());
    assert_eq!(site.get("etat").status, 200);
    let left = std::fs::read_dir(site.temporary.path()).expect("listed").count();
    assert_eq!(left, 0, "nothing stays on the disk");
}
