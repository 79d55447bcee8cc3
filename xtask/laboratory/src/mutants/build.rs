//! A copy of the workspace with mutants in it, and the tests that are built from it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use speccrate::Failure;

use super::list::Mutant;
use super::weave::{SWITCH, weave};

/// A copy of the workspace.
pub struct Copy {
    root: PathBuf,
    folder: PathBuf,
    /// The files, from the workspace's folder on.
    files: Vec<String>,
}

/// The tests of a package that has mutants.
#[derive(Debug, Default)]
pub struct Built {
    /// The programs by the names of their targets; the unit tests are called `lib`.
    pub tests: BTreeMap<String, PathBuf>,
    /// The mutants that the compiler refuses.
    pub unviable: BTreeSet<usize>,
    /// Those that can't be built together with others.
    pub left: BTreeSet<usize>,
}

/// Which lines of a file belong to which mutants: first those of one mutant, then those of a function with several.
type Lines = Vec<(Vec<usize>, Range<usize>)>;

impl Copy {
    /// A copy of what git knows of the workspace. It is written when a package is built.
    ///
    /// # Errors
    /// The files can't be listed.
    pub fn new(root: &Path, folder: PathBuf) -> Result<Self, Failure> {
        let listed = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()?;
        let files = String::from_utf8_lossy(&listed.stdout);
        let files = files.split('\0').filter(|path| !path.is_empty() && root.join(path).is_file());
        Ok(Self { root: root.to_owned(), folder, files: files.map(str::to_owned).collect() })
    }

    /// The folder of a package in the copy.
    pub fn of_package(&self, package: &str) -> PathBuf {
        self.folder.join(package)
    }

    /// Builds the tests of the package in the folder `package` with `mutants`, which are numbered by their places. Mutants
    /// that the compiler refuses are taken out until it accepts the rest.
    ///
    /// # Errors
    /// The package doesn't compile without mutants.
    pub fn build(&self, package: &str, options: &[&str], mutants: &[&Mutant]) -> Result<Built, Failure> {
        let mut built = Built::default();
        loop {
            let lines = self.write(package, mutants, &mut built)?;
            let output = crate::commands::cargo()
                .args(["test", "--no-run", "--message-format=json", "--manifest-path"])
                .arg(self.of_package(package).join("Cargo.toml"))
                .args(options)
                // Cargo tells packages apart by their paths within a workspace, so in the same folder it would take what it
                // built here for what it built there.
                .env("CARGO_TARGET_DIR", self.folder.with_file_name("target"))
                .output()?;
            let messages = String::from_utf8_lossy(&output.stdout);
            let messages: Vec<Value> =
                messages.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            if output.status.success() {
                built.tests = messages.iter().filter_map(program).collect();
                return Ok(built);
            }
            if !self.take_out(&messages, &lines, &mut built) {
                return Err(Failure::Usage(format!(
                    "{package} doesn't compile:\n{}",
                    told(&messages, &output.stderr)
                )));
            }
        }
    }

    /// Writes the workspace with the mutants that are still wanted. A file that has its content already isn't touched, so it
    /// isn't compiled again.
    fn write(
        &self,
        package: &str,
        mutants: &[&Mutant],
        built: &mut Built,
    ) -> Result<BTreeMap<String, Lines>, Failure> {
        let crate_root = format!("{package}/src/lib.rs");
        let mut lines = BTreeMap::new();
        for path in &self.files {
            let is_here = |(number, mutant): &(usize, &Mutant)| {
                mutant.file == *path && !built.unviable.contains(number) && !built.left.contains(number)
            };
            let here: Vec<(usize, &Mutant)> = mutants.iter().copied().enumerate().filter(is_here).collect();
            let mut content = std::fs::read(self.root.join(path))?;
            if !here.is_empty() {
                let woven = weave(&String::from_utf8_lossy(&content), &here);
                content = woven.text.into_bytes();
                built.left.extend(woven.left);
                let own = woven.own.into_iter().map(|(number, lines)| (vec![number], lines));
                lines.insert(path.clone(), own.chain(woven.functions).collect());
            }
            if *path == crate_root {
                content.extend_from_slice(SWITCH.as_bytes());
            }
            write(&self.folder.join(path), &content)?;
        }
        Ok(lines)
    }

    /// Notes the mutants whose lines have errors; returns whether there are any.
    fn take_out(&self, messages: &[Value], lines: &BTreeMap<String, Lines>, built: &mut Built) -> bool {
        let before = built.unviable.len() + built.left.len();
        let errors = messages.iter().map(|message| &message["message"]);
        for error in errors.filter(|message| message["level"] == "error") {
            let spans = error["spans"].as_array().into_iter().flatten();
            for span in spans.filter(|span| span["is_primary"] == true) {
                let (Some(file), Some(line)) = (span["file_name"].as_str(), span["line_start"].as_u64())
                else {
                    continue;
                };
                let line = usize::try_from(line).unwrap_or_default();
                let here = lines.iter().filter(|(known, _)| Path::new(known) == self.relative(file));
                let found = here.flat_map(|(_, lines)| lines).find(|(_, lines)| lines.contains(&line));
                match found {
                    Some((numbers, _)) if numbers.len() == 1 && !error_of_the_whole(error) => {
                        built.unviable.extend(numbers);
                    }
                    Some((numbers, _)) => built.left.extend(numbers),
                    None => {}
                }
            }
        }
        built.unviable.len() + built.left.len() > before
    }

    /// A path as the compiler prints it, from the workspace's folder on.
    fn relative<'a>(&self, path: &'a str) -> &'a Path {
        Path::new(path).strip_prefix(&self.folder).unwrap_or(Path::new(path))
    }
}

/// The first errors, or what cargo says if the compiler has none.
fn told(messages: &[Value], said: &[u8]) -> String {
    let errors = messages.iter().map(|message| &message["message"]).filter(|one| one["level"] == "error");
    let errors: Vec<&str> = errors.filter_map(|error| error["rendered"].as_str()).take(3).collect();
    if errors.is_empty() { String::from_utf8_lossy(said).into_owned() } else { errors.join("\n") }
}

/// Whether the bodies don't go together, though each may be valid: they return closures, or other types that have no name.
fn error_of_the_whole(error: &Value) -> bool {
    error["code"]["code"] == "E0308"
        && error["message"].as_str().is_some_and(|text| text.contains("`if` and `else`"))
}

/// The name of a target, and the program that runs its tests.
fn program(message: &Value) -> Option<(String, PathBuf)> {
    let program = message["executable"].as_str()?;
    let target = &message["target"];
    let kind = target["kind"][0].as_str()?;
    let name = if kind == "test" { target["name"].as_str()? } else { super::UNIT_TESTS };
    (message["profile"]["test"] == true || kind == "test").then(|| (name.to_owned(), program.into()))
}

/// Writes a file, unless it has that content.
fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    if std::fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(path, content)?)
}
