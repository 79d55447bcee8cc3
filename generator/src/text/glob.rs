//! Globs: patterns for names, in which each `*` stands for any text.

/// What the `*`s of `glob` stand for if `text` matches it: each but the last as little as possible.
pub(crate) fn captures<'t>(glob: &str, text: &'t str) -> Option<Vec<&'t str>> {
    let mut parts = glob.split('*');
    let mut rest = text.strip_prefix(parts.next().unwrap_or_default())?;
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty().then(Vec::new) };
    let mut captured = Vec::with_capacity(parts.len() + 1);
    for part in parts {
        let at = rest.find(part)?;
        captured.push(&rest[..at]);
        rest = &rest[at + part.len()..];
    }
    captured.push(rest.strip_suffix(last)?);
    Some(captured)
}

/// `replacement` with what was captured in place of its `*`s. If it has fewer of them, they stand for the last ones.
pub(crate) fn filled(replacement: &str, captured: &[&str]) -> String {
    let stars = replacement.matches('*').count();
    let mut captured = captured.iter().skip(captured.len().saturating_sub(stars));
    let mut parts = replacement.split('*');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str(captured.next().copied().unwrap_or_default());
        text.push_str(part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_whole_texts() {
        for (glob, text, expected) in [
            ("/a*", "/a/b", Some(vec!["/b"])),
            ("/a", "/a/b", None),
            ("*b", "/a/b", Some(vec!["/a/"])),
            ("/*/c*", "/a/b/c/d", Some(vec!["a/b", "/d"])),
            ("/*x*", "/a", None),
            ("*.is_*", "Pet.is_x.is_y", Some(vec!["Pet", "x.is_y"])),
            ("a*a", "a", None),
            ("", "", Some(vec![])),
        ] {
            assert_eq!(captures(glob, text), expected, "{glob} {text}");
        }
    }

    #[test]
    fn what_is_captured_stands_in_the_replacement() {
        assert_eq!(filled("*Reply", &["Pet"]), "PetReply");
        assert_eq!(filled("*_*", &["Pet", "x", "y"]), "x_y");
        assert_eq!(filled("plain", &["Pet"]), "plain");
        assert_eq!(filled("*-*", &["Pet"]), "Pet-");
    }
}
