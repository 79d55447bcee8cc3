//! Every code, explained.

/// A code of a diagnostic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The code; its letter is the severity's.
    pub code: &'static str,
    /// What it is about, in a few words.
    pub title: &'static str,
    /// What it means and what to do about it.
    pub explanation: &'static str,
}

/// Every code, sorted.
pub fn codes() -> impl Iterator<Item = &'static Code> {
    CODES.iter()
}

const fn code(code: &'static str, title: &'static str, explanation: &'static str) -> Code {
    Code { code, title, explanation }
}

const CODES: &[Code] = &[
    code("E0001", "the file can't be read", "The path names no file, or one that may not be read."),
    code(
        "E0002",
        "the text is neither YAML nor JSON",
        "The message tells the line and column. A document is also refused if it names a key twice in one object, \
         nests deeper than 128 levels, uses aliases that multiply, has more than 64 MiB, or merges (`<<`) what is no mapping.",
    ),
    code(
        "E0003",
        "not OpenAPI 3.0 or 3.1",
        "The generator reads OpenAPI 3.0.x and 3.1.x. A Swagger 2.0 document must be converted first.",
    ),
    code("E0004", "the settings can't be used", "The settings file is malformed or has an unknown key."),
    code("E0005", "a member has the wrong JSON type", "OpenAPI gives the member another type than it has."),
    code(
        "E0006",
        "a malformed object",
        "The object lacks a member that OpenAPI requires, or has one of a wrong type.",
    ),
    code("E0007", "no info", "Every document needs an `info` object with a `title` and a `version`."),
    code(
        "E0008",
        "nothing is described",
        "A document has `paths`, `components` or `webhooks`; a client is generated from its `paths`.",
    ),
    code(
        "E0010",
        "a reference that is not followed",
        "References may name files in or below the folder of the document. Nothing is fetched from the network, and \
         neither absolute paths nor links that lead elsewhere are followed: the document is not trusted.",
    ),
    code(
        "E0011",
        "a dangling reference",
        "Nothing is at the place that the `$ref` or the discriminator's mapping names. Places are written as JSON \
         Pointers, such as `#/components/schemas/Pet`; `$anchor` and `$id` aren't followed.",
    ),
    code(
        "E0012",
        "a reference to itself",
        "A chain of references leads back to where it began, so that it stands for nothing. A schema may hold itself in \
         a property or as an item; it may not be itself.",
    ),
    code(
        "E0013",
        "a path parameter that isn't declared",
        "Each `{name}` in a path needs a parameter of that name with `in: path` on the path or the operation.",
    ),
    code("E0014", "two operations with one name", "Each `operationId` must be unique in the document."),
    code(
        "E0015",
        "a parameter declared twice",
        "One list of parameters names the same parameter at the same place twice.",
    ),
    code(
        "E0016",
        "an incomplete parameter",
        "A parameter needs a `name`, and an `in` of path, query, header or cookie.",
    ),
    code("E0017", "nothing selected", "No operation matches the paths, tags and operations asked for."),
    code(
        "E0018",
        "a reference to another kind of thing",
        "A schema can be referred to where a schema is needed, a parameter where a parameter is, and so on: what is \
         under `components/responses` is no schema.",
    ),
    code(
        "E0019",
        "a mapping taken from a schema that has none",
        "The `mapping` of an `x-discriminated-by` maps each value of a property to a schema, or names a schema whose \
         own `x-discriminated-by` does.",
    ),
    code(
        "N0020",
        "a keyword that isn't checked",
        "The keyword constrains values in a way that neither the types nor the checks before sending express. Nothing \
         is lost: the server still checks it.",
    ),
    code(
        "W0021",
        "required as a boolean",
        "`required` is a list of names on the object that has the properties.",
    ),
    code(
        "N0022",
        "mutual TLS",
        "The client's transport is set up with the certificate; no code is generated for it.",
    ),
    code(
        "W0023",
        "a path parameter without a place",
        "The path has no `{name}` for the parameter, which is ignored.",
    ),
    code(
        "N0024",
        "a header parameter that is ignored",
        "OpenAPI says that parameters named Accept, Content-Type and Authorization are ignored.",
    ),
    code(
        "N0025",
        "a parameter spelled otherwise",
        "Its name and that in the path differ in case or punctuation alone.",
    ),
    code(
        "W0026",
        "a slip that can mean one thing only",
        "The member isn't as OpenAPI wants it, but can be read in one way alone: a number or a boolean in quotes, one \
         schema where a list of them is wanted, an empty array for an object, a type in another spelling. It is read so.",
    ),
    code(
        "W0027",
        "an unknown keyword of a schema",
        "The name is neither OpenAPI's, nor JSON Schema's, nor an extension, which begins with `x-`. Often it is a typing \
         error, so that a constraint is missed, or it stands one level too high or too low.",
    ),
    code(
        "W0028",
        "a keyword that isn't supported",
        "The keyword can give values properties, items or a form that the generated types then lack. Values keep all \
         that a server sends, but what the keyword describes has no field of its own and isn't checked.",
    ),
    code(
        "N0029",
        "what a client doesn't call",
        "Callbacks and webhooks are requests that the server makes, and links say which operations go together; nothing \
         is generated for them.",
    ),
    code(
        "N0030",
        "a member that OpenAPI doesn't have",
        "The object has a member that is neither OpenAPI's nor an extension, which begins with `x-`. It is ignored.",
    ),
    code(
        "W0031",
        "an unknown type",
        "JSON Schema has the types null, boolean, object, array, number, integer and string. Values of any other are any \
         JSON.",
    ),
    code(
        "W0032",
        "a discriminator's mapping that leads nowhere",
        "Nothing is at the place that the entry names. Values with its tag are kept as unknown ones, as are those with a \
         tag that the document doesn't list.",
    ),
    code(
        "W0101",
        "parts of allOf that exclude each other",
        "The parts ask for types that no value can have at once.",
    ),
    code(
        "W0102",
        "schemas nested too deep",
        "Below 100 levels of inline schemas, and where one without a name holds itself, values are any JSON.",
    ),
    code(
        "W0109",
        "a form of what isn't an object",
        "A form is made of an object's properties. A list or a text has none, so that nothing of it can be sent.",
    ),
    code(
        "N0109",
        "a form that is left out",
        "A form is made of an object's properties. A list or a text has none; it is sent in another of its media types.",
    ),
    code(
        "N0110",
        "a form of a response that isn't asked for",
        "Where a response has several media types, requests say with Accept which one is wanted: JSON before text, events \
         and bytes, and the first of equals.",
    ),
    code("N0103", "a pattern that isn't checked", "The pattern uses look-around or back-references."),
    code(
        "W0108",
        "a setting of no use",
        "An entry of the settings names parameters, properties or operations that the document, or the part of it that \
         was selected, doesn't have together.",
    ),
    code(
        "E0107",
        "a modification that can't be",
        "The settings pair two operations for safe partial updates. What the read gives must have each property of the \
         body that the write takes, and the properties that the entry names must be among them: a misspelt one could \
         wipe what it was to keep.",
    ),
    code(
        "E0110",
        "a feature that can't be",
        "The settings name a cargo feature for alternatives of a union: the union is a type whose form follows a property \
         beside it (`x-discriminated-by`), each alternative is a value of its mapping and in one family at most, and the \
         feature's name is one that cargo takes and that nothing else has.",
    ),
    code(
        "E0105",
        "too many types",
        "An allOf has the inline schemas of its parts as types of its own. Where such schemas have each other as parts, \
         the number of types doubles with each.",
    ),
    code(
        "W0106",
        "nothing says which form a property has",
        "The `propertyName` of an `x-discriminated-by` names a property of the object that has the property it stands \
         at, and that is a string. Without it values are kept as JSON, in the union's `Unknown`.",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_that_is_used_is_explained_and_the_other_way_round() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut used = std::collections::BTreeSet::new();
        for folder in ["source", "plan", "rust", "."] {
            for entry in std::fs::read_dir(root.join(folder)).unwrap().filter_map(Result::ok) {
                let text = std::fs::read_to_string(entry.path()).unwrap_or_default();
                for quoted in text.split('"') {
                    let digits = quoted.get(1..).unwrap_or_default();
                    let is_code = quoted.len() == 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
                    if is_code && quoted.starts_with(['E', 'W', 'N']) {
                        used.insert(quoted.to_owned());
                    }
                }
            }
        }
        let mut explained: Vec<String> = codes().map(|code| code.code.to_owned()).collect();
        explained.sort();
        assert_eq!(explained, used.into_iter().collect::<Vec<_>>());
    }
}
