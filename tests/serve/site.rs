//! A running page, spoken to in raw HTTP so that a test can send what no browser would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Longest wait for an answer or for the end of a computation: debug builds solve slowly.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// The program serving an empty workspace; ended with the test.
pub struct Site {
    child: Child,
    pub port: u16,
    pub secret: String,
    pub workspace: TempDir,
    /// Where the program puts what it receives.
    pub temporary: TempDir,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }

    /// The JSON of a success.
    pub fn ok(&self) -> Value {
        assert!(self.status < 300, "{} {}", self.status, String::from_utf8_lossy(&self.body));
        self.json()
    }
}

impl Site {
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// The same with variables of the environment.
    pub fn start_with(variables: &[(&str, &str)]) -> Self {
        let [workspace, temporary] =
            [(); 2].map(|()| tempfile::tempdir().expect("a temporary folder"));
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("maillage"))
            .args(["ouvrir", "--sans-navigateur", "--silencieux", "--espace"])
            .arg(workspace.path())
            .env("TMPDIR", temporary.path())
            .envs(variables.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program is built");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped"))
            .read_line(&mut line)
            .expect("an address on stdout");
        let rest = line.trim().strip_prefix("http://127.0.0.1:").expect("a loopback address");
        let (port, path) = rest.split_once('/').expect("a path");
        let secret = path.trim_end_matches('/').to_owned();
        Self { child, port: port.parse().expect("a port"), secret, workspace, temporary }
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("the page listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a time-out");
        stream
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends a head as it stands, then a body.
    pub fn send(&self, head: &str, body: &[u8]) -> Answer {
        let mut stream = self.connect();
        stream.write_all(head.as_bytes()).expect("sent");
        // A refusal may come, and the connection close, before the whole body is sent.
        let _ = stream.write_all(body);
        read_answer(stream)
    }

    /// A request as the page sends it.
    pub fn request(&self, method: &str, route: &str, kind: &str, body: &[u8]) -> Answer {
        let head = format!(
            "{method} /{}/{route} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.secret,
            body.len(),
            host = self.host(),
        );
        self.send(&head, body)
    }

    pub fn get(&self, route: &str) -> Answer {
        self.request("GET", route, "text/plain", b"")
    }

    pub fn write(&self, method: &str, route: &str, body: &Value) -> Answer {
        self.request(method, route, "application/json", body.to_string().as_bytes())
    }

    pub fn post(&self, route: &str, body: &Value) -> Answer {
        self.write("POST", route, body)
    }

    /// Brings files as a form does.
    pub fn bring(&self, files: &[(&str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--limite\r\nContent-Disposition: form-data; name=\"f\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--limite--\r\n");
        self.request("POST", "fichiers", "multipart/form-data; boundary=limite", &body)
    }

    /// Waits for the end of the computation.
    pub fn wait(&self) -> Value {
        let begun = Instant::now();
        loop {
            let state = self.get("etat").ok();
            if state["calcul"].is_null() {
                return state;
            }
            assert!(begun.elapsed() < PATIENCE, "{state}");
            std::thread::sleep(Duration::from_millis(200));
        }
    }

    /// Ctrl-C, as a terminal sends it.
    #[cfg(unix)]
    pub fn interrupt(&self) {
        let sent = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status();
        assert!(sent.expect("kill is everywhere").success());
    }

    /// How the program ended, once it has.
    pub fn ended(&mut self) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("it is ours") {
                return status;
            }
            assert!(begun.elapsed() < PATIENCE, "the program goes on");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Megabytes that the program has held at most.
    #[cfg(target_os = "linux")]
    pub fn most_memory_mb(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("the program runs");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.expect("a size") / 1024
    }

    pub fn folder(&self, name: &str) -> PathBuf {
        self.workspace.path().join(name)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads until the server closes.
pub fn read_answer(mut stream: TcpStream) -> Answer {
    let mut bytes = Vec::new();
    let mut chunk = [0; 65536];
    // A reset after an early refusal comes behind the answer.
    while let Ok(size @ 1..) = stream.read(&mut chunk) {
        bytes.extend_from_slice(&chunk[..size]);
    }
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let Some(end) = end else { return Answer { status: 0, head: String::new(), body: bytes } };
    let head = String::from_utf8_lossy(&bytes[..end]).to_lowercase();
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
    Answer { status, head, body: bytes[end + 4..].to_vec() }
}
