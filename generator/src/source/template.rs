//! Path templates.

/// The names in braces of a path template.
pub(super) fn names(template: &str) -> Vec<String> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// What the query of `path` has in braces, each with the name that it has there.
pub(super) fn queries(path: &str) -> Vec<(&str, &str)> {
    let query = path.split('#').next().and_then(|path| path.split_once('?')).map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter_map(|(name, value)| Some((name, value.strip_prefix('{')?.strip_suffix('}')?))).collect()
}

/// `path` as it is sent: a fragment, by which some documents tell operations apart, never is, and what stands
/// in a query is left to the query parameters where `is_query` says that there is one of the name.
pub(super) fn sent(path: &str, is_query: impl Fn(&str) -> bool) -> String {
    let path = path.split('#').next().unwrap_or_default();
    let path = without_query_expressions(path);
    let Some((base, query)) = path.split_once('?') else { return path };
    let is_fixed = |pair: &&str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let inner = value.strip_prefix('{').and_then(|value| value.strip_suffix('}'));
        !pair.is_empty() && !is_query(name) && !inner.is_some_and(&is_query)
    };
    let fixed: Vec<&str> = query.split('&').filter(is_fixed).collect();
    if fixed.is_empty() { base.to_owned() } else { format!("{base}?{}", fixed.join("&")) }
}

/// `path` without the likes of `{?page,size}` (RFC 6570, 3.2.8 and 3.2.9), which name query parameters.
fn without_query_expressions(path: &str) -> String {
    let mut kept = String::new();
    let mut rest = path;
    while let Some(at) = ["{?", "{&"].iter().filter_map(|start| rest.find(start)).min() {
        let Some(end) = rest[at..].find('}') else { break };
        kept.push_str(&rest[..at]);
        rest = &rest[at + end + 1..];
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_is_fixed_stays_in_the_query() {
        for (path, expected) in [
            ("/a/{id}", "/a/{id}"),
            ("/#Action=List", "/"),
            ("/a{?page,size}", "/a"),
            ("/a?page={page}&size={n}&kind=b", "/a?kind=b"),
            ("/a?other={id}", "/a?other={id}"),
            ("/a?n={page}", "/a"),
            ("/a?versions", "/a?versions"),
            ("/a?{", "/a?{"),
        ] {
            let is_query = |name: &str| ["page", "n"].contains(&name);
            assert_eq!(super::sent(path, is_query), expected, "{path}");
        }
    }
}
