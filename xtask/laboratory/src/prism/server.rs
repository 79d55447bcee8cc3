//! A running Prism server.

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use speccrate::Failure;

/// How long Prism may take to read its document.
const START: Duration = Duration::from_secs(180);

/// The interval at which to check whether it is ready.
const PAUSE: Duration = Duration::from_millis(50);

/// Stops Prism when its standard input closes, which happens however this process ends.
const GUARD: &str =
    "process.stdin.on('end', () => process.exit()).on('error', () => process.exit()).resume();\n";

/// A Prism that serves one document on loopback; it stops when this value is dropped.
pub struct Server {
    child: Child,
    /// Its URL, without a trailing slash.
    pub url: String,
    log: PathBuf,
}

impl Server {
    /// Starts Prism's `script` for `document` on a free port, and waits until it is ready. Its output goes to
    /// the file `log`.
    ///
    /// # Errors
    /// Prism can't be started, or exits before it is ready.
    pub fn start(script: &Path, document: &Path, log: &Path) -> Result<Self, Failure> {
        // Another program may take the port before Prism does.
        let mut tries = (0..3).map(|_| Self::try_start(script, document, log));
        let first = tries.next().unwrap_or_else(|| Err(Failure::Failed));
        if first.is_err() && std::fs::read_to_string(log).is_ok_and(|log| log.contains("EADDRINUSE")) {
            return tries.find(Result::is_ok).unwrap_or(first);
        }
        first
    }

    fn try_start(script: &Path, document: &Path, log: &Path) -> Result<Self, Failure> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let output = File::create(log)?;
        let guard = log.with_file_name("guard.js");
        std::fs::write(&guard, GUARD)?;
        // Without `--errors`: Prism reports violations of a request either way, but with that option it would
        // replace a mock response that itself violates the document with an error response.
        let child = Command::new("node")
            .arg("--require")
            .arg(std::path::absolute(&guard)?)
            .arg(script)
            .args(["mock", "--host", "127.0.0.1", "--port", &port.to_string(), "--cors", "false"])
            .arg(document)
            .stdin(Stdio::piped())
            .stderr(output.try_clone()?)
            .stdout(output)
            .spawn()?;
        let mut server = Self { child, url: format!("http://127.0.0.1:{port}"), log: log.to_owned() };
        server.wait()?;
        Ok(server)
    }

    /// Waits until it logs that it is listening.
    fn wait(&mut self) -> Result<(), Failure> {
        let start = Instant::now();
        while start.elapsed() < START {
            let said = std::fs::read(&self.log)?;
            if String::from_utf8_lossy(&said).contains("Prism is listening") {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(self.broken(&format!("ended with {status}")));
            }
            std::thread::sleep(PAUSE);
        }
        Err(self.broken(&format!("isn't ready after {} s", START.as_secs())))
    }

    fn broken(&self, what: &str) -> Failure {
        let said = std::fs::read(&self.log).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let last: Vec<&str> = said.lines().rev().take(10).collect();
        let last: Vec<&str> = last.into_iter().rev().collect();
        Failure::Usage(format!("Prism {what}; {} ends with\n{}", self.log.display(), last.join("\n")))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
