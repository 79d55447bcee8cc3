//! Other generators, if installed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::measure::run;
use super::table::Row;
use speccrate::Failure;

/// Another generator.
#[derive(Clone, Debug)]
pub struct Peer {
    /// The name of the generator.
    pub name: &'static str,
    kind: Kind,
    program: PathBuf,
}

/// How a generator is called, and what is missing from its output before it is a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Ploidy,
    Progenitor,
    /// Generates while the compiler runs.
    ProgenitorMacro,
    OpenapiToRust,
    /// Has no command that generates: a program of ours calls the library.
    Spargen,
    Oas3Gen,
    OpenapiGenerator,
}

/// The generators by the names of their programs.
const KNOWN: [(Kind, &str, &str); 7] = [
    (Kind::Ploidy, "ploidy", "ploidy"),
    (Kind::Progenitor, "progenitor", "cargo-progenitor"),
    (Kind::ProgenitorMacro, "progenitor's macro", "cargo-progenitor"),
    (Kind::OpenapiToRust, "openapi-to-rust", "openapi-to-rust"),
    (Kind::Spargen, "spargen", "spargen"),
    (Kind::Oas3Gen, "oas3-gen", "oas3-gen"),
    (Kind::OpenapiGenerator, "openapi-generator", "openapi-generator-cli"),
];

impl Peer {
    /// ploidy (`cargo install ploidy`).
    pub fn ploidy() -> Option<Self> {
        Self::of(Kind::Ploidy)
    }

    /// openapi-generator (`pip install openapi-generator-cli`; needs Java).
    pub fn openapi_generator() -> Option<Self> {
        Self::of(Kind::OpenapiGenerator)
    }

    fn of(kind: Kind) -> Option<Self> {
        let (kind, name, program) = KNOWN.into_iter().find(|(known, ..)| *known == kind)?;
        find(program).map(|program| Self { name, kind, program })
    }

    /// The installed peers.
    pub fn installed() -> Vec<Self> {
        KNOWN.into_iter().filter_map(|(kind, ..)| Self::of(kind)).collect()
    }

    /// Whether it generates before the compiler runs.
    pub fn generates(&self) -> bool {
        self.kind != Kind::ProgenitorMacro
    }

    /// The name of its crate, which is a valid one.
    pub fn crate_name(&self) -> String {
        format!("client-{}", self.name.replace("'s ", "-"))
    }

    /// Generates the crate `name` from `document` into `out`, which may hold one that an earlier run has left, and adds
    /// what the generator leaves to its user.
    ///
    /// # Errors
    /// The generator refuses the document.
    pub fn make_crate(&self, document: &Path, out: &Path, name: &str) -> Result<(), Failure> {
        if out.exists() {
            std::fs::remove_dir_all(out)?;
        }
        if self.generates() {
            let output = self.generate(document, out, name)?.output()?;
            if !output.status.success() {
                return Err(Failure::Usage(refusal(&output)));
            }
        }
        self.complete(document, out, name)
    }

    /// The version that is installed.
    pub fn version(&self) -> String {
        let argument = if self.kind == Kind::OpenapiGenerator { "version" } else { "--version" };
        let output = Command::new(&self.program).arg(argument).output();
        let text =
            output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
        text.split_whitespace().next_back().unwrap_or("of an unknown version").to_owned()
    }

    /// The command that generates the crate `name` from `document` into `out`, or the sources of one.
    ///
    /// # Errors
    /// The folder can't be made.
    pub fn generate(&self, document: &Path, out: &Path, name: &str) -> std::io::Result<Command> {
        let mut command = Command::new(&self.program);
        match self.kind {
            Kind::Ploidy => {
                command.args(["generate", "rust", "--name", name, "--output"]).arg(out).arg(document)
            }
            Kind::Progenitor | Kind::ProgenitorMacro => {
                command.args(["progenitor", "--name", name, "--version", "0.1.0", "--input"]);
                command.arg(document).arg("--output").arg(out)
            }
            Kind::OpenapiToRust => command
                .args(["generate", "--quiet", "--module-name", "api", "--output-dir"])
                .arg(out.join("src/api"))
                .arg(document),
            Kind::Spargen => {
                std::fs::create_dir_all(out.join("src"))?;
                command = Command::new(spargens_caller());
                command.arg(document).arg(out.join("src/api.rs"))
            }
            Kind::Oas3Gen => {
                command.args(["generate", "client-mod", "--workspace", "-i"]).arg(document).arg("-o").arg(out)
            }
            Kind::OpenapiGenerator => command
                .args(["generate", "--generator-name", "rust", "--skip-validate-spec"])
                .args(["--package-name", name, "--input-spec"])
                .arg(document)
                .arg("--output")
                .arg(out),
        };
        Ok(command)
    }

    /// Makes a crate of what the generator has written to `out`.
    fn complete(&self, document: &Path, out: &Path, name: &str) -> Result<(), Failure> {
        let (dependencies, source) = match self.kind {
            Kind::OpenapiToRust => {
                let path = out.join("src/api/REQUIRED_DEPS.toml");
                (std::fs::read_to_string(path)?, "pub mod api;\n".to_owned())
            }
            Kind::Spargen => {
                let output = Command::new(&self.program).arg("deps").arg(document).output()?;
                (String::from_utf8_lossy(&output.stdout).into_owned(), "pub mod api;\n".to_owned())
            }
            Kind::ProgenitorMacro => {
                let version = installed_version(&self.program)?;
                let dependencies = format!("[dependencies]\nprogenitor = \"{version}\"\n{}", MACRO_NEEDS);
                (dependencies, format!("progenitor::generate_api!({:?});\n", document.display().to_string()))
            }
            Kind::Ploidy | Kind::Progenitor | Kind::Oas3Gen | Kind::OpenapiGenerator => return Ok(()),
        };
        std::fs::create_dir_all(out.join("src"))?;
        std::fs::write(out.join("src/lib.rs"), source)?;
        std::fs::write(out.join("Cargo.toml"), manifest(name, &dependencies)?)?;
        Ok(())
    }
}

/// What a generator says if it refuses a document: the first line that isn't a warning, or how it ended.
fn refusal(output: &std::process::Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let told = lines.find(|line| !line.contains("WARN") && !line.contains("INFO"));
    told.map_or_else(|| output.status.to_string(), str::to_owned)
}

/// What the code that progenitor's macro generates names.
const MACRO_NEEDS: &str = "\
    bytes = \"1\"\nchrono = { version = \"0.4\", features = [\"serde\"] }\nfutures-core = \"0.3\"\n\
    progenitor-client = \"*\"\nregress = \"*\"\nreqwest = { version = \"0.13\", features = [\"json\", \"query\", \"stream\"] }\n\
    serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\nserde_urlencoded = \"*\"\n\
    uuid = { version = \"1\", features = [\"serde\", \"v4\"] }\n";

/// The manifest of the crate `name` with the `dependencies` that a generator prints, as TOML.
fn manifest(name: &str, dependencies: &str) -> Result<String, Failure> {
    let mut printed: toml_edit::DocumentMut = dependencies
        .parse()
        .map_err(|error| Failure::Usage(format!("the dependencies of {name} can't be read: {error}")))?;
    let mut text =
        format!("[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n");
    printed.retain(|key, _| matches!(key, "dependencies" | "features"));
    let _ = write!(text, "{printed}");
    Ok(text)
}

/// The version of the cargo subcommand `program`, which progenitor's crates share.
fn installed_version(program: &Path) -> Result<String, Failure> {
    let folder = program.parent().and_then(Path::parent).unwrap_or(program);
    let list = std::fs::read_to_string(folder.join(".crates.toml")).unwrap_or_default();
    let version = list.lines().find_map(|line| line.strip_prefix("\"cargo-progenitor ")?.split(' ').next());
    version
        .map(|version| format!("={version}"))
        .ok_or_else(|| Failure::Usage("which progenitor is installed isn't known".to_owned()))
}

/// A program that calls spargen's library, built for the first call.
fn spargens_caller() -> PathBuf {
    let folder = crate::commands::root().join("target/bench/spargen");
    let program = folder.join(format!("target/release/caller{}", std::env::consts::EXE_SUFFIX));
    if !program.exists() {
        let manifest = "[package]\nname = \"caller\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
                        [dependencies]\nspargen = \"=0.5.0\"\n";
        let built = std::fs::create_dir_all(folder.join("src"))
            .and_then(|()| std::fs::write(folder.join("Cargo.toml"), manifest))
            .and_then(|()| {
                std::fs::write(folder.join("src/main.rs"), include_str!("../../programs/spargen.rs"))
            });
        let mut cargo = crate::commands::cargo();
        cargo.args(["build", "--quiet", "--release"]).current_dir(&folder);
        if built.is_err() || run(cargo.env("CARGO_TARGET_DIR", folder.join("target"))).is_err() {
            anstream::eprintln!("skipped: what calls spargen's library can't be built");
        }
    }
    program
}

/// A program on the path, in `target/tools/bin` or in the virtual environment `target/tools/venv`.
fn find(name: &str) -> Option<PathBuf> {
    let tools = crate::commands::root().join("target/tools");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = [tools.join("bin"), tools.join("venv/bin")].into_iter().chain(std::env::split_paths(&path));
    folders.map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// A row for each peer that isn't installed, which says so.
pub fn missing() -> Vec<Row> {
    let missing = KNOWN.iter().filter(|(.., program)| find(program).is_none());
    missing.map(|(_, name, _)| Row::refusal("all rows", name, "not installed")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_has_what_the_generator_asks_for() {
        let text = manifest("client-a", "# Add these.\n[dependencies]\nserde = \"1\"\n\n[server]\nx = 1\n");
        let text = text.ok().unwrap();
        assert!(text.contains("name = \"client-a\"") && text.contains("serde = \"1\""), "{text}");
        assert!(!text.contains("server"), "{text}");
        assert!(manifest("client-a", "serde =").is_err());
    }
}
