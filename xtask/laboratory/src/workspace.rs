//! Workspaces of generated crates. They use what this one has compiled.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::commands::{cargo, root};
use speccrate::{Failure, crate_folder};

/// The profile of this workspace, as far as it is about other people's packages: with another one, cargo would compile
/// each of them again.
const PROFILE: &str = r#"
[profile.dev]
debug = false

[profile.dev.package."*"]
codegen-units = 1
debug-assertions = false

[profile.dev.build-override]
codegen-units = 1

[profile.dev.package.memchr]
opt-level = 2
"#;

/// Makes `folder` a workspace of `members`, with the versions of dependencies that this workspace has.
///
/// # Errors
/// The files can't be written.
pub fn write(folder: &Path, members: &[impl AsRef<str>]) -> Result<(), Failure> {
    let members: Vec<String> = members.iter().map(|member| format!("{:?}", member.as_ref())).collect();
    let members = members.join(", ");
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n{PROFILE}");
    crate_folder::write_if_new(&folder.join("Cargo.toml"), &manifest)?;
    // Cargo leaves out what isn't needed, and adds the members.
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Cargo in the workspace in `folder`.
pub fn cargo_in(folder: &Path) -> Command {
    let mut command = cargo();
    command.current_dir(folder).env("CARGO_TARGET_DIR", root().join("target"));
    command
}

/// Where cargo puts the program `name` of any workspace.
pub fn program(name: &str) -> PathBuf {
    root().join("target/debug").join(name)
}

#[cfg(test)]
mod tests {
    use toml_edit::{DocumentMut, Item};

    #[test]
    fn the_profile_is_that_of_this_workspace() {
        let own = std::fs::read_to_string(super::root().join("Cargo.toml")).unwrap();
        let own: DocumentMut = own.parse().unwrap();
        let copy: DocumentMut = super::PROFILE.parse().unwrap();
        let text = |item: &Item| item.as_value().map(|value| value.to_string().trim().to_owned());
        let mut compared = 0;
        let mut pending = vec![(copy["profile"].clone(), own["profile"].clone())];
        while let Some((copy, own)) = pending.pop() {
            for (key, item) in copy.as_table_like().into_iter().flat_map(|table| table.iter()) {
                match text(item) {
                    Some(value) => {
                        assert_eq!(Some(value), text(&own[key]), "{key}");
                        compared += 1;
                    }
                    None => pending.push((item.clone(), own[key].clone())),
                }
            }
        }
        assert_eq!(compared, 5);
    }
}
