//! How the code of examples is laid out.

/// The longest line, in bytes, that isn't broken.
pub(super) const WIDTH: usize = 85;

/// The code, laid out as in a function's body.
pub(super) fn laid_out(code: &str) -> String {
    if code.lines().all(|line| line.len() <= WIDTH) {
        return code.to_owned();
    }
    let Ok(file) = syn::parse_str::<syn::File>(&format!("async fn example() {{\n{code}\n}}")) else {
        return code.to_owned();
    };
    let text = prettyplease::unparse(&file);
    let lines = text.lines().skip(1).map(|line| line.strip_prefix("    ").unwrap_or(line));
    let mut lines: Vec<&str> = lines.collect();
    lines.pop();
    overflowed(lines.into_iter().map(str::to_owned).collect()).join("\n")
}

/// The lines with the only argument of a call, if it is a call itself, on the line of the first, as `rustfmt` has it and
/// `prettyplease` hasn't.
fn overflowed(mut lines: Vec<String>) -> Vec<String> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let mut first = 0;
    while first + 1 < lines.len() {
        let (outer, inner) = (indent(&lines[first]), indent(&lines[first + 1]));
        let opens = |line: &str| line.ends_with(['(', '[', '{']);
        let end = (first + 2..lines.len()).find(|&line| indent(&lines[line]) <= inner);
        let is_only = |end: usize| {
            indent(&lines[end]) == inner
                && matches!(lines[end].trim(), ")," | "]," | "},")
                && lines
                    .get(end + 1)
                    .is_some_and(|next| indent(next) == outer && next.trim_start().starts_with(')'))
        };
        match end {
            Some(end)
                if lines[first].ends_with('(')
                    && inner > outer
                    && opens(&lines[first + 1])
                    && is_only(end) =>
            {
                let closing = lines.remove(end + 1);
                let closed = lines[end].trim().trim_end_matches(',').to_owned();
                lines[end] = format!("{}{closed}{}", " ".repeat(outer), closing.trim_start());
                for line in &mut lines[first + 2..end] {
                    line.drain(..inner - outer);
                }
                let argument = lines.remove(first + 1);
                lines[first].push_str(argument.trim_start());
            }
            _ => first += 1,
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_only_argument_begins_on_the_line_of_its_call() {
        let long = "x".repeat(50);
        let code = format!(
            "a().body(b::new(\"{long}\", c::new(\"{long}\"))).send();\nlet d = f(e(\"{long}\", 1), g(\"{long}\"));"
        );
        let laid_out = laid_out(&code).replace(&long, "x");
        let expected = "a()\n    .body(b::new(\n        \"x\",\n        c::new(\"x\"),\n    ))\n    .send();\n\
                        let d = f(\n    e(\"x\", 1),\n    g(\"x\"),\n);";
        assert_eq!(laid_out, expected);
    }
}
