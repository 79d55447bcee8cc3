use serde_json::json;

use super::*;

fn selected(path: &str, root: &Value) -> Vec<String> {
    let path = JsonPath::parse(path).unwrap_or_else(|error| panic!("{path}: {error:?}"));
    path.select(root, &mut Steps::default()).unwrap()
}

fn library() -> Value {
    json!({
        "shelves": [
            {"of": "maps", "books": [{"title": "Seas", "pages": 80}, {"title": "Hills", "pages": 120, "lent": true}]},
            {"of": "tales", "books": [{"title": "Moon\rdust", "pages": 120.0}]},
        ],
        "open hours": {"from": 9, "to": 17},
        "x-a/b": null,
        "": [[1, [2]], {"k": {"k": 1}}],
    })
}

#[test]
fn segments_and_selectors() {
    let root = library();
    for (path, expected) in [
        ("$", &[""][..]),
        ("$.shelves[0].of", &["/shelves/0/of"]),
        ("$ .shelves [ -1 ] ['of']", &["/shelves/1/of"]),
        ("$['open hours'].*", &["/open hours/from", "/open hours/to"]),
        ("$[\"x-a/b\"]", &["/x-a~1b"]),
        ("$['\\u006fpen hours', 'none']['to']", &["/open hours/to"]),
        ("$..of", &["/shelves/0/of", "/shelves/1/of"]),
        ("$..['k']", &["//1/k", "//1/k/k"]),
        ("$[''][0]..[0]", &["//0/0", "//0/1/0"]),
        ("$.shelves[*].books[1:]", &["/shelves/0/books/1"]),
        ("$.shelves[::-1].of", &["/shelves/0/of", "/shelves/1/of"]),
        ("$.shelves[5:0:-2]", &["/shelves/1"]),
        ("$.shelves[0:9:0]", &[]),
        ("$.shelves.of", &[]),
        ("$.shelves[9]", &[]),
    ] {
        assert_eq!(selected(path, &root), expected, "{path}");
    }
}

#[test]
fn filters() {
    let root = library();
    let hills = &["/shelves/0/books/1"][..];
    let both = &["/shelves/0/books/1", "/shelves/1/books/0"][..];
    for (path, expected) in [
        ("$..books[?@.lent]", hills),
        ("$..books[?@.lent == true && @.pages > 100]", hills),
        ("$..books[?(@.pages >= 120)]", both),
        ("$..books[?@.pages == 120]", both),
        ("$..books[?!(@.pages < 120 || @.lent)]", &["/shelves/1/books/0"]),
        ("$..books[?!@.lent].title", &["/shelves/0/books/0/title", "/shelves/1/books/0/title"]),
        ("$.shelves[?@.books[?@.pages==80]].of", &["/shelves/0/of"]),
        ("$.shelves[?count(@.books[*]) == 2].of", &["/shelves/0/of"]),
        ("$.shelves[?length(@.of) > 4].of", &["/shelves/1/of"]),
        ("$.shelves[?value(@..lent) == true].of", &["/shelves/0/of"]),
        ("$..books[?match(@.title, 'S..s')].title", &["/shelves/0/books/0/title"]),
        ("$..books[?search(@.title, '[ai]l')].title", &["/shelves/0/books/1/title"]),
        ("$..books[?search(@.title, 'n.d')].title", &[]),
        ("$..books[?@.pages > $['open hours'].none]", &[]),
        (
            "$..books[?@.none == @.nothing].title",
            &["/shelves/0/books/0/title", "/shelves/0/books/1/title", "/shelves/1/books/0/title"],
        ),
        ("$['open hours'][?@ == 9]", &["/open hours/from"]),
        ("$[?@ == null]", &["/x-a~1b"]),
    ] {
        assert_eq!(selected(path, &root), expected, "{path}");
    }
}

#[test]
fn what_is_no_path() {
    for (path, left) in [
        ("", 0),
        ("shelves", 7),
        (" $", 2),
        ("$ ", 1),
        ("$.", 0),
        ("$...a", 2),
        ("$.1", 1),
        ("$.paths./pets", 5),
        ("$[01]", 3),
        ("$[-0]", 3),
        ("$[9007199254740992]", 17),
        ("$['a", 0),
        ("$['\\x']", 2),
        ("$['\\ud800']", 2),
        ("$[?@.a ==]", 1),
        ("$[?@.* == 1]", 3),
        ("$[?1]", 1),
        ("$[?@ == {}]", 3),
        ("$[?length(@.*) > 1]", 6),
        ("$[?count(1) > 1]", 6),
        ("$[?match(@.a, 'b') == true]", 6),
        ("$[?size(@) > 1]", 7),
        ("$[?@.a == b]", 2),
        ("$[?@.a == 01]", 3),
        ("$[]", 1),
        ("$[1,]", 1),
    ] {
        assert_eq!(JsonPath::parse(path).map(|_| ()).unwrap_err().left, left, "{path}");
    }
    assert!(JsonPath::parse(&format!("$[?{}@{}]", "(".repeat(1000), ")".repeat(1000))).is_err());
}

#[test]
fn hyphens_after_a_dot_are_read_and_told() {
    let path = JsonPath::parse("$.x-a[?@.x-b]").unwrap();
    assert_eq!(path.hyphenated, ["x-a", "x-b"]);
    assert_eq!(path.select(&json!({"x-a": [{"x-b": 1}, 2]}), &mut Steps::default()).unwrap(), ["/x-a/0"]);
}

#[test]
fn evaluation_is_bounded() {
    let mut root = json!([1, 2, 3]);
    for _ in 0..60 {
        root = json!([root, 1]);
    }
    let mut steps = Steps { left: MAX_STEPS / 4 };
    // Values that are selected several times count once.
    let all = JsonPath::parse(&format!("$..{}", "*..".repeat(20) + "*")).unwrap();
    assert!(!all.select(&root, &mut steps).unwrap().is_empty());
    // In a filter they count each time.
    let deep = JsonPath::parse("$..[?@..[?@..[?@..[?@..[?@..[?@..[?@..[?@..[?@..none]]]]]]]]]").unwrap();
    assert_eq!(deep.select(&root, &mut steps), Err(TooLong));
    assert_eq!(all.select(&root, &mut steps), Err(TooLong));
}
