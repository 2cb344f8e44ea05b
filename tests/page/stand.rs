//! The program, the driver and the browser of one test.

use std::future::Future;
use std::io::{BufRead, BufReader, Read};
use std::panic::resume_unwind;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use super::visit::{Page, SEARCH};
use crate::common::skipped;

/// A browser at a time: several starve each other on a small machine.
static ALONE: Mutex<()> = Mutex::new(());

/// Chromium without a screen, and silent on the network.
const BROWSER: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,800",
];

/// A process that ends with its test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // An error means that it has ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs `scenario` on a page served for it alone, in a browser of its own; says aloud that it does
/// not where there is no chromedriver.
pub fn on_a_page<S, F>(scenario: S)
where
    S: FnOnce(Page) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    if Command::new("chromedriver").arg("--version").output().is_err() {
        skipped("chromedriver is not there (apt-get install chromium-driver)");
        return;
    }
    // A test that failed before leaves nothing behind that this one could trip over.
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (_program, address) = program(folder.path());
    let (_driver, port) = driver();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let client = browser(&port, folder.path()).await;
        client.goto(&address).await.expect("the page opens");
        let page = Page::new(client.clone(), folder.path().to_owned());
        // In a task, so that the browser is closed after a failure too.
        let outcome = tokio::spawn(scenario(page)).await;
        client.close().await.expect("the browser closes");
        if let Err(failure) = outcome {
            resume_unwind(failure.into_panic());
        }
    });
}

/// The page of a new workspace, and its address.
fn program(folder: &Path) -> (Running, String) {
    let workspace = folder.join("espace");
    std::fs::create_dir(&workspace).expect("the workspace");
    let mut command = Command::new(env!("CARGO_BIN_EXE_maillage"));
    command.args(["ouvrir", "--sans-navigateur", "--espace"]).arg(workspace);
    let (running, line) = start(command, |line| line.starts_with("http://"));
    (running, line.trim().to_owned())
}

/// A driver on a free port, and the port.
fn driver() -> (Running, String) {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0");
    let (running, line) = start(command, |line| line.contains("successfully on port"));
    let port: String = line.chars().filter(char::is_ascii_digit).collect();
    (running, port)
}

/// Starts a program and waits for the line that says it is ready.
fn start(mut command: Command, is_ready: impl Fn(&str) -> bool) -> (Running, String) {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
    let mut output = BufReader::new(child.stdout.take().expect("a pipe"));
    let running = Running(child);
    let mut line = String::new();
    while !is_ready(&line) {
        line.clear();
        let read = output.read_line(&mut line).expect("text");
        assert!(read > 0, "{command:?} ended before it was ready");
    }
    // Read on, so that the program never waits for someone to.
    std::thread::spawn(move || output.read_to_end(&mut Vec::new()));
    (running, line)
}

async fn browser(port: &str, folder: &Path) -> Client {
    let profile = format!("--user-data-dir={}", folder.join("profil").display());
    let mut arguments: Vec<&str> = BROWSER.to_vec();
    arguments.push(&profile);
    let options = json!({
        "args": arguments,
        "prefs": { "download.default_directory": folder.join("telechargements") },
    });
    // What a script waits for may be a search.
    let timeouts = json!({ "script": SEARCH.as_millis() });
    let capabilities =
        [("goog:chromeOptions".to_owned(), options), ("timeouts".to_owned(), timeouts)]
            .into_iter()
            .collect::<serde_json::Map<_, _>>();
    ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .expect("a browser")
}
