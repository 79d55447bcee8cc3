//! The server's variables, for other URLs on the same server.

use url::Url;

use crate::facts::Facts;

/// A server's URL, and the variable values that expand one of the document's templates to it.
pub(crate) struct ServerTemplate<'a> {
    base: &'a Url,
    variables: Vec<(&'static str, String)>,
}

impl<'a> ServerTemplate<'a> {
    /// The first of the document's servers whose template matches `base`.
    pub(crate) fn of(base: &'a Url, facts: &'static Facts) -> Self {
        let text = base.as_str().trim_end_matches('/');
        let servers = facts.servers.iter();
        let found = servers.filter_map(|server| variables(server.trim_end_matches('/'), text)).next();
        Self { base, variables: found.unwrap_or_default() }
    }

    /// `text` with the server's variables filled in.
    pub(crate) fn fill(&self, text: &str) -> String {
        let replace =
            |text: String, (name, value): &(&str, String)| text.replace(&format!("{{{name}}}"), value);
        self.variables.iter().fold(text.to_owned(), replace)
    }

    /// Like `fill`, but resolves a text that begins with `/` against this server.
    pub(crate) fn resolve(&self, text: &str) -> String {
        let filled = self.fill(text);
        match self.base.join(&filled) {
            Ok(url) if filled.starts_with('/') => url.into(),
            _ => filled,
        }
    }
}

/// The variable values that expand `template` to `text`.
fn variables(template: &'static str, text: &str) -> Option<Vec<(&'static str, String)>> {
    let Some((before, rest)) = template.split_once('{') else {
        return (template == text).then(Vec::new);
    };
    let text = text.strip_prefix(before)?;
    let (name, after) = rest.split_once('}')?;
    let literal = after.split('{').next().unwrap_or_default();
    let end = if literal.is_empty() { text.len() } else { text.find(literal)? };
    let mut found = variables(after, &text[end..])?;
    found.insert(0, (name, text[..end].to_owned()));
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_found_in_a_url() {
        let found = |template, text| {
            variables(template, text)
                .map(|found| found.into_iter().map(|(_, value)| value).collect::<Vec<_>>())
        };
        let host = "https://{host}/v2";
        assert_eq!(found(host, "https://a.test/v2"), Some(vec!["a.test".to_owned()]));
        assert_eq!(found(host, "https://a.test/v3"), None);
        assert_eq!(found(host, "http://a.test/v2"), None);
        assert_eq!(
            found("https://{region}.a.test:{port}", "https://eu.a.test:1"),
            Some(vec!["eu".to_owned(), "1".to_owned()])
        );
        assert_eq!(found("https://a.test", "https://a.test"), Some(vec![]));
        assert_eq!(found("https://a.test", "https://a.test.b"), None);
        assert_eq!(found("{", ""), None);
    }
}
