//! Real routing engines on loopback: their programs are taken out of wheels of PyPI, which any
//! Python can then leave unimported.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::common::skipped;

/// A running service; it ends with the test.
pub struct Engine {
    pub url: String,
    service: Child,
}

impl Drop for Engine {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.service.kill().and_then(|()| self.service.wait());
    }
}

impl Engine {
    /// Valhalla on the tiles of an extract; `None`, said aloud, where it cannot be had.
    pub fn valhalla(extract: &Path) -> Option<Self> {
        let folder = unpacked("pyvalhalla>=3.6")?;
        let package = folder.join("package/valhalla");
        let port = free_port();
        let config = run(&folder, Path::new("python3"))
            .arg(package.join("valhalla_build_config.py"))
            .args(["--mjolnir-tile-dir", "tiles"])
            .args(["--httpd-service-listen", &format!("tcp://127.0.0.1:{port}")])
            .output()
            .ok()?;
        std::fs::write(folder.join("config.json"), config.stdout).ok()?;
        done(
            run(&folder, &package.join("bin/valhalla_build_tiles"))
                .args(["-c", "config.json"])
                .arg(extract),
        );
        let mut service = run(&folder, &package.join("bin/valhalla_service"));
        Self::listening(service.args(["config.json", "1"]), port)
    }

    /// OSRM with its own profile of cars on an extract; `None`, said aloud, where it cannot be
    /// had.
    pub fn osrm(extract: &Path) -> Option<Self> {
        let folder = unpacked("osrm-bindings>=26")?;
        let package = folder.join("package/osrm");
        std::fs::copy(extract, folder.join("map.osm.pbf")).ok()?;
        done(
            run(&folder, &package.join("bin/osrm-extract"))
                .arg("-p")
                .arg(package.join("share/profiles/car.lua"))
                .arg("map.osm.pbf"),
        );
        done(run(&folder, &package.join("bin/osrm-contract")).arg("map.osrm"));
        let port = free_port();
        let mut service = run(&folder, &package.join("bin/osrm-routed"));
        service.args(["--ip", "127.0.0.1", "--port", &port.to_string(), "map.osrm"]);
        Self::listening(&mut service, port)
    }

    fn listening(service: &mut Command, port: u16) -> Option<Self> {
        let service = service.stdout(Stdio::null()).spawn().expect("the engine starts");
        let engine = Self { url: format!("http://127.0.0.1:{port}"), service };
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < Duration::from_secs(60), "the engine listens");
            std::thread::sleep(Duration::from_millis(100));
        }
        Some(engine)
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("bound").port()
}

fn run(folder: &Path, program: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).stderr(Stdio::null());
    command
}

fn done(command: &mut Command) {
    let output = command.output();
    assert!(output.is_ok_and(|output| output.status.success()), "{command:?}");
}

/// The folder that holds the wheel of a package, taken apart once.
fn unpacked(requirement: &str) -> Option<PathBuf> {
    let name = requirement.split('>').next().expect("a name");
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.join("package").exists() || fetch(&folder, requirement) {
        return Some(folder);
    }
    skipped(&format!("{name} cannot be fetched here"));
    None
}

fn fetch(folder: &Path, requirement: &str) -> bool {
    let succeeds = |program: &Path, arguments: &[&str]| {
        let status = Command::new(program).args(arguments).current_dir(folder).output();
        status.is_ok_and(|output| output.status.success())
    };
    let python = Path::new("python3");
    let wheel = ["--python-version", "3.12", "--only-binary", ":all:", "--no-deps", "-d", "wheel"];
    let fetched = std::fs::create_dir_all(folder).is_ok()
        && succeeds(python, &["-m", "venv", "--clear", "venv"])
        && succeeds(
            &folder.join("venv/bin/pip"),
            &[&["download", requirement], &wheel[..]].concat(),
        );
    let Some(file) = std::fs::read_dir(folder.join("wheel"))
        .ok()
        .and_then(|mut files| files.next()?.ok())
        .filter(|_| fetched)
    else {
        return false;
    };
    let file = file.path().display().to_string();
    // Wheels do not keep the right to run.
    succeeds(python, &["-m", "zipfile", "-e", &file, "fresh"])
        && succeeds(Path::new("sh"), &["-c", "chmod +x fresh/*/bin/*"])
        && std::fs::rename(folder.join("fresh"), folder.join("package")).is_ok()
}
