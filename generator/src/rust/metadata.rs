//! What the settings say about the crate itself: each value must be one that cargo and crates.io take.

use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{Metadata, Settings};

/// The oldest version of Rust that compiles generated code.
pub(crate) const RUST_VERSION: (u64, u64) = (1, 88);

/// How many keywords or categories crates.io takes.
const MOST: usize = 5;

/// The longest keyword that it takes.
const LONGEST: usize = 20;

/// Reports values that cargo or crates.io would refuse.
pub(super) fn check(settings: &Settings, diagnostics: &mut Diagnostics) {
    let Metadata {
        description,
        license,
        authors,
        repository,
        homepage,
        documentation,
        keywords,
        categories,
        rust_version,
        publish: _,
    } = &settings.package;
    let mut report = |path: &[&str], problem: Option<String>, help: &str| {
        if let Some(problem) = problem {
            let path: Vec<&str> = ["package"].iter().chain(path).copied().collect();
            let message = format!("`{}` in the settings {problem}", path[..2].join("."));
            diagnostics.report(&codes::INVALID_METADATA, &settings.place(&path), message, help);
        }
    };
    if let Some(text) = description {
        report(&["description"], not_a_line(text), "Say in a line what the crate is.");
    }
    if let Some(text) = license {
        report(&["license"], not_a_license(text), "Write an SPDX expression, such as `MIT OR Apache-2.0`.");
    }
    for (index, author) in authors.iter().enumerate() {
        let help = "Write a name, or a name and an address: `Ada <ada@example.com>`.";
        report(&["authors", &index.to_string()], not_a_line(author), help);
    }
    let urls = [("repository", repository), ("homepage", homepage), ("documentation", documentation)];
    for (name, url) in urls {
        let help = "Write a URL, such as `https://example.com/client`.";
        report(&[name], url.as_deref().and_then(not_a_url), help);
    }
    for (name, list, flaw, help) in [
        ("keywords", keywords, not_a_keyword as fn(&str) -> Option<String>, "Use at most five short words."),
        (
            "categories",
            categories,
            not_a_category,
            "Use at most five slugs of https://crates.io/category_slugs.",
        ),
    ] {
        let too_many = || format!("has {} entries; crates.io takes {MOST}", list.len());
        report(&[name], (list.len() > MOST).then(too_many), help);
        for (index, entry) in list.iter().enumerate() {
            report(&[name, &index.to_string()], flaw(entry), help);
        }
    }
    if let Some(version) = rust_version {
        let help = "Write a version such as `\"1.88\"`, in quotes.";
        report(&["rust_version"], not_a_rust_version(version), help);
    }
}

fn not_a_line(text: &str) -> Option<String> {
    if text.trim().is_empty() {
        return Some("has an empty text".to_owned());
    }
    text.contains(char::is_control).then(|| format!("has {text:?}, which isn't one line of text"))
}

fn not_a_license(text: &str) -> Option<String> {
    let error = spdx::Expression::parse(text).err()?;
    let at = text.get(error.span.clone()).filter(|at| !at.trim().is_empty());
    let at = at.map_or_else(String::new, |at| format!(" at {at:?}"));
    Some(format!("is {text:?}, which isn't an SPDX expression: {}{at}", error.reason))
}

fn not_a_url(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let is_url = rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
        host.starts_with(|c: char| c.is_ascii_alphanumeric()) && rest.chars().all(is_plain)
    });
    (!is_url).then(|| format!("is {url:?}, which isn't an `https:` or `http:` URL"))
}

fn not_a_keyword(word: &str) -> Option<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+');
    if !word.starts_with(|c: char| c.is_ascii_alphanumeric()) || !word.chars().all(is_part) {
        let allowed = "a keyword has ASCII letters, digits, `-`, `_` and `+`, a letter or digit first";
        return Some(format!("has {word:?}; {allowed}"));
    }
    (word.len() > LONGEST).then(|| format!("has {word:?}, which is longer than {LONGEST} characters"))
}

fn not_a_category(slug: &str) -> Option<String> {
    let is_part = |part: &str| {
        let mut chars = part.chars();
        chars.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') && !part.is_empty()
    };
    let is_slug = slug.split("::").all(is_part);
    (!is_slug).then(|| format!("has {slug:?}, which isn't a category's slug"))
}

fn not_a_rust_version(version: &str) -> Option<String> {
    let parts: Option<Vec<u64>> = version.split('.').map(number).collect();
    let (major, minor) = match parts.as_deref() {
        Some([major, minor] | [major, minor, _]) => (*major, *minor),
        _ => return Some(format!("is {version:?}, which isn't a version of Rust")),
    };
    let (least_major, least_minor) = RUST_VERSION;
    ((major, minor) < RUST_VERSION)
        .then(|| format!("is {version:?}; generated code needs {least_major}.{least_minor}"))
}

/// A number without sign or leading zeros.
fn number(text: &str) -> Option<u64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    is_plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_that_registries_take() {
        for good in ["MIT", "MIT OR Apache-2.0", "(MIT AND BSD-3-Clause) OR Apache-2.0 WITH LLVM-exception"] {
            assert_eq!(not_a_license(good), None);
        }
        for bad in ["", "mit", "MIT/Apache-2.0", "MIT OR", "Proprietary", "MIT\nOR Apache-2.0x"] {
            assert!(not_a_license(bad).is_some(), "{bad}");
        }
        assert!(["https://a.b/c?d#e", "http://localhost:80"].into_iter().all(|url| not_a_url(url).is_none()));
        for bad in
            ["", "a.b", "ftp://a", "https://", "https:///a", "https://a b", "https://a\"", "javascript:x"]
        {
            assert!(not_a_url(bad).is_some(), "{bad}");
        }
        assert!(["api", "c++", "2d", "a_b-c"].into_iter().all(|word| not_a_keyword(word).is_none()));
        for bad in ["", "a b", "-a", "ä", "abcdefghijklmnopqrstu"] {
            assert!(not_a_keyword(bad).is_some(), "{bad}");
        }
        assert!(["api-bindings", "a::b-c"].into_iter().all(|slug| not_a_category(slug).is_none()));
        assert!(["", "A", "a b", "a:b", "a::"].into_iter().all(|slug| not_a_category(slug).is_some()));
        assert!(["1.88", "1.90.1", "2.0"].into_iter().all(|version| not_a_rust_version(version).is_none()));
        for bad in ["", "1", "1.87", "1.87.9", "v1.90", "1.9x", "1.090", "1.90.0.0", "0.99"] {
            assert!(not_a_rust_version(bad).is_some(), "{bad}");
        }
    }
}
