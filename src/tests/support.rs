//! The binary, its servers, and folders of news to give them.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

/// The binary, with nothing of the environment that could lead it to somebody's archive.
pub(crate) fn dateline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dateline"));
    command.env_remove("DATELINE_ARCHIVE").env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// What a run said.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The last line of the answer, as JSON.
    pub(crate) fn json(&self) -> Value {
        let line = self.out.lines().last().unwrap_or_default();
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Runs the binary to its end.
pub(crate) fn run<I: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = I>) -> Said {
    Said::of(&dateline().args(arguments).output().unwrap())
}

/// Runs it and expects success.
pub(crate) fn done<I: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = I>) -> Said {
    let said = run(arguments);
    assert_eq!(said.code, Some(0), "{said:?}");
    said
}

/// A temporary folder with an archive in it, and room for files.
pub(crate) struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn archive(&self) -> PathBuf {
        self.path("archive")
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Runs a command on this desk's archive.
    pub(crate) fn run(&self, arguments: &[&str]) -> Said {
        let archive = self.archive();
        run(["--archive".as_ref(), archive.as_os_str()]
            .into_iter()
            .chain(arguments.iter().map(std::ffi::OsStr::new)))
    }

    pub(crate) fn done(&self, arguments: &[&str]) -> Said {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{said:?}");
        said
    }

    pub(crate) fn ingest(&self, name: &str) -> Value {
        self.done(&["ingest", self.path(name).to_str().unwrap(), "--json"]).json()
    }

    pub(crate) fn search(&self, query: &str) -> Value {
        self.done(&["search", query, "--json"]).json()
    }

    /// `count` articles in one JSON Lines file.
    pub(crate) fn write_articles(&self, name: &str, count: usize) {
        let lines: Vec<String> = (0..count)
            .map(|n| {
                let author = ["Nadia Haddad", "Piotr Zielinski", "Kenji Morita"][n % 3];
                serde_json::json!({
                    "id": format!("{}-{n}", name.replace(['.', '/'], "-")),
                    "title": format!("Dispatch {n} from Geneva"),
                    "published": format!("20{:02}-03-{:02}", n % 24, 1 + n % 28),
                    "authors": [author],
                    "source": "Harbour Wire",
                    "language": "en",
                    "body": format!("Delegates of Iran and of France met for round {n}.\n\nTalks number{n} go on."),
                })
                .to_string()
            })
            .collect();
        self.write(name, lines.join("\n"));
    }

    /// A server on this desk's archive.
    pub(crate) fn serve(&self, flags: &[&str]) -> Server {
        let mut command = dateline();
        command.args(["serve", "--listen", "127.0.0.1:0", "--archive"]).arg(self.archive()).args(flags);
        Server::start(command)
    }
}

/// A server that is listening; killed when it is dropped.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("Listening on ").unwrap_or_else(|| panic!("it said {line:?}"));
        Self { child, address: address.to_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> (u16, String) {
        let response = agent().get(format!("{}{path}", self.address)).call().unwrap();
        let status = response.status().as_u16();
        (status, response.into_body().read_to_string().unwrap())
    }

    pub(crate) fn json(&self, path: &str) -> Value {
        let (status, body) = self.get(path);
        assert_eq!(status, 200, "{path}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    pub(crate) fn patch(&self, path: &str, body: &str) -> u16 {
        let url = format!("{}{path}", self.address);
        let request = agent().patch(url).header("content-type", "application/json");
        request.send(body).unwrap().status().as_u16()
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: &str) {
        let status = Command::new("kill").args([format!("-{signal}"), self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    /// Waits for it to end by itself.
    pub(crate) fn ended(mut self, within: Duration) -> Option<i32> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(started.elapsed() < within, "it did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(60)))
        .build()
        .new_agent()
}

/// A text as it stands in an address.
pub(crate) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// The bundled sample archive, as it lies in the repository.
pub(crate) fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("ingest/sample")
}
