//! The `Link` header (RFC 8288, section 3).

use http::HeaderMap;
use http::header::LINK;

/// A link: where it leads, and its parameters in lower case with their values.
#[derive(Debug, PartialEq, Eq)]
struct Link<'a> {
    target: &'a str,
    parameters: Vec<(String, String)>,
}

impl Link<'_> {
    fn parameter(&self, name: &str) -> Option<&str> {
        // Of several with one name, the first counts (section 3.3).
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether it leads from the response itself to what `relation` says.
    fn is(&self, relation: &str) -> bool {
        let mut relations = self.parameter("rel").unwrap_or_default().split_ascii_whitespace();
        let is_of_another = self.parameter("anchor").is_some_and(|anchor| !anchor.is_empty());
        relations.any(|known| known.eq_ignore_ascii_case(relation)) && !is_of_another
    }
}

/// The target of the first link with this relation in the headers, a URL that may be relative.
///
/// # Errors
/// A `Link` header that can't be read: such a link may be among those that are lost.
pub(crate) fn related(headers: &HeaderMap, relation: &str) -> Result<Option<String>, String> {
    let mut found = None;
    for value in headers.get_all(LINK) {
        let text = value.to_str().map_err(|_| "it has characters that a header can't have".to_owned())?;
        for link in links(text)? {
            if found.is_none() && link.is(relation) {
                found = Some(link.target.to_owned());
            }
        }
    }
    Ok(found)
}

/// The links in the value of a header.
fn links(text: &str) -> Result<Vec<Link<'_>>, String> {
    let mut links = Vec::new();
    let mut rest = Rest(text);
    loop {
        // Lists may have empty items (RFC 9110, section 5.6.1).
        while rest.skips(',') {}
        if rest.0.is_empty() {
            return Ok(links);
        }
        links.push(link(&mut rest)?);
        if !rest.0.is_empty() && !rest.0.starts_with(',') {
            return Err(format!("expected a comma at {:?}", rest.start()));
        }
    }
}

fn link<'a>(rest: &mut Rest<'a>) -> Result<Link<'a>, String> {
    if !rest.skips('<') {
        return Err(format!("expected `<` at {:?}", rest.start()));
    }
    let (target, after) = rest.0.split_once('>').ok_or("a `<` without `>`")?;
    rest.0 = after;
    let mut parameters = Vec::new();
    while rest.skips(';') {
        let name = rest.token();
        if name.is_empty() {
            // Servers end links with a stray semicolon.
            continue;
        }
        let value = if rest.skips('=') { rest.value()? } else { String::new() };
        parameters.push((name.to_ascii_lowercase(), value));
    }
    rest.skip_space();
    Ok(Link { target: target.trim(), parameters })
}

/// What is left to read.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn skip_space(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t']);
    }

    /// Skips `mark` and the white space around it, if it comes next.
    fn skips(&mut self, mark: char) -> bool {
        self.skip_space();
        let Some(after) = self.0.strip_prefix(mark) else { return false };
        self.0 = after;
        self.skip_space();
        true
    }

    /// The characters of a token that come next (RFC 9110, section 5.6.2).
    fn token(&mut self) -> &'a str {
        let is_part = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        let end = self.0.find(|c| !is_part(c)).unwrap_or(self.0.len());
        let (token, after) = self.0.split_at(end);
        self.0 = after;
        token
    }

    /// A token or a quoted string.
    fn value(&mut self) -> Result<String, String> {
        let Some(quoted) = self.0.strip_prefix('"') else {
            // Servers leave out the quotes around values that need them.
            let end = self.0.find([';', ',', ' ', '\t']).unwrap_or(self.0.len());
            let (value, after) = self.0.split_at(end);
            self.0 = after;
            return Ok(value.to_owned());
        };
        let (mut value, mut is_escaped) = (String::new(), false);
        for (at, character) in quoted.char_indices() {
            match character {
                _ if std::mem::take(&mut is_escaped) => value.push(character),
                '\\' => is_escaped = true,
                '"' => {
                    self.0 = &quoted[at + 1..];
                    return Ok(value);
                }
                _ => value.push(character),
            }
        }
        Err("a quote without an end".to_owned())
    }

    fn start(&self) -> String {
        self.0.chars().take(20).collect()
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn next(values: &[&str]) -> Result<Option<String>, String> {
        let pairs = values.iter().map(|value| (LINK, HeaderValue::from_str(value).unwrap()));
        let mut headers = HeaderMap::new();
        pairs.for_each(|(name, value)| {
            headers.append(name, value);
        });
        related(&headers, "next")
    }

    #[test]
    fn the_next_page_is_found_among_others() {
        for value in [
            "</p?page=2>; rel=\"next\"",
            "</p?page=2>;rel=next",
            "</p?page=1>; rel=\"prev\", </p?page=2>; rel=\"next\", </p?page=9>; rel=\"last\"",
            "</p?page=2>; REL=\"last NEXT\"",
            "< /p?page=2 > ; title=\"a, b; rel=\\\"prev\\\"\" ; rel = \"next\" ;",
            ",, </a,b;c>; rel=x ,, </p?page=2>; rel=next,",
            "</p?page=2>; anchor=\"\"; flag; rel=next",
            "</p?page=2>; rel=next; rel=prev",
            "</p?page=2>; title*=UTF-8''%e2%82%ac; rel=next",
        ] {
            assert_eq!(next(&[value]), Ok(Some("/p?page=2".to_owned())), "{value}");
        }
        assert_eq!(next(&["<a>; rel=prev", "<b>; rel=next", "<c>; rel=next"]), Ok(Some("b".to_owned())));
    }

    #[test]
    fn other_links_lead_nowhere() {
        for value in ["", " , ", "<a>", "<a>; rel=prev", "<a>; rel=nextish", "<a>; rel=prev; rel=next"] {
            assert_eq!(next(&[value]), Ok(None), "{value}");
        }
        assert_eq!(next(&["<a>; anchor=\"/other\"; rel=next"]), Ok(None), "it leads from elsewhere");
        assert_eq!(next(&[]), Ok(None));
    }

    #[test]
    fn what_cannot_be_read_is_an_error() {
        for value in ["<a; rel=next", "a; rel=next", "<a>; rel=\"next", "<a> rel=next", "<a>; rel=next <b>"] {
            assert!(next(&[value]).is_err(), "{value}");
        }
    }
}
