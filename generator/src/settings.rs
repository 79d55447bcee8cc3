//! The settings file beside a document: what the document can't say.

mod crate_per;
mod dependencies;
mod entries;
mod error_body;
mod families;
mod headers;
mod idempotency;
mod long_running;
mod mistakes;
mod modifications;
mod names;
mod omit;
mod package;
mod pagination;
mod runtime;
#[cfg(feature = "settings-schema")]
mod schema;
mod schemas;
mod streams;
mod types;
mod webhooks;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexMap;
use serde::Deserialize;

pub use self::crate_per::CratePer;
pub use self::dependencies::Dependency;
pub use self::entries::{Entries, Found};
pub use self::error_body::{ErrorBody, ErrorProperty, ScalarKind};
pub use self::families::Family;
pub use self::headers::Headers;
pub use self::idempotency::IdempotencyKeys;
pub use self::long_running::Polling;
pub use self::modifications::Modifying;
pub use self::names::Names;
pub use self::omit::Omit;
pub use self::package::Metadata;
pub use self::pagination::{PagedBy, Paging};
pub use self::runtime::Runtime;
pub use self::schemas::Schemas;
pub use self::streams::Streams;
pub use self::types::TypeSettings;
pub use self::webhooks::{
    SignatureEncoding, SignatureFields, SignatureHash, SignatureScheme, SignatureSettings, Webhooks,
};
use crate::diagnostics::{Diagnostics, Place, codes};

/// What a document is generated with beside itself.
///
/// The doc comments of this struct and of those in `settings/` are the descriptions in the JSON Schema of the settings
/// file and in `docs/settings.md`. Each setting has an example, and says what `diff` reports when it changes.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "settings-schema", derive(serde::Serialize, schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Names of properties whose values are secrets wherever they stand. They print as `[redacted]`, also within
    /// free-form JSON.
    ///
    /// ```yaml
    /// secrets: [client_secret, token]
    /// ```
    ///
    /// `diff`: a property that becomes a secret has another type, which is a major change for Rust callers.
    pub secrets: Vec<String>,
    /// New names for types, fields, variants, functions, modules and parameters. A key names them as the document does, as
    /// shown below, or by JSON Pointer, or with a `*` for any text. The `*`s of the new name stand for what those of the key
    /// matched, the last ones if there are fewer. A pointer goes before a name, a name before a glob, and a glob with more
    /// characters before one with fewer.
    ///
    /// ```yaml
    /// names:
    ///   types: {Pet: Animal, "*Response": "*Reply", /components/schemas/a~1b: Both}
    ///   properties: {Pet.isGood: good, "*.x_*": "*"}
    ///   variants: {Color.RED: Crimson}
    ///   operations: {listPets: all, "GET /pets/{id}": "animals::get"}
    ///   groups: {pets: animals}
    ///   parameters: {listPets.pageSize: limit}
    /// ```
    ///
    /// A pointer leads into the document. One into another file begins with its path from the document's folder, and so does
    /// one into another document of the same client: `billing.yaml#/components/schemas/Status`. Types that documents share
    /// are where the first one has them.
    ///
    /// A new name must be a valid identifier in Rust's usual case (what a glob gives is put into it), and nothing beside it
    /// may have it.
    ///
    /// `diff`: the old name is removed and the new one added, which is a major change for Rust callers. Nothing changes on
    /// the wire.
    pub names: Names,
    /// What becomes of types. A key is the schema's name in the document, a JSON Pointer, or has a `*` for any text; the most
    /// exact one counts, as for `names`.
    ///
    /// ```yaml
    /// types:
    ///   Money: {path: "my_crate::Money"}
    ///   "*": {derive: [Ord, PartialOrd]}
    ///   Pet: {derive: ["my_crate::Table"], attributes: ['table(name = "pets")']}
    /// ```
    ///
    /// For `derive` and `attributes`, a key can be a type's name in Rust, too. `Eq` and `Hash` come by themselves, unless a
    /// type holds one of your own. Enums of texts or integers can have an order, other types can't: they hold JSON.
    ///
    /// A type of your own is used as `runtime::Own<my_crate::Money>`, which derefs to it and is made from it by `into`. It is
    /// read and written with serde: it implements `Serialize`, `DeserializeOwned`, `Clone`, `Debug`, `PartialEq`, `Send` and
    /// `Sync`. List its crate in `dependencies`.
    ///
    /// `diff`: another type is a major change for Rust callers. What the document says about a type of your own isn't
    /// compared.
    pub types: IndexMap<String, TypeSettings>,
    /// Crates that the generated one depends on beside the runtime's: those of the types, derives and attributes that
    /// `types` names. They are added to its `Cargo.toml`.
    ///
    /// ```yaml
    /// dependencies:
    ///   my_crate: {path: ../my_crate}
    ///   rust_decimal: {version: "1", features: [serde]}
    /// ```
    ///
    /// `diff`: nothing.
    pub dependencies: IndexMap<String, Dependency>,
    /// Types for formats. A value is a library, `number`, or the path of a type of your own.
    ///
    /// ```yaml
    /// formats:
    ///   date-time: jiff
    ///   uuid: uuid
    ///   int64: number
    ///   x-money: "my_crate::Money"
    /// ```
    ///
    /// | format | libraries | by default |
    /// | --- | --- | --- |
    /// | `date-time`, `date` | `jiff`, `chrono`, `time` | `runtime::DateTime` and `Date` |
    /// | `time`, without an offset | `jiff`, `chrono`, `time` | `String` |
    /// | `duration` | `jiff` | `String` |
    /// | `uuid` | `uuid` | `runtime::Uuid` |
    /// | `uri`, `url` | `url` | `String` |
    /// | `decimal` | `rust_decimal`, `number` | `String` |
    /// | `ipv4`, `ipv6`, `ip` | `std` | `String` |
    /// | `byte` | `std`, which is `Vec<u8>` | `runtime::Base64` |
    /// | `int32`, `int64`, `uint32`, `uint64`, `float`, `double`, `number` | `number` | `String` |
    ///
    /// The field has the library's type, which the generated crate then depends on, and is text on the wire. What is written
    /// means what was read, but can be written otherwise: `jiff::Timestamp` has no offset, and a `uuid::Uuid` no capitals. A
    /// value that doesn't fit is preserved among the additional properties where it is optional, and an error with its path
    /// where it is required. Strings that hold a number are a `runtime::Quoted<i64>`, which derefs to the number. For a format
    /// that isn't in the table, name the type: `x-id: "uuid::Uuid"`, `x-count: i64`. A type of your own is a `runtime::Own`, as
    /// for `types`, which goes before `formats`.
    ///
    /// By default a value keeps its text exactly as it was sent. `runtime::DateTime`, `Date` and `Uuid` convert with `to_jiff()` and the
    /// like, and are made of the other types with `into`; a crate that doesn't contain its runtime has a cargo feature for
    /// each library. What is a `String` converts with `parse`.
    ///
    /// `diff`: another type is a major change for Rust callers. Nothing changes on the wire.
    pub formats: IndexMap<String, String>,
    /// What of the document is left out. An entry is a name as the document has it, a JSON Pointer, or has a `*` for any text.
    ///
    /// ```yaml
    /// omit:
    ///   operations: [deletePet, "* /admin/*"]
    ///   tags: [internal]
    ///   types: [Legacy*]
    ///   properties: [Pet.internalId, "*._links"]
    /// ```
    ///
    /// Nothing that the server sends is lost. Types that only what is left out needs aren't generated either.
    ///
    /// `diff`: as if the document no longer had it.
    pub omit: Omit,
    /// Which component schemas become types.
    ///
    /// ```yaml
    /// schemas: all
    /// ```
    ///
    /// `diff`: types are added or removed.
    pub schemas: Schemas,
    /// Extensions that mark what is deprecated, with the value that says so.
    ///
    /// ```yaml
    /// deprecated: {x-lifecycle: deprecated}
    /// ```
    ///
    /// `diff`: what becomes deprecated is a patch.
    pub deprecated: IndexMap<String, String>,
    /// Names of the headers that responses carry whether or not the document says so.
    ///
    /// ```yaml
    /// headers:
    ///   rate_limit_remaining: X-RateLimit-Remaining
    ///   request_id: X-Request-Id
    /// ```
    ///
    /// `diff`: the client reads other headers; no public item changes.
    pub headers: Headers,
    /// How the service recognises a request that it has got already. Calls of the methods listed get a random key, the same
    /// with every attempt, and are then retried as if their method were idempotent.
    ///
    /// ```yaml
    /// idempotency_keys: {header: Idempotency-Key, methods: [POST, PATCH]}
    /// ```
    ///
    /// `diff`: the client sends another header; no public item changes.
    pub idempotency_keys: Option<IdempotencyKeys>,
    /// The body of failures for which the document has none.
    ///
    /// ```yaml
    /// error:
    ///   title: ErrorBody
    ///   properties:
    ///     message: {type: string, description: "What is wrong, for people."}
    ///     code: {type: string}
    ///   message: /message
    ///   code: /code
    /// ```
    ///
    /// `diff`: its type is compared as if the document declared it.
    pub error: Option<ErrorBody>,
    /// The forms in which operations page, the preferred ones first. An operation has those whose parameters and
    /// response properties it has. A property is a name, names joined by dots (`meta.next_cursor`), or a JSON Pointer
    /// (`/meta/next_cursor`). [client.md](client.md#lists) says what the streams do.
    ///
    /// ```yaml
    /// pagination:
    ///   - {by: checkpoint, position: from, size: take, next: next}
    ///   - {by: page, position: page, size: per_page, total: total}
    ///   - {by: checkpoint, position: cursor, next: meta.next_cursor, items: data.items}
    ///   - {by: url, next: /links/next}
    ///   - {by: link}
    /// ```
    ///
    /// `diff`: the functions that page are added or removed, or page in another way.
    pub pagination: Vec<Paging>,
    /// What the document doesn't say about responses that are streams.
    ///
    /// ```yaml
    /// streams: {end: "[DONE]", flag: stream}
    /// ```
    ///
    /// `diff`: where a stream ends is compared; no public item changes.
    pub streams: Streams,
    /// Pairs of operations that read and write the same thing, for safe partial updates.
    /// [client.md](client.md#safe-partial-updates) says what such an update does. A property that only the body of the write has
    /// is left out of the pair, with a warning.
    ///
    /// ```yaml
    /// modifications:
    ///   - {read: get_pet, write: update_pet, replaced: [photo], merged: [notes]}
    /// ```
    ///
    /// `diff`: the functions are added or removed, or write otherwise.
    pub modifications: Vec<Modifying>,
    /// Operations that start work which goes on after they have responded. They get a function that polls until it ends.
    /// Properties are written as for `pagination`. [client.md](client.md#long-running-operations) says what the poller does.
    ///
    /// ```yaml
    /// long_running:
    ///   - {start: create_report, read: get_report, location: Operation-Location, status: status, succeeded: [done], failed: [failed]}
    ///   - {start: create_job, read: get_job, arguments: {job_id: id}}
    /// ```
    ///
    /// `diff`: the functions are added or removed, or recognise the end in another way.
    pub long_running: Vec<Polling>,
    /// Cargo features that compile alternatives of unions. All are on by default.
    ///
    /// ```yaml
    /// features:
    ///   - {feature: social, union: ConnectionOptions, alternatives: [facebook, twitter]}
    /// ```
    ///
    /// `diff`: a feature that is removed, or that an alternative newly needs, is a major change for Rust callers.
    pub features: Vec<Family>,
    /// The requests that the service sends: which are wanted, how they are told apart and how they are signed.
    ///
    /// ```yaml
    /// webhooks:
    ///   name: /x-origin/event
    ///   header: X-Event
    ///   signature: {scheme: standard}
    /// ```
    ///
    /// [webhooks.md](../generator/runtime/docs/webhooks.md) has signatures of other services.
    ///
    /// `diff`: events are added or removed, or recognised otherwise.
    pub webhooks: Webhooks,
    /// Whether the crate depends on the runtime or contains it.
    ///
    /// ```yaml
    /// runtime: embedded
    /// ```
    ///
    /// `diff`: nothing; the same items are in the crate either way.
    pub runtime: Runtime,
    /// What `Cargo.toml` says about the crate. If the crate has a `Cargo.toml` already, what that says stays. What it lacks is
    /// added, apart from the description and the Rust version.
    ///
    /// ```yaml
    /// package:
    ///   license: MIT OR Apache-2.0
    ///   authors: [The pet shop]
    ///   repository: https://github.com/example/pets-rs
    ///   keywords: [pets, api, client]
    ///   categories: [api-bindings]
    /// ```
    ///
    /// `--scaffold` makes the README and the texts of the licences from it, too.
    ///
    /// `diff`: nothing.
    pub package: Metadata,
    /// What there is a crate for: the whole document, or each group of operations, so that a user of a huge API compiles
    /// what he calls. [large.md](large.md) describes the workspace.
    ///
    /// ```yaml
    /// crate_per: group
    /// ```
    ///
    /// `diff`: the same items are in the crate that re-exports the others. Each group has a feature, even if there are few.
    pub crate_per: CratePer,
    /// Files with overlays that change the document before it is read, in their order, relative to the settings file. They
    /// must be in its folder or below, or below the folder that `--root` names.
    ///
    /// ```yaml
    /// overlays: [corrections.yaml, additions.yaml]
    /// ```
    ///
    /// `diff`: the changed documents are compared.
    #[cfg_attr(feature = "settings-schema", schemars(with = "Vec<String>"))]
    pub overlays: Vec<PathBuf>,
    /// The file that they are read from, as places call it; empty if they aren't from a file.
    #[serde(skip)]
    pub file: Arc<str>,
}

/// The JSON Schema (draft 2020-12) of the settings file. Its descriptions are the doc comments of [`Settings`] and what it
/// contains.
#[cfg(feature = "settings-schema")]
pub fn schema() -> serde_json::Value {
    schema::schema::<Settings>("Settings of speccrate")
}

impl Settings {
    /// Reads the settings file at `path`; an error is noted in `diagnostics`.
    pub fn load(path: &Path, diagnostics: &mut Diagnostics) -> Option<Self> {
        let read = crate::text::read(path).map_err(|error| error.to_string());
        let text = read.and_then(|text| String::from_utf8(text).map_err(|_| "it isn't UTF-8".to_owned()));
        let settings = text.and_then(|text| Self::parse(&text));
        let file = diagnostics.add_file(path);
        settings
            .map(|settings| Self { file, ..settings })
            .map_err(|error| {
                let message = format!("invalid settings in {}: {error}", path.display());
                diagnostics.report(
                    &codes::INVALID_SETTINGS,
                    &Place::default(),
                    message,
                    "Correct the settings file.",
                );
            })
            .ok()
    }

    /// The place of a value in the settings file, by the keys and indices that lead to it.
    pub fn place(&self, path: &[&str]) -> Place {
        if self.file.is_empty() {
            return Place::default();
        }
        let root = Place { file: self.file.clone(), ..Place::default() };
        path.iter().fold(root, |place, token| place.child(token))
    }

    /// The folder that they are in, if they are from a file.
    pub fn folder(&self) -> Option<&Path> {
        if self.file.is_empty() { None } else { Path::new(&*self.file).parent() }
    }

    /// The files with overlays.
    pub fn overlay_files(&self) -> impl Iterator<Item = PathBuf> + use<'_> {
        let folder = self.folder().unwrap_or(Path::new(""));
        self.overlays.iter().map(move |path| folder.join(path))
    }

    /// Reads settings from YAML.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() {
            return Ok(Self::default());
        }
        let told = |error| match crate::text::conflict(text.as_bytes()) {
            Some(line) => format!("a merge has left its conflict markers in line {line}"),
            None => mistakes::told(&error),
        };
        serde_yaml::from_str(text).map_err(told)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_and_unknown_keys_refused() {
        let settings = Settings::parse("secrets: [a]\nheaders: {rate_limit: X}\nschemas: all").unwrap();
        assert_eq!(settings.runtime, Runtime::Library);
        assert_eq!((settings.secrets, settings.schemas), (vec!["a".to_owned()], Schemas::All));
        assert_eq!(Settings::parse(" ").unwrap(), Settings::default());
        assert_eq!(Settings::parse("runtime: embedded").unwrap().runtime, Runtime::Embedded);
        assert!(Settings::parse("secret: [a]").unwrap_err().contains("unknown key `secret`"));
    }

    #[test]
    fn mistakes_are_told_without_words_of_rust() {
        for (text, told) in [
            ("secret: [a]", "line 1, column 1: unknown key `secret`; did you mean `secrets`?"),
            ("zzz: [a]", "unknown key `zzz`; the keys here are"),
            ("schemas: al", "unknown value `al`; did you mean `all`?"),
            (
                "runtime: own",
                "line 1, column 10: `runtime`: unknown value `own`; the values here are `library`",
            ),
            ("secrets: a", "line 1, column 10: `secrets`: expected a list, got the text \"a\""),
            ("headers: [1]", "`headers`: expected keys with values, got a list"),
            ("headers: {rate_limit: [a]}", "`headers.rate_limit`: expected text, got a list"),
            ("error: {title: A}", "`error`: the key `properties` is missing"),
            (
                "pagination: [{by: x, position: a}]",
                "`pagination[0].by`: unknown value `x`; the values here are",
            ),
            ("pagination: [{by: page, position: a, first: x}]", "expected an integer, got the text \"x\""),
            ("a", "expected keys with values, got the text \"a\""),
            ("[", "line "),
        ] {
            let error = Settings::parse(text).unwrap_err();
            assert!(error.contains(told), "{told} isn't in {error}");
            for word in ["field", "variant", "map", "sequence", "struct", "invalid type"] {
                assert!(!error.contains(word) || text == "[", "{word} is in {error}");
            }
        }
    }
}
