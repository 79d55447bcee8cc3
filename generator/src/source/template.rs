//! Path templates.

/// The names in the braces of a path template.
pub(super) fn names(template: &str) -> Vec<String> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// The first brace of a path template that doesn't enclose a name, in words.
pub(super) fn fault(template: &str) -> Option<&'static str> {
    let mut start = None;
    for (index, char) in template.char_indices() {
        match (char, start) {
            ('{', Some(_)) => return Some("`{` within braces"),
            ('{', None) => start = Some(index),
            ('}', None) => return Some("`}` without `{`"),
            ('}', Some(start)) if start + 1 == index => return Some("`{}` without a name"),
            ('}', Some(_)) => start = None,
            _ => {}
        }
    }
    start.map(|_| "`{` without `}`")
}

/// The template without the names of its parameters.
pub(super) fn without_names(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else { break };
        text.push_str(before);
        text.push_str("{}");
        rest = after;
    }
    text + rest
}

/// The query parameters of `path` whose values are in braces: their names, and the names in the braces.
pub(super) fn queries(path: &str) -> Vec<(&str, &str)> {
    let query = path.split('#').next().and_then(|path| path.split_once('?')).map_or("", |(_, query)| query);
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter_map(|(name, value)| Some((name, value.strip_prefix('{')?.strip_suffix('}')?))).collect()
}

/// `path` as it is sent. A fragment, by which some documents distinguish operations, is never sent. Parts of the query
/// are left to the query parameters for which `is_query` holds.
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

/// `path` without expressions such as `{?page,size}` (RFC 6570, 3.2.8 and 3.2.9), which name query parameters.
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
    fn each_brace_encloses_a_name() {
        for (path, fault) in [
            ("/a/{b}/{c}.{d}", None),
            ("/a/{b", Some("`{` without `}`")),
            ("/a/b}", Some("`}` without `{`")),
            ("/a/{}", Some("`{}` without a name")),
            ("/a/{b{c}}", Some("`{` within braces")),
            ("/a{?page,size}", None),
        ] {
            assert_eq!(super::fault(path), fault, "{path}");
        }
    }

    #[test]
    fn only_fixed_parts_stay_in_the_query() {
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
