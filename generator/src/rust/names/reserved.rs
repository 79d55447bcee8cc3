//! Words that names made from a document must avoid.

/// Keywords, which are identifiers only if raw (Rust 2024, strict and reserved).
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that can't be raw identifiers.
pub(super) const NEVER_RAW: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Methods that every model has by its traits, and `new`. A setter of the same name would come before them.
pub(super) const RESERVED_METHODS_OF_MODELS: &[&str] = &[
    "new",
    "default",
    "clone",
    "clone_from",
    "clone_into",
    "to_owned",
    "eq",
    "ne",
    "hash",
    "fmt",
    "from",
    "into",
    "try_from",
    "try_into",
    "borrow",
    "borrow_mut",
    "type_id",
    "serialize",
    "deserialize",
    "from_json",
    "kinds",
    "read",
    "read_chosen",
    "tag",
    "null",
    "object_shape",
    "write",
    "any_object",
    "is_absent",
    "check",
    "unknowns",
    "plain_object",
    "validate",
    "shape",
    "make",
    "fields",
];

/// Modules of the generated crate and crates that it uses, whose names a group can't have.
pub(super) const RESERVED_GROUPS: &[&str] = &[
    "models",
    "operations",
    "runtime",
    "document",
    "servers",
    "std",
    "core",
    "alloc",
    "serde",
    "serde_json",
    "http",
    "bytes",
    "reqwest",
    "tokio",
    "regex",
    "base64",
    "percent_encoding",
];

/// Methods that every builder of an operation with a stream has. `stream`, the first, is to a stream what `send` is to an
/// answer.
pub(super) const RESERVED_METHODS_OF_STREAMS: &[&str] = &[
    "stream",
    "build",
    "parse",
    "send",
    "respond",
    "send_blocking",
    "timeout",
    "retry",
    "header",
    "query_pair",
    "idempotency_key",
    "validate",
    "body",
    "write",
    "read",
    "clone",
    "encoding",
    "into_operation",
];

/// Methods that every builder has.
pub(super) const RESERVED_METHODS: &[&str] = match RESERVED_METHODS_OF_STREAMS.split_first() {
    Some((_, methods)) => methods,
    None => &[],
};

/// Type names that mean something else in generated files: those of Rust's prelude and the runtime's.
pub(super) const TAKEN_TYPES: &[&str] = &[
    // Parameters of the runtime's macros.
    "D",
    "S",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Vec",
    "String",
    "Box",
    "Self",
    "Send",
    "Sync",
    "Sized",
    "Copy",
    "Clone",
    "Default",
    "Debug",
    "Eq",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Hash",
    "Drop",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Into",
    "TryFrom",
    "TryInto",
    "AsRef",
    "AsMut",
    "Iterator",
    "IntoIterator",
    "IntoList",
    "IntoListOf",
    "IntoMap",
    "IntoMapOf",
    "DoubleEndedIterator",
    "ExactSizeIterator",
    "Extend",
    "FromIterator",
    "ToOwned",
    "ToString",
    "Unpin",
    "Future",
    "IntoFuture",
    "Patch",
    "Secret",
    "Inferred",
    "Json",
    "JsonObject",
    "DateTime",
    "Date",
    "Uuid",
    "Base64",
    "Bytes",
    "Body",
    "FilePart",
    "BTreeMap",
    "Validate",
    "FromJson",
    "Rule",
    "Style",
    "Operation",
    "OperationInfo",
    "RequestParts",
    "RequestWriter",
    "ReadReply",
    "Reply",
    "Error",
    "Failure",
    "FailureBody",
    "InvalidRequest",
    "PropertyEncoding",
    "Untyped",
    "Client",
    "ClientBuilder",
    "Serialize",
    "Deserialize",
    "Serializer",
    "Deserializer",
    "MinLength",
    "MaxLength",
    "Pattern",
    "Minimum",
    "Maximum",
    "ExclusiveMinimum",
    "ExclusiveMaximum",
    "MultipleOf",
    "MinItems",
    "MaxItems",
    "UniqueItems",
    "MinProperties",
    "MaxProperties",
    "Items",
    "PrefixItems",
    "Values",
    "Keys",
    "RequiredNames",
    "ListedValues",
    "Fit",
    "SecurityScheme",
    "Unknown",
    "Number",
    "Limit",
    "Checker",
    "Violation",
    "Violations",
    "DecodeError",
    "Mode",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rust::builders::CALLS;

    /// The text of a file of the runtime.
    fn source(path: &str) -> &'static str {
        let sources = openapi_rust_runtime::sources::SOURCES;
        sources.iter().find(|(known, _)| *known == path).unwrap().1
    }

    /// The names that the prelude of generated files brings in, and the variants behind its `Rule::*`.
    fn in_scope() -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let prelude = syn::parse_file(source("prelude.rs")).unwrap();
        for item in prelude.items {
            if let syn::Item::Use(item) = item {
                collect(&item.tree, &mut found);
            }
        }
        let rules = syn::parse_file(source("model/rules.rs")).unwrap();
        for item in rules.items {
            if let syn::Item::Enum(item) = item
                && item.ident == "Rule"
            {
                found.extend(item.variants.iter().map(|variant| variant.ident.to_string()));
            }
        }
        found
    }

    fn collect(tree: &syn::UseTree, found: &mut BTreeSet<String>) {
        match tree {
            syn::UseTree::Path(path) => collect(&path.tree, found),
            syn::UseTree::Group(group) => group.items.iter().for_each(|tree| collect(tree, found)),
            syn::UseTree::Name(name) => {
                found.insert(name.ident.to_string());
            }
            syn::UseTree::Rename(name) => {
                found.insert(name.rename.to_string());
            }
            syn::UseTree::Glob(_) => {}
        }
    }

    #[test]
    fn no_setter_is_called_as_what_every_builder_has() {
        let made = source("client/per_call.rs");
        let made = made.split_once("macro_rules! calls").unwrap().1;
        let names = made.split("pub fn ").skip(1).map(|rest| rest.split_once('(').unwrap().0);
        let names: Vec<&str> = names.collect();
        assert_eq!(names, CALLS.map(|(name, _)| name));
        let free: Vec<&&str> = names.iter().filter(|name| !RESERVED_METHODS.contains(name)).collect();
        assert!(free.is_empty(), "{free:?} must be among the reserved methods");
    }

    #[test]
    fn no_setter_is_called_as_a_method_of_a_trait_that_models_have() {
        let traits = [
            ("json/decode.rs", "FromJson"),
            ("json/writer.rs", "ToJson"),
            ("model/validate.rs", "Validate"),
            ("model/object.rs", "Object"),
        ];
        for (file, name) in traits {
            let text = source(file);
            let (_, after) = text.split_once(&format!("pub trait {name}")).unwrap();
            let (body, _) = after.split_once("\n}").unwrap();
            let methods = body.split("\n    fn ").skip(1).map(|rest| rest.split(['(', '<']).next().unwrap());
            let free: Vec<&str> =
                methods.filter(|method| !RESERVED_METHODS_OF_MODELS.contains(method)).collect();
            assert!(free.is_empty(), "{free:?} of {name} must be among the reserved methods of models");
        }
    }

    #[test]
    fn no_type_is_called_as_what_generated_files_import() {
        let types = in_scope().into_iter().filter(|name| name.starts_with(char::is_uppercase));
        let free: Vec<String> = types.filter(|name| !TAKEN_TYPES.contains(&name.as_str())).collect();
        assert!(free.is_empty(), "{free:?} must be among the taken types");
        assert!(in_scope().contains("PrefixItems") && in_scope().contains("BTreeMap"));
    }
}
