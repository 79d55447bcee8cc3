//! Text of the document as Markdown that is safe in a doc comment.

use super::snippet::{Planned, schemas};
use crate::api::Docs;

fn planned_docs(title: Option<&str>, description: &str) -> Docs {
    let mut property = serde_json::json!({"type": "object", "properties": {}, "description": description});
    if let Some(title) = title {
        property["title"] = title.into();
    }
    let plan: Planned = schemas(&format!("A: {{type: object, properties: {{p: {property}}}}}"));
    plan.property("A", "p").docs.clone()
}

fn body(description: &str) -> String {
    let docs = planned_docs(None, &format!("S.\n\n{description}"));
    assert_eq!(docs.summary, "S.");
    docs.body
}

#[test]
fn a_title_stands_in_for_a_missing_description_only() {
    assert_eq!(planned_docs(Some("Title"), "Text.").summary, "Text.");
    let plan = schemas("A: {type: object, title: Named, properties: {a: {type: string, title: Own}}}");
    assert_eq!(plan.property("A", "a").docs.summary, "Own");
    assert_eq!(plan.definition("A").docs.summary, "Named");
}

#[test]
fn the_first_sentence_is_the_summary_and_abbreviations_end_none() {
    let docs = planned_docs(None, "One, i.e. `a. b` (see c. d). Two.\n\nThree.");
    assert_eq!(
        (docs.summary.as_str(), docs.body.as_str()),
        ("One, i.e. `a. b` (see c. d).", "Two.\n\nThree.")
    );
}

#[test]
fn a_list_is_no_summary() {
    let docs = planned_docs(None, "- a\n- b");
    assert_eq!((docs.summary.as_str(), docs.body.as_str()), ("", "- a\n- b"));
    let docs = planned_docs(None, "Either:\n- a\n- b");
    assert_eq!((docs.summary.as_str(), docs.body.as_str()), ("Either:", "- a\n- b"));
}

#[test]
fn no_block_of_code_runs_as_a_test() {
    assert_eq!(body("```rust\nlet x;\n```"), "```text\nlet x;\n```");
    assert_eq!(body("~~~\nlet x;\n~~~"), "~~~text\nlet x;\n~~~");
    assert_eq!(body("```\nopen"), "```text\nopen\n```");
    assert_eq!(body("    indented"), "indented");
}

#[test]
fn html_becomes_markdown_or_is_escaped() {
    assert_eq!(body("<i>a</i> &lt;b&gt; &amp; <kbd>c</kbd>"), "*a* \\<b\\> & `c`");
    assert_eq!(body("<script>x</script>"), "\\<script\\>x\\</script\\>");
    assert_eq!(body("a<!-- hidden -->b"), "ab");
    assert_eq!(body("1 < 2"), "1 \\< 2");
}

#[test]
fn links_lead_to_web_addresses_only() {
    assert_eq!(body("[t](https://a.example/b)"), "[t](https://a.example/b)");
    assert_eq!(body("<a href=\"javascript:x\">t</a>"), "t");
    assert_eq!(body("[`Vec`](std::vec::Vec)"), "`Vec`");
    assert_eq!(body("See https://a.example/b."), "See <https://a.example/b>.");
    assert_eq!(body("[an item]"), "\\[an item\\]");
}

#[test]
fn characters_that_hide_or_turn_text_are_gone() {
    assert_eq!(body("a\u{202e}b\u{2066}c\u{0}d\te"), "abcd e");
    assert_eq!(body("a\r\nb"), "a\nb");
}

#[test]
fn long_lines_break_between_words_and_begin_no_block() {
    let text = format!("{} - 1. {}", "word ".repeat(19).trim(), "word ".repeat(12).trim());
    let broken = body(&text);
    assert!(broken.lines().count() == 2 && broken.lines().all(|line| line.len() <= 110), "{broken}");
    assert!(broken.lines().all(|line| line.starts_with("word")), "{broken}");
    assert_eq!(broken.split_whitespace().collect::<Vec<_>>(), text.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn a_code_span_without_an_end_is_escaped() {
    assert_eq!(body("a ` b"), "a \\` b");
    assert_eq!(body("a `b\nc` d"), "a `b c` d");
}
