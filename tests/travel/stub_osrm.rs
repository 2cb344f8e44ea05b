//! A stand-in for `osrm-routed` on loopback, which answers the table service as its documentation
//! says (project-osrm.org, HTTP API, "Table service"): 100 coordinates at most, `null` where no
//! route leads, `NoSegment` for a coordinate beyond its radius (here, beyond 60 degrees north).
//! Without a radius the service joins a coordinate to the nearest road however far, as a real one
//! (26.10) does: here, 887 km from anything south of the equator.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

/// What the stand-in does before it behaves.
#[derive(Debug, Clone, Copy)]
pub enum Mood {
    /// Nothing: answers at once.
    Good,
    /// Answers 503 this many times first.
    Overloaded(usize),
    /// Answers this status, with a message, for ever.
    Failing(u16),
    /// Answers once that one should come back in a second.
    Throttled,
    /// Never answers.
    Silent,
    /// Answers a web page.
    AnotherServer,
    /// Answers something else than HTTP.
    NotHttp,
    /// Answers nothing at all.
    Empty,
    /// Ends in the middle of its answer.
    Cut,
    /// Sends to another machine.
    Moved,
    /// Compresses its answer.
    Gzip,
    /// Leaves a row out.
    Partial,
    /// Knows no lengths, as versions before 5.18.
    Old,
    /// Takes so many coordinates at most.
    Limit(usize),
}

/// A running stand-in; it ends with the test program.
pub struct StubOsrm {
    /// Its address.
    pub url: String,
    requests: Arc<AtomicUsize>,
}

impl StubOsrm {
    /// Starts one on a free port.
    pub fn start(mood: Mood) -> Self {
        Self::start_at("127.0.0.1:0", mood).expect("a free port")
    }

    /// The same at an address; `None` where the machine does not have it.
    pub fn start_at(address: &str, mood: Mood) -> Option<Self> {
        let listener = TcpListener::bind(address).ok()?;
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let request = count.fetch_add(1, Ordering::SeqCst);
                serve(stream, mood, request);
            }
        });
        Some(Self { url, requests })
    }

    /// Requests received so far.
    pub fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn serve(mut stream: TcpStream, mood: Mood, request: usize) {
    let mut line = String::new();
    let mut reader = BufReader::new(stream.try_clone().expect("cloned"));
    reader.read_line(&mut line).expect("a request line");
    let (mut header, mut length) = (String::new(), 0);
    while reader.read_line(&mut header).is_ok_and(|read| read > 2) {
        let lower = header.to_lowercase();
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        header.clear();
    }
    reader.read_exact(&mut vec![0; length]).expect("the body of a question");
    let target = line.split(' ').nth(1).expect("a target");
    let mut headers = String::new();
    let (status, body) = match mood {
        Mood::Silent => return std::thread::sleep(Duration::from_secs(5)),
        Mood::AnotherServer => ("200 OK".to_owned(), "<html>Bonjour</html>".to_owned()),
        Mood::Empty => ("200 OK".to_owned(), String::new()),
        Mood::Overloaded(times) if request < times => ("503 Busy".to_owned(), String::new()),
        Mood::Throttled if request == 0 => {
            headers = "Retry-After: 1\r\n".to_owned();
            ("429 Too Many Requests".to_owned(), String::new())
        }
        Mood::Failing(status) => {
            (format!("{status} Error"), json!({"message": "out of memory"}).to_string())
        }
        Mood::Moved => {
            headers = "Location: http://192.0.2.1/table\r\n".to_owned();
            ("302 Found".to_owned(), String::new())
        }
        Mood::Limit(most) => table(target, most),
        _ => table(target, 100),
    };
    let body = match mood {
        Mood::Partial => without(&body, |table| {
            table["durations"].as_array_mut().expect("rows").pop();
        }),
        Mood::Old => without(&body, |table| {
            table.as_object_mut().expect("a table").remove("distances");
        }),
        _ => body,
    };
    let mut bytes = body.into_bytes();
    if matches!(mood, Mood::Gzip) {
        headers = "Content-Encoding: gzip\r\n".to_owned();
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(&bytes).expect("in memory");
        bytes = encoder.finish().expect("in memory");
    }
    let mut head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: \
         {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    match mood {
        Mood::NotHttp => head = "SSH-2.0-OpenSSH_9.9\r\n".to_owned(),
        Mood::Cut => bytes.truncate(bytes.len() / 2),
        _ => {}
    }
    // The client may have gone: nothing to do about it.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
}

fn without(body: &str, take: impl Fn(&mut Value)) -> String {
    let mut table: Value = serde_json::from_str(body).expect("a table");
    take(&mut table);
    table.to_string()
}

/// The answer to a question of at most so many coordinates.
fn table(target: &str, most: usize) -> (String, String) {
    let (path, query) = target.split_once('?').expect("options");
    let coordinates: Vec<(f64, f64)> = path
        .strip_prefix("/table/v1/driving/")
        .expect("the table service")
        .split(';')
        .map(|pair| {
            let (longitude, latitude) = pair.split_once(',').expect("longitude,latitude");
            (longitude.parse().expect("degrees"), latitude.parse().expect("degrees"))
        })
        .collect();
    let option = |name: &str| query.split('&').find_map(|option| option.strip_prefix(name));
    assert_eq!(option("annotations="), Some("duration,distance"));
    if coordinates.len() > most {
        return error("TooBig", "Too many table coordinates");
    }
    if let Some(index) = coordinates.iter().position(|(_, latitude)| *latitude > 60.0) {
        let message = format!("Could not find a matching segment for coordinate {index}");
        return error("NoSegment", &message);
    }
    let chosen = |name: &str| -> Vec<(f64, f64)> {
        let indices = option(name).expect("indices").split(';');
        indices.map(|index| coordinates[index.parse::<usize>().expect("an index")]).collect()
    };
    let (sources, destinations) = (chosen("sources="), chosen("destinations="));
    let annotation = |value: fn(f64) -> f64| -> Vec<Vec<Option<f64>>> {
        let row = |from: &(f64, f64)| {
            destinations.iter().map(|to| metres(*from, *to).map(value)).collect()
        };
        sources.iter().map(row).collect()
    };
    let body = json!({
        "code": "Ok",
        "durations": annotation(|metres| metres / 15.0),
        "distances": annotation(|metres| metres),
        "sources": waypoints(&sources),
        "destinations": waypoints(&destinations),
    });
    ("200 OK".to_owned(), body.to_string())
}

/// Along a grid of roads; no road leads west of Greenwich.
fn metres(
    (longitude, latitude): (f64, f64),
    (to_longitude, to_latitude): (f64, f64),
) -> Option<f64> {
    let degrees = (longitude - to_longitude).abs() + (latitude - to_latitude).abs();
    (longitude >= 0.0 && to_longitude >= 0.0).then_some(degrees * 111_195.0)
}

fn waypoints(coordinates: &[(f64, f64)]) -> Value {
    let waypoint = |(longitude, latitude): &(f64, f64)| {
        let distance = if *latitude < 0.0 { 887_151.5 } else { 12.5 };
        json!({"hint": "", "distance": distance, "name": "rue", "location": [longitude, latitude]})
    };
    coordinates.iter().map(waypoint).collect()
}

fn error(code: &str, message: &str) -> (String, String) {
    ("400 Bad Request".to_owned(), json!({"code": code, "message": message}).to_string())
}
