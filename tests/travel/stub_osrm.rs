//! A stand-in for `osrm-routed` on loopback, which answers the table service as its documentation
//! says (project-osrm.org, HTTP API, "Table service"): 100 coordinates at most, `null` where no
//! route leads, `NoSegment` for a coordinate off its map (here, beyond 60 degrees north).

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};

/// What the stand-in does before it behaves.
#[derive(Debug, Clone, Copy)]
pub enum Mood {
    /// Nothing: answers at once.
    Good,
    /// Answers 503 this many times first.
    Overloaded(usize),
    /// Never answers.
    Silent,
    /// Answers a web page.
    AnotherServer,
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
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let request = count.fetch_add(1, Ordering::SeqCst);
                serve(stream, mood, request);
            }
        });
        Self { url, requests }
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
    let mut header = String::new();
    while reader.read_line(&mut header).is_ok_and(|length| length > 2) {
        header.clear();
    }
    let (status, body) = match mood {
        Mood::Silent => return std::thread::sleep(Duration::from_secs(5)),
        Mood::AnotherServer => ("200 OK", "<html>Bonjour</html>".to_owned()),
        Mood::Overloaded(times) if request < times => ("503 Busy", String::new()),
        _ => table(line.split(' ').nth(1).expect("a target")),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: \
         close\r\n\r\n",
        body.len()
    );
    // The client may have gone: nothing to do about it.
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
}

fn table(target: &str) -> (&'static str, String) {
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
    if coordinates.len() > 100 {
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
    ("200 OK", body.to_string())
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
    let waypoint = |(longitude, latitude): &(f64, f64)| json!({"hint": "", "distance": 12.5, "name": "rue", "location": [longitude, latitude]});
    coordinates.iter().map(waypoint).collect()
}

fn error(code: &str, message: &str) -> (&'static str, String) {
    ("400 Bad Request", json!({"code": code, "message": message}).to_string())
}
