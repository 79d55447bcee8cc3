//! The names that the settings ask for.
//!
//! Keys of the settings refer to things by the names that they have without these settings, so those are settled first.
//! A new name is then taken as it is: one that isn't free is an error, never changed in silence.

mod members;
mod operations;
mod types;

use std::collections::HashMap;

use super::casing::{escape, field, module, pascal, snake};
use super::operations::{Position, Positions};
use super::reserved::{KEYWORDS, NEVER_RAW};
use super::types::Types;
use crate::api::Api;
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{Entries, Found, Settings};

/// The names of operations and types that replace those of the document. Those of members are in the [`Api`].
#[derive(Debug, Default)]
pub(super) struct Renamed {
    /// The modules and name of each operation.
    pub positions: Vec<Position>,
    /// The names of types, by key.
    pub types: HashMap<String, String>,
}

impl Renamed {
    /// Finds what is renamed, and reports names that can't be used and entries that match nothing.
    pub(super) fn find(
        api: &mut Api,
        settings: &Settings,
        positions: &Positions,
        diagnostics: &mut Diagnostics,
    ) -> Self {
        let defaults = Types::settle(api, &positions.owners(&api.operations), &HashMap::new());
        let mut told = Telling { settings, diagnostics };
        members::find(api, &defaults, &mut told);
        operations::parameters(api, positions, &mut told);
        let types = types::find(api, &defaults, &mut told);
        let positions = operations::find(api, positions, &mut told);
        Self { positions, types }
    }
}

/// What is told, and where.
struct Telling<'a> {
    settings: &'a Settings,
    diagnostics: &'a mut Diagnostics,
}

impl Telling<'_> {
    /// Reports that the name in the entry at `index` can't be used.
    fn unusable(&mut self, entries: &Entries<'_, String>, index: usize, problem: &str, help: &str) {
        let path = entries.path(index);
        let message = format!(
            "`{}.{}` in the settings: {problem}",
            path[..path.len() - 1].join("."),
            entries.pattern(index)
        );
        self.diagnostics.report(&codes::INVALID_NAME, &self.settings.place(&path), message, help);
    }

    /// Reports that something else has the name in the entry at `index`.
    fn taken(&mut self, entries: &Entries<'_, String>, index: usize, name: &str, other: &str) {
        self.unusable(
            entries,
            index,
            &format!("the name `{name}` is already that of {other}"),
            "Choose another name.",
        );
    }

    /// The name that an entry gives; nothing if it isn't a name, which is reported.
    fn name(
        &mut self,
        entries: &Entries<'_, String>,
        found: &Found<'_, '_, String>,
        casing: Casing,
    ) -> Option<String> {
        self.checked(entries, found, &found.name(), casing)
    }

    /// `wanted`, which is a name that an entry gives or a part of it; nothing if it isn't a name, which is reported.
    fn checked(
        &mut self,
        entries: &Entries<'_, String>,
        found: &Found<'_, '_, String>,
        wanted: &str,
        casing: Casing,
    ) -> Option<String> {
        if found.captured.is_some() {
            return Some(casing.make(wanted));
        }
        let plain = wanted.strip_prefix("r#").unwrap_or(wanted);
        if casing.accepts(plain) {
            return Some(casing.written(plain));
        }
        let problem = format!("{wanted:?} isn't a name in {}", casing.words());
        let help = match plain {
            "" => "Give a name.".to_owned(),
            _ => format!("Write `{}`, for example.", casing.make(wanted)),
        };
        self.unusable(entries, found.index, &problem, &help);
        None
    }

    fn unmatched<N: AsRef<str>>(
        &mut self,
        entries: &Entries<'_, String>,
        what: &str,
        names: impl Fn() -> Vec<N>,
    ) {
        entries.report_unmatched(what, names, |path| self.settings.place(path), self.diagnostics);
    }
}

/// How a name is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Casing {
    /// A type or a variant.
    Type,
    /// A field, a function or an argument.
    Member,
    /// A module, which is a file, too.
    Module,
}

impl Casing {
    fn make(self, words: &str) -> String {
        match self {
            Self::Type => pascal(words),
            Self::Member => field(words),
            Self::Module => module(words),
        }
    }

    /// Whether `name` can stand as it is. Abbreviations in capitals are left to those who choose the names of types.
    fn accepts(self, name: &str) -> bool {
        match self {
            Self::Type => {
                !NEVER_RAW.contains(&name)
                    && !name.contains('_')
                    && !name.starts_with(char::is_lowercase)
                    && syn::parse_str::<syn::Ident>(name).is_ok()
            }
            Self::Member => !NEVER_RAW.contains(&name) && snake(name) == name,
            Self::Module => !KEYWORDS.contains(&name) && module(name) == name,
        }
    }

    fn written(self, name: &str) -> String {
        if self == Self::Member { escape(name.to_owned()) } else { name.to_owned() }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Type => "UpperCamelCase",
            Self::Member => "snake_case",
            Self::Module => "snake_case that can be a module's",
        }
    }
}
