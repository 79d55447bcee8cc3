//! Documents that are made to do harm where their report is read: nothing of a document is ever more than text.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::folder::{Folder, errors, text};
use crate::forms;

const HOSTILE: &[&str] = &[
    "</td><script>alert(1)</script>",
    "\\\" onload=\\\"alert(1)",
    "\\e[31m\\n::error::injected\\r\\n##[add-mask]x",
    "%0A::error::injected",
    "]]><!--",
    "[link](javascript:alert) @team ${{ secrets.X }}",
    "\\u202e\\u2066a\\0\\x7f\\u2028b\\uFFFE",
    "| a | `b` | ``c",
    "::error file=x,line=1::injected",
    "<img src=x onerror=alert(1)>&lt;b&gt;&#60;",
    "https://e.example/?a=1&amp;b www.e.example *a* _b_ ~c~ # d",
];

/// A document whose paths, parameters, schemas, properties, values and texts are hostile.
fn hostile(version: usize) -> String {
    let mut paths = String::new();
    let mut properties = Vec::new();
    for (index, text) in HOSTILE.iter().enumerate() {
        let path = text.replace(['{', '}'], "");
        paths.push_str(&format!(
            "  \"/{path}\":\n    get:\n      operationId: \"{text}{index}\"\n      description: \"{text} {version}\"\n      \
             parameters: [{{name: \"{text}{version}\", in: query, required: true, schema: {{type: string}}}}]\n      \
             responses: {{'200': {{description: \"{text}\", content: {{application/json: {{schema: {{$ref: '#/components/schemas/T'}}}}}}}}}}\n"
        ));
        properties.push(format!(
            "\"{text}{version}\": {{type: string, enum: [\"{text}\", \"{text}{version}\"], default: \"{text}{version}\"}}"
        ));
        properties.push(format!(
            "\"{text}\": {{type: string, pattern: \"{text}{version}\", description: \"{text} {version}\"}}"
        ));
    }
    format!(
        "openapi: 3.1.0\ninfo: {{title: \"{}\", version: \"{}{version}\"}}\npaths:\n{paths}components:\n  schemas:\n    T: {{type: object, \
         properties: {{{}}}}}\n",
        HOSTILE[0],
        HOSTILE[2],
        properties.join(", ")
    )
}

/// The report of two hostile documents, whose files have hostile names, too.
pub fn report(format: &str) -> String {
    let folder = Folder::holding("");
    // Windows has no names such as the first.
    let old = if cfg!(windows) { "a,b;%0A.yaml" } else { "a,b;::`|]<i>%0A.yaml" };
    let new = "c d'&#[x](y)$.yaml";
    folder.write(old, &hostile(1));
    folder.write(new, &hostile(2));
    let output = folder.reads(&["diff", old, new, "--format", format, "--full", "--descriptions"]);
    assert_eq!(output.status.code(), Some(0), "{format}: {}", errors(&output));
    let report = text(&output);
    assert!(report.len() > 10_000, "{format}: {report}");
    report
}

#[test]
fn no_format_has_signs_that_are_not_seen_or_begin_a_command() {
    for format in ["text", "markdown", "json", "github", "sarif", "junit", "html"] {
        let report = report(format);
        let unseen =
            |c: char| (c.is_control() && c != '\n') || "\u{202e}\u{2066}\u{2028}\u{fffe}".contains(c);
        // JSON has whatever isn't in one of its strings, and these as escapes.
        assert!(!report.contains(unseen), "{format}: {report:?}");
        assert!(!report.contains("##["), "{format}: {report}");
        if format != "github" {
            assert!(!report.lines().any(|line| line.trim_start().starts_with("::")), "{format}: {report}");
        }
    }
}

#[test]
fn a_page_has_only_its_own_tags() {
    let page = report("html");
    let body = page.split_once("</style>").unwrap().1;
    let known = [
        "br", "code", "details", "h1", "h2", "li", "main", "p", "section", "span", "strong", "summary",
        "table", "td", "th", "tr", "ul", "body", "head", "html",
    ];
    let classes = ["breaking", "risky", "compatible", "major", "minor", "patch"];
    let classes = classes.iter().flat_map(|word| [(*word).to_owned(), format!("level {word}")]);
    let classes: Vec<String> = classes.chain(["note", "rule", "label", "hint"].map(str::to_owned)).collect();
    let mut open = vec!["html", "head"];
    for piece in body.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap();
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if let Some(name) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{piece}");
            continue;
        }
        assert!(known.contains(&name), "{name} is in {piece}");
        let class = attributes.strip_prefix("class=\"").and_then(|class| class.strip_suffix('"'));
        let is_known = ["", "open", "scope=\"col\""].contains(&attributes)
            || class.is_some_and(|class| classes.iter().any(|known| known == class));
        assert!(is_known, "{attributes} is in {piece}");
        if name != "br" {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
    // Text is shown as it is written.
    assert!(body.contains("&lt;img src=x onerror=alert(1)&gt;&amp;lt;b&amp;gt;&amp;#60;"), "{body}");
}

#[test]
fn a_table_in_markdown_has_four_cells_and_no_markup_of_the_document() {
    let report = report("markdown");
    let tags = ["<br>", "<code>", "</code>"];
    let mut rows = 0;
    for line in report.lines() {
        let text = tags.iter().fold(line.to_owned(), |text, tag| text.replace(tag, ""));
        let text = text.replace("**", "");
        assert!(!text.contains(['<', '>', '`', '*', '[', ']', '_', '~', '\\', '@', '$']), "{line}");
        assert!(!text.contains("://") && !text.contains("www."), "{line}");
        if line.starts_with('|') {
            assert_eq!(line.matches('|').count(), 5, "{line}");
            rows += 1;
        } else {
            assert!(!text.contains('|'), "{line}");
            assert!(
                text.trim_start_matches('#').matches('#').count() == text.matches("&#").count(),
                "{line}"
            );
        }
        assert_eq!(line.matches("<code>").count(), line.matches("</code>").count(), "{line}");
        assert_eq!(line.matches("**").count() % 2, 0, "{line}");
    }
    assert!(rows > 30, "{report}");
}

#[test]
fn a_changelog_has_no_markup_of_the_document() {
    let folder = Folder::holding(&hostile(1));
    folder.write("new.yaml", &hostile(2));
    let changelog = text(&folder.reads(&["diff", "api.yaml", "new.yaml", "--changelog"]));
    assert!(changelog.len() > 5000, "{changelog}");
    for line in changelog.lines().filter(|line| !line.is_empty()) {
        assert!(["- ", "## ", "### ", "  "].iter().any(|start| line.starts_with(start)), "{line}");
        let plain = forms::without_code_spans(line);
        let bytes = plain.as_bytes();
        for (at, c) in plain.char_indices().filter(|(_, c)| "<>`[]*".contains(*c)) {
            assert!(at > 0 && bytes[at - 1] == b'\\', "{c} isn't escaped in {plain}");
        }
        assert!(!plain.contains('@') && !plain.contains("://") && !plain.contains("www."), "{plain}");
        assert!(!line.contains(|c: char| c.is_control()), "{line:?}");
    }
}

#[test]
fn sarif_of_a_hostile_document_keeps_the_standard() {
    let log: Value = serde_json::from_str(&report("sarif")).unwrap();
    assert_eq!(forms::faults_of_sarif(&log), Vec::<String>::new());
    let results = log["runs"][0]["results"].as_array().unwrap();
    for result in results {
        let message = result["message"]["text"].as_str().unwrap();
        // In a message brackets are a link, unless there is a backslash before them.
        let bytes = message.as_bytes();
        let is_escaped =
            |at: usize| bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1;
        let brackets = message.char_indices().filter(|(_, c)| "[]".contains(*c));
        assert!(brackets.into_iter().all(|(at, _)| is_escaped(at)), "{message}");
        let uri = &result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        assert_eq!(uri, "c%20d%27%26%23%5Bx%5D%28y%29%24.yaml");
    }
}

#[test]
fn junit_of_a_hostile_document_is_xml() {
    assert_eq!(forms::faults_of_junit(&report("junit")), Vec::<String>::new());
}

/// A workflow command as the runner reads it: its kind, its properties and its message.
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (kind, properties) = head.split_once(' ').unwrap();
    let unescaped = |text: &str| {
        let text = text.replace("%3A", ":").replace("%2C", ",");
        text.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
    };
    let property = |text: &str| {
        let (name, value) = text.split_once('=').unwrap();
        (name.to_owned(), unescaped(value))
    };
    (kind.to_owned(), properties.split(',').map(property).collect(), unescaped(message))
}

#[test]
fn annotations_of_a_hostile_document_are_those_of_its_report() {
    let report = report("github");
    for line in report.lines() {
        let (kind, properties, message) = command(line);
        assert!(["error", "warning", "notice"].contains(&kind.as_str()), "{line}");
        let names: Vec<&str> = properties.keys().map(String::as_str).collect();
        assert!(names == ["col", "file", "line", "title"] || names == ["title"], "{line}");
        if let Some(file) = properties.get("file") {
            assert_eq!(file, "c d'&#[x](y)$.yaml");
            assert!(properties["line"].parse::<usize>().unwrap() > 0, "{line}");
        }
        assert!(!message.contains('\r') && !message.is_empty(), "{line}");
    }
}
