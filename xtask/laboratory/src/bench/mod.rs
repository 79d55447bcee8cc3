//! The speed of generation, of compiling the generated code and of calls, compared to peers in the same run.

pub mod calls;
pub mod compile;
pub mod generation;
pub mod growth;
pub mod measure;
pub mod peers;
pub mod shapes;
pub mod size;
pub mod spelled_out;
pub mod table;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use indicatif::ProgressBar;
use tempfile::TempDir;

use crate::dist;
use measure::Cost;
use speccrate::Failure;

/// How to measure.
pub struct Bench {
    /// The folder for documents and crates.
    pub folder: PathBuf,
    /// The number of runs of each contender.
    pub runs: usize,
    /// Shows progress.
    pub bar: ProgressBar,
    outputs: TempDir,
    count: Cell<usize>,
}

impl Bench {
    /// Measures in `folder`, which is created.
    pub fn new(folder: PathBuf, runs: usize, bar: ProgressBar) -> Result<Self, Failure> {
        std::fs::create_dir_all(&folder)?;
        let outputs = tempfile::tempdir_in(&folder)?;
        Ok(Self { folder, runs, bar, outputs, count: Cell::new(0) })
    }

    /// A new folder. All are removed at the very end: for minutes after a file is removed, ext4 rechecks its
    /// inode number for each new file, which took longer than the measured work. It is named as a package can be: oas3-gen
    /// calls the crate like it.
    pub fn fresh(&self) -> PathBuf {
        self.count.set(self.count.get() + 1);
        self.outputs.path().join(format!("client-{}", self.count.get()))
    }
}

/// Our own commands, built with optimisations.
pub struct Programs {
    command: PathBuf,
    laboratory: PathBuf,
}

impl Programs {
    /// Builds them: the command as it is downloaded, which takes minutes, or as `cargo install` builds it.
    pub fn build(is_downloaded: bool) -> Result<Self, Failure> {
        let root = crate::commands::root();
        let status = crate::commands::cargo()
            .args(["build", "--quiet", "--release", "--package", "speccrate", "--package", "laboratory"])
            .current_dir(&root)
            .status()?;
        if !status.success() {
            return Err(Failure::Failed);
        }
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let program =
            |name: &str| target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
        let command =
            if is_downloaded { dist::build(&crate::commands::host()?)? } else { program("speccrate") };
        Ok(Self { command, laboratory: program("laboratory") })
    }

    /// The command that generates the crate `name` from `document` into `out`.
    pub fn generate(&self, document: &Path, out: &Path, name: &str) -> Command {
        let mut command = Command::new(&self.command);
        command.args(["generate", "--name", name, "--spec"]).arg(document).arg("--out").arg(out);
        command
    }

    /// The command that parses `document` and does nothing with it.
    pub fn parse(&self, document: &Path) -> Command {
        let mut command = Command::new(&self.laboratory);
        command.args(["bench", "--parse"]).arg(document);
        command
    }

    /// What `command` costs by itself. A process's peak memory includes that of the one it was started from, so that a
    /// small one starts it.
    pub fn cost(&self, command: &Command) -> Result<Cost, Failure> {
        let mut starter = Command::new(&self.laboratory);
        starter.args(["bench", "--cost"]).arg(command.get_program()).args(command.get_args());
        let output = starter.stdin(Stdio::null()).output()?;
        if !output.status.success() {
            return Err(Failure::Usage(String::from_utf8_lossy(&output.stderr).into_owned()));
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// The command that writes `document` to `out` with `copies` copies of its contents.
    pub fn copy(&self, document: &Path, copies: usize, out: &Path) -> Command {
        let mut command = Command::new(&self.laboratory);
        command.args(["bench", "--copies", &copies.to_string(), "--copy"]).arg(document).arg(out);
        command
    }
}

/// Our generator without the features that peers lack.
const WITHOUT_FAMILIES: &str = "without families of alternatives";

/// The values of the document in a file.
pub fn value(document: &Path) -> Result<serde_json::Value, Failure> {
    openapi_generator::source::value(&std::fs::read(document)?).map_err(Failure::Usage)
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
