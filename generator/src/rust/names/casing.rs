//! Identifiers from the words of a document: casing and escapes.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use super::reserved::{KEYWORDS, NEVER_RAW, TAKEN_TYPES};

/// Longer names are cut and end in a hash of the whole name.
const LONGEST: usize = 100;

/// The longest name of a package that registries take.
const LONGEST_PACKAGE: usize = 64;

/// A short hash (FNV-1a) that depends on `text` alone.
pub(crate) fn hash(text: &str) -> String {
    let hash = fnv(text);
    format!("{:06x}", (hash ^ (hash >> 24) ^ (hash >> 48)) & 0xff_ffff)
}

/// The hash (FNV-1a) of `text`. Texts that differ near their ends alone have the same upper bits.
pub(crate) fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// `text` with all but letters and digits that can be in an identifier made spaces, and signs that carry the
/// meaning (`+1`, `-1`, or nothing but signs) put into words. `spelled` puts every sign into words.
fn readable(text: &str, spelled: bool) -> String {
    let bare = !text.chars().any(char::is_alphanumeric);
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut first = true;
    while let Some(character) = characters.next() {
        let signed = first && characters.peek().is_some_and(char::is_ascii_digit);
        first = false;
        if character.is_ascii_alphanumeric() || (!character.is_ascii() && in_identifier(character)) {
            out.push(character);
        } else if let Some(word) = sign(character)
            && (bare || spelled || (signed && matches!(character, '+' | '-')))
        {
            out.push(' ');
            out.push_str(word);
            out.push(' ');
        } else {
            out.push(' ');
        }
    }
    if text.is_empty() { "empty".into() } else { out }
}

fn in_identifier(character: char) -> bool {
    syn::parse_str::<syn::Ident>(&format!("a{character}")).is_ok()
}

fn sign(character: char) -> Option<&'static str> {
    Some(match character {
        '+' => "plus",
        '-' => "minus",
        '*' => "asterisk",
        '/' => "slash",
        '\\' => "backslash",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '&' => "and",
        '|' => "or",
        '%' => "percent",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '^' => "caret",
        '~' => "tilde",
        '?' => "question",
        '_' => "underscore",
        ' ' => "space",
        '(' | ')' => "parenthesis",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '"' | '\'' | '`' => "quote",
        _ => return None,
    })
}

pub(super) fn shorten(name: String, whole: &str, separator: &str) -> String {
    if name.chars().count() <= LONGEST {
        return name;
    }
    let head: String = name.chars().take(LONGEST - 8).collect();
    format!("{}{separator}{}", head.trim_end_matches('_'), hash(whole))
}

fn begin(name: String, whole: &str) -> String {
    match name.chars().next() {
        None => format!("x{}", hash(whole)),
        Some(first) if first.is_numeric() || !in_identifier_start(first) => format!("_{name}"),
        Some(_) => name,
    }
}

fn in_identifier_start(first: char) -> bool {
    first.is_ascii_alphabetic() || first == '_' || syn::parse_str::<syn::Ident>(&first.to_string()).is_ok()
}

/// The words of a text that signs alone divide and none of whose signs are put into words, as most are: no letter
/// then has a case that tells words apart.
fn plain_words(text: &str, spelled: bool) -> Option<impl Iterator<Item = &str>> {
    let plain = !spelled
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    plain.then(|| text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()))
}

/// `PascalCase`, for types and variants. Collisions are still possible.
pub(crate) fn pascal(text: &str) -> String {
    pascal_of(text, false)
}

pub(super) fn pascal_of(text: &str, spelled: bool) -> String {
    let name = match plain_words(text, spelled) {
        Some(words) => words.fold(String::with_capacity(text.len()), |mut name, word| {
            name.push(char::from(word.as_bytes()[0].to_ascii_uppercase()));
            name + &word[1..]
        }),
        None => readable(text, spelled).to_upper_camel_case(),
    };
    let name = shorten(name, text, "X");
    let name = begin(name, text);
    let name = name.strip_prefix('x').map(|rest| format!("X{rest}")).unwrap_or(name);
    if NEVER_RAW.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// `snake_case` without escapes.
pub(crate) fn snake(text: &str) -> String {
    snake_of(text, false)
}

pub(super) fn snake_of(text: &str, spelled: bool) -> String {
    let name = match plain_words(text, spelled) {
        Some(words) => words.collect::<Vec<_>>().join("_"),
        None => readable(text, spelled).to_snake_case(),
    };
    begin(shorten(name, text, "_"), text)
}

/// A field, argument, function or setter: `snake_case`, raw if it is a keyword.
pub(super) fn field(text: &str) -> String {
    escape(snake(text))
}

/// `name`, raw or with an underscore if it isn't an identifier by itself.
pub(crate) fn escape(name: String) -> String {
    if NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Whether `name` can't stand as an identifier as it is.
pub(crate) fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name) || NEVER_RAW.contains(&name)
}

/// A module's name, which is also a file's: a keyword gets an underscore, since a file can't be raw, and letters
/// beyond ASCII, which a file's module can't have, become a hash.
pub(super) fn module(text: &str) -> String {
    let mut name = snake(text);
    if !name.is_ascii() {
        let ascii: String = name.chars().filter(char::is_ascii).collect();
        let ascii = ascii.trim_matches('_');
        name = begin(format!("{ascii}{}{}", if ascii.is_empty() { "x" } else { "_" }, hash(text)), text);
    }
    if KEYWORDS.contains(&name.as_str()) || NEVER_RAW.contains(&name.as_str()) || is_device(&name) {
        format!("{name}_")
    } else {
        name
    }
}

/// The name of the package that is the part `part` of `package`. What registries would refuse as too long is cut, and ends
/// in a hash.
pub(crate) fn cargo_name(package: &str, part: &str) -> String {
    let name = format!("{package}-{}", part.trim_matches('_').replace('_', "-"));
    if name.len() <= LONGEST_PACKAGE {
        return name;
    }
    let hash = hash(&name);
    // The package's name is ASCII, and so is that of a feature.
    format!("{}-{hash}", &name[..LONGEST_PACKAGE - hash.len() - 1])
}

/// Whether Windows treats a file with this name as a device, whatever its extension.
fn is_device(name: &str) -> bool {
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(name, "con" | "prn" | "aux" | "nul")
        || port.is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The name without casing and escapes. Names with the same key collide, also on disk.
pub(super) fn key(name: &str) -> String {
    name.trim_start_matches("r#").to_lowercase()
}

/// A name put together of several: between them, what lets one stand alone (`_2fa`, `Self_`) has no place.
pub(super) fn joined(name: &str) -> String {
    let (lead, rest) = name.split_at(usize::from(name.starts_with('_')));
    let joined = format!("{lead}{}", rest.replace('_', ""));
    if NEVER_RAW.contains(&joined.as_str()) { name.to_owned() } else { joined }
}

pub(super) fn free_of_prelude(name: String) -> String {
    if TAKEN_TYPES.contains(&name.as_str()) { format!("{name}Model") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wire_names_become_identifiers() {
        assert_eq!(field("type"), "r#type");
        assert_eq!(field("self"), "self_");
        assert_eq!(field("+1"), "plus_1");
        assert_eq!(field("x-custom.name"), "x_custom_name");
        assert_eq!(["CON", "com1", "comb", "type"].map(module), ["con_", "com1_", "comb", "type_"]);
        assert!(module("日本").is_ascii() && module("日本") != module("日"));
        assert_eq!(pascal("+1"), "Plus1");
        assert_eq!(pascal("-1"), "Minus1");
        assert_eq!(pascal("*"), "Asterisk");
        assert_eq!(pascal(""), "Empty");
        assert_eq!(pascal("3d"), "_3d");
        assert_eq!(module("mod"), "mod_");
        for text in ["²", "日本", "\u{0}", "💥", "_", "self", "9", "é b"] {
            let name = field(text);
            assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{text:?} became {name}");
            assert!(syn::parse_str::<syn::Ident>(&pascal(text)).is_ok(), "{text:?}");
        }
        assert!(pascal(&"Long".repeat(80)).len() <= LONGEST);
    }

    #[test]
    fn plain_words_are_those_of_every_text() {
        for text in
            ["a", "a_b", "a__b-c.d/e", "a1b2 3c", "x.", "4 a", "é_b", "aB", "_a", "+1", "1+1", "a\u{b2}", ""]
        {
            let words = plain_words(text, false).map(|words| words.collect::<Vec<_>>());
            let of_all = readable(text, false);
            if let Some(words) = words {
                assert_eq!(words.join("_"), of_all.to_snake_case(), "{text:?}");
                assert_eq!(pascal_of(text, false).trim_start_matches('_'), of_all.to_upper_camel_case());
            }
        }
        assert!(plain_words("a_b", false).is_some() && plain_words("aB", false).is_none());
    }
}
