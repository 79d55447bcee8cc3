//! Functions and impls as text. What each operation and most models have is laid out here, as `rustfmt` would, instead
//! of by way of tokens and `prettyplease`: that took two fifths of the time of generating.

use super::rules;
use crate::api::Rule;

/// The longest line, in bytes (`max_width` of `rustfmt`).
pub(super) const WIDTH: usize = 100;

/// What is around a struct's fields.
const BRACES: [&str; 2] = [" {", "}"];

/// Lines of code in the making.
#[derive(Default)]
pub(super) struct Code {
    text: String,
    depth: usize,
}

impl Code {
    /// Adds a line as it stands.
    pub(super) fn line(&mut self, line: &str) {
        self.indent();
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds an empty line.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// Adds `head` and, in braces, what `inside` adds.
    pub(super) fn block(&mut self, head: &str, inside: impl FnOnce(&mut Self)) {
        let (signature, _) = head.split_once(" -> ").unwrap_or((head, ""));
        self.defer(signature.split_once('(').unwrap_or((signature, "")));
        self.indent();
        self.text.push_str(head);
        self.text.push_str(" {\n");
        self.inside(inside);
        self.line("}");
    }

    /// As `block`, but on one line if there is one thing inside and it fits.
    pub(super) fn short_block(&mut self, head: &str, inside: impl FnOnce(&mut Self)) {
        let start = self.text.len();
        self.block(head, inside);
        let mut lines = self.text[start..].lines();
        if let (Some(first), Some(only), Some(last), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        {
            let line = [first, only.trim().trim_end_matches(','), last.trim()].join(" ");
            if line.len() <= WIDTH {
                self.text.truncate(start);
                self.text.push_str(&line);
                self.text.push('\n');
            }
        }
    }

    /// Adds a function with `head`, such as `fn new`, these parameters, `result`, and what `inside` adds.
    pub(super) fn function(
        &mut self,
        head: &str,
        parameters: Vec<String>,
        result: &str,
        inside: impl FnOnce(&mut Self),
    ) {
        self.defer((head, &parameters.join(", ")));
        let parameters = parameters.into_iter().map(Expression::Text).collect();
        self.expression(&Expression::call(head, parameters), &format!(" -> {result} {{"));
        self.inside(inside);
        self.line("}");
    }

    /// Marks a function, so that it is compiled in the programs that call it, and not in a crate of which they call little. One
    /// with type parameters is so already.
    fn defer(&mut self, (head, parameters): (&str, &str)) {
        let is_function = head.starts_with("fn ") || head.starts_with("pub fn ");
        if is_function && !head.contains('<') && !parameters.contains("impl ") {
            self.line("#[inline]");
        }
    }

    /// Adds an expression, over several lines if one is too short, and `end`.
    pub(super) fn expression(&mut self, expression: &Expression, end: &str) {
        self.indent();
        self.put(expression, end);
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Adds what `inside` adds one deeper.
    pub(super) fn inside(&mut self, inside: impl FnOnce(&mut Self)) {
        self.depth += 1;
        inside(self);
        self.depth -= 1;
    }

    fn indent(&mut self) {
        for _ in 0..self.depth {
            self.text.push_str("    ");
        }
    }

    fn put(&mut self, expression: &Expression, end: &str) {
        let start = self.text.len();
        let line = self.text.rfind('\n').map_or(0, |end| end + 1);
        expression.write(&mut self.text);
        self.text.push_str(end);
        let length = self.text.len() - line;
        if let Expression::List { head, brackets: [open, close], items } = expression
            && !items.is_empty()
            && (length > WIDTH || expression.has_fields())
        {
            self.text.truncate(start);
            self.text.push_str(head);
            self.text.push_str(open);
            // The only argument of a call begins on the line of the call.
            if let [only @ Expression::List { items: inner, .. }] = &items[..]
                && !inner.is_empty()
                && *open == "("
            {
                return self.put(only, &[close, end].concat());
            }
            self.text.push('\n');
            self.inside(|code| items.iter().for_each(|item| code.expression(item, ",")));
            self.indent();
            self.text.push_str(close);
            self.text.push_str(end);
        }
        self.text.push('\n');
    }
}

/// An expression, or a list of parameters, which can be broken over lines between its items.
#[derive(Clone, PartialEq)]
pub(super) enum Expression {
    Text(String),
    List { head: String, brackets: [&'static str; 2], items: Vec<Self> },
}

impl Expression {
    /// A call of `function`.
    pub(super) fn call(function: &str, arguments: Vec<Self>) -> Self {
        Self::List { head: function.to_owned(), brackets: ["(", ")"], items: arguments }
    }

    /// A struct with these fields; several have a line each, so that another one changes none.
    pub(super) fn braces(name: &str, fields: Vec<String>) -> Self {
        Self::List {
            head: name.to_owned(),
            brackets: BRACES,
            items: fields.into_iter().map(Self::Text).collect(),
        }
    }

    /// A slice.
    pub(super) fn slice(items: Vec<Self>) -> Self {
        Self::List { head: "&".to_owned(), brackets: ["[", "]"], items }
    }

    /// A slice of rules.
    pub(super) fn rules(rules: &[Rule]) -> Self {
        Self::slice(rules.iter().map(|rule| Self::Text(rules::rule(rule))).collect())
    }

    fn has_fields(&self) -> bool {
        match self {
            Self::Text(_) => false,
            Self::List { brackets, items, .. } => {
                *brackets == BRACES && items.len() > 1 || items.iter().any(Self::has_fields)
            }
        }
    }

    /// The same behind `text`.
    pub(super) fn behind(self, text: &str) -> Self {
        match self {
            Self::Text(own) => Self::Text(format!("{text}{own}")),
            Self::List { head, brackets, items } => {
                Self::List { head: format!("{text}{head}"), brackets, items }
            }
        }
    }

    /// In one line.
    fn write(&self, text: &mut String) {
        match self {
            Self::Text(own) => text.push_str(own),
            Self::List { head, brackets: brackets @ [open, close], items } => {
                let pad = if *brackets == BRACES && !items.is_empty() { " " } else { "" };
                text.push_str(head);
                text.push_str(open);
                text.push_str(pad);
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        text.push_str(", ");
                    }
                    item.write(text);
                }
                text.push_str(pad);
                text.push_str(close);
            }
        }
    }
}

impl<T: Into<String>> From<T> for Expression {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_is_broken() {
        let mut code = Code::default();
        code.block("impl A", |code| {
            code.block("fn f(a: &impl B) -> C", |code| code.line("g(a)"));
            code.block("fn h(a: &A) -> &dyn Fn(impl A) -> B", |code| code.line("a"));
            let long = "x".repeat(60);
            code.function("fn new", vec![format!("{long}: A"), "b: B".to_owned()], "Self", |code| {
                let inner = Expression::slice(vec!["1".into(), "2".into()]);
                code.expression(&Expression::call("f", vec![inner, (&*long).into(), (&*long).into()]), "?;");
                let slice = Expression::slice(vec![(&*long).into(), long[..40].into()]);
                code.expression(&Expression::call("g", vec![slice]), "");
                code.expression(&Expression::braces("Self", vec!["b".to_owned()]), "");
            });
        });
        let (x, y) = ("x".repeat(60), "x".repeat(40));
        assert_eq!(
            code.finish(),
            format!(
                "impl A {{\n    fn f(a: &impl B) -> C {{\n        g(a)\n    }}\n    #[inline]\n    fn h(a: &A) -> &dyn Fn(impl A) -> B {{\n        \
                 a\n    }}\n    #[inline]\n    fn new({x}: A, b: B) -> Self {{\n        f(\n            &[1, 2],\n            \
                 {x},\n            {x},\n        )?;\n        g(&[\n            {x},\n            {y},\n        ])\n        Self {{ b }}\n    }}\n}}\n"
            )
        );
    }
}
