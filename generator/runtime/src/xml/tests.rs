use serde_json::{Value, json};

use super::nodes::{Content, Described, Element, Member, Model, Node, Variant, name, qualified, required};
use super::read::{from_slice, json};
use super::write::to_vec;
use crate::json::value::Json;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

const fn element(local: &'static str, content: Content) -> Element {
    Element { name: name(local), content }
}

struct Only<const WHICH: usize>;

macro_rules! models {
    ($($which:literal => $model:expr;)*) => { $(
        impl Described for Only<$which> {
            fn model() -> &'static Model {
                const MODEL: &Model = &$model;
                MODEL
            }
        }
    )* };
}

const ANIMAL: Element = element("animal", Content::Text);
const ANIMALS: Element = element("animals", Content::Text);
const ALIENS: Element = element("aliens", Content::Text);
const NUMBER: Element = element("n", Content::Number);

models! {
    0 => Model::Object(&[Member::new("animals", Node::Element(name("animals")), Content::Text)], Content::Any);
    1 => Model::Object(&[Member::new("animals", Node::Items(name("animals")), Content::Text)], Content::Any);
    2 => Model::Object(&[Member::new("animals", Node::Element(name("animal")), Content::Text)], Content::Any);
    3 => Model::Object(&[Member::new("animals", Node::Items(name("animal")), Content::Text)], Content::Any);
    4 => Model::Object(&[Member::new("animals", Node::Element(name("animals")), Content::List(&ANIMALS))], Content::Any);
    5 => Model::Object(&[Member::new("animals", Node::Element(name("aliens")), Content::List(&ANIMAL))], Content::Any);
    6 => Model::Object(&[Member::new("animals", Node::Element(name("aliens")), Content::List(&ALIENS))], Content::Any);
    // A person.
    7 => Model::Object(&[
        required(Member::new("id", Node::Attribute(name("id")), Content::Number)),
        Member::new("name", Node::Element(qualified("name", "https://example.com/s", "sample")), Content::Text),
        required(Member::new("friends", Node::Element(name("friends")), Content::List(&FRIEND))),
        required(Member::new("scores", Node::Items(name("score")), Content::Number)),
        Member::new("is_new", Node::Element(name("is_new")), Content::Boolean),
        Member::new("code", Node::Attribute(qualified("code", "urn:c", "sample")), Content::Text),
    ], Content::Any);
    // A price.
    8 => Model::Object(&[
        Member::new("currency", Node::Attribute(name("currency")), Content::Text),
        Member::new("amount", Node::Text, Content::Number),
    ], Content::Any);
    9 => Model::Object(&[Member::new("html", Node::Cdata, Content::Text)], Content::Any);
    10 => Model::Union("kind", &[
        Variant { tags: &["cat"], content: Content::Model(Only::<11>::model) },
        Variant { tags: &["dog", "wolf"], content: Content::Model(Only::<12>::model) },
    ]);
    11 => Model::Object(&[
        Member::new("kind", Node::Attribute(name("type")), Content::Text),
        Member::new("lives", Node::Element(name("lives")), Content::Number),
    ], Content::Any);
    12 => Model::Object(&[
        Member::new("kind", Node::Element(name("kind")), Content::Text),
        Member::new("tricks", Node::Items(name("trick")), Content::Text),
    ], Content::Any);
    13 => Model::Object(&[
        Member::new("value", Node::Element(name("value")), Content::Number),
        Member::new("next", Node::Element(name("next")), Content::Model(Only::<13>::model)),
    ], Content::Number);
}

const FRIEND: Element = element("friend", Content::model::<Only<7>>());

fn written(value: Value, root: &Element) -> String {
    let text = String::from_utf8(to_vec(&Json::from(value), root).unwrap()).unwrap();
    text.strip_prefix(HEAD).unwrap().to_owned()
}

fn read(text: &str, root: &Element) -> Value {
    serde_json::from_str(&json(text.as_bytes(), root).unwrap()).unwrap()
}

fn error(text: &str, root: &Element) -> String {
    json(text.as_bytes(), root).unwrap_err().to_string()
}

fn both_ways(value: Value, text: &str, root: &Element) {
    assert_eq!(written(value.clone(), root), text);
    assert_eq!(read(text, root), value, "{text}");
}

/// The documents that the examples of the XML Object (OpenAPI 3.1, section 4.8.26.2) describe.
#[test]
fn the_forms_of_the_specification() {
    macro_rules! both_ways {
        ($which:literal, $value:tt, $text:literal) => {
            both_ways(json!($value), $text, &element("zoo", Content::model::<Only<$which>>()));
        };
    }
    both_ways!(0, {"animals": "ox"}, "<zoo><animals>ox</animals></zoo>");
    both_ways!(1, {"animals": ["ox", "emu"]}, "<zoo><animals>ox</animals><animals>emu</animals></zoo>");
    both_ways!(2, {"animals": "ox"}, "<zoo><animal>ox</animal></zoo>");
    both_ways!(3, {"animals": ["ox"]}, "<zoo><animal>ox</animal></zoo>");
    both_ways!(4, {"animals": ["ox"]}, "<zoo><animals><animals>ox</animals></animals></zoo>");
    both_ways!(5, {"animals": ["ox", "emu"]}, "<zoo><aliens><animal>ox</animal><animal>emu</animal></aliens></zoo>");
    both_ways!(6, {"animals": ["ox"]}, "<zoo><aliens><aliens>ox</aliens></aliens></zoo>");
    both_ways!(5, {"animals": []}, "<zoo><aliens/></zoo>");
    let person = element("Person", Content::model::<Only<7>>());
    both_ways(
        json!({"id": 123, "name": "example", "friends": [], "scores": []}),
        "<Person id=\"123\"><sample:name xmlns:sample=\"https://example.com/s\">example</sample:name><friends/></Person>",
        &person,
    );
}

const PERSON: Element = element("p", Content::model::<Only<7>>());
const PRICE: Element = element("price", Content::model::<Only<8>>());

#[test]
fn prefixes_mean_what_they_are_declared_for() {
    let text = "<p id='1' xmlns:x='https://example.com/s' xmlns:sample='urn:other' x:name='n'><x:name>a</x:name>\
        <sample:name>b</sample:name><name>c</name><friends/></p>";
    let value = read(text, &PERSON);
    assert_eq!(
        value,
        json!({"id": 1, "name": "a", "friends": [], "scores": [], "@{https://example.com/s}name": "n",
            "{urn:other}name": "b", "{}name": "c"})
    );
    // The name of a declared property isn't taken by an unknown element.
    let again = written(value.clone(), &PERSON);
    assert_eq!(read(&again, &PERSON), value, "{again}");
    // A prefix is declared anew where it has another meaning.
    let value = json!({"id": 1, "name": "a", "friends": [], "scores": [], "code": "c"});
    both_ways(
        value,
        "<p xmlns:sample=\"urn:c\" id=\"1\" sample:code=\"c\"><sample:name xmlns:sample=\"https://example.com/s\">a\
         </sample:name><friends/></p>",
        &PERSON,
    );
}

#[test]
fn a_namespace_without_a_prefix_is_that_of_what_is_inside() {
    let root = Element { name: qualified("zoo", "urn:zoo", ""), content: Content::model::<Only<5>>() };
    let text = "<zoo xmlns=\"urn:zoo\"><aliens><animal>ox</animal></aliens></zoo>";
    both_ways(json!({"animals": ["ox"]}), text, &root);
    let prefixed = "<z:zoo xmlns:z='urn:zoo'><z:aliens><z:animal>ox</z:animal></z:aliens></z:zoo>";
    assert_eq!(read(prefixed, &root), json!({"animals": ["ox"]}));
    let root = Element { name: qualified("zoo", "urn:zoo", "z"), content: Content::model::<Only<0>>() };
    both_ways(
        json!({"animals": "ox", "{urn:b}more": {"{}a": "1", "b": "2"}}),
        "<z:zoo xmlns:z=\"urn:zoo\"><animals>ox</animals><more xmlns=\"urn:b\"><a xmlns=\"\">1</a><b>2</b></more></z:zoo>",
        &root,
    );
    assert_eq!(
        error("<zoo/>", &root),
        "the root element is `zoo` instead of `zoo` of the namespace `urn:zoo`"
    );
}

#[test]
fn what_is_unknown_is_kept() {
    let value = json!({
        "id": 1, "friends": [], "scores": [], "@shoe": "42", "@{http://www.w3.org/XML/1998/namespace}lang": "en",
        "hat": "", "pets": ["a", {"@n": "1", "#text": "b"}], "none": null, "#text": "some words",
    });
    let text = written(value.clone(), &PERSON);
    assert_eq!(read(&text, &PERSON), value, "{text}");
    assert!(text.contains(" xml:lang=\"en\"") && text.contains("<none xmlns:xsi="), "{text}");
    // An element that is there twice, or has elements in it, where a text is declared.
    let text = "<p id=\"1\"><friends/><is_new>x</is_new><is_new>true</is_new></p>";
    both_ways(json!({"id": 1, "friends": [], "scores": [], "is_new": ["x", true]}), text, &PERSON);
    assert_eq!(read("<p id='1'><friends><foe/></friends></p>", &PERSON)["friends"], json!({"foe": ""}));
}

#[test]
fn texts_numbers_and_nulls() {
    both_ways(json!({"currency": "EUR", "amount": 12}), "<price currency=\"EUR\">12</price>", &PRICE);
    let digits = "<price>12.50000000000000000001</price>";
    let amount: Json = from_slice(digits.as_bytes(), &PRICE).unwrap();
    assert_eq!(String::from_utf8(to_vec(&amount, &PRICE).unwrap()).unwrap(), format!("{HEAD}{digits}"));
    assert_eq!(read("<price> +07.0 </price>", &PRICE).to_string(), "{\"amount\":7.0}");
    assert_eq!(read("<price>a lot</price>", &PRICE), json!({"amount": "a lot"}));
    assert_eq!(read("<p id='1'><friends/><is_new> 1 </is_new></p>", &PERSON)["is_new"], true);
    assert_eq!(read("<p id='1'><friends/><is_new/></p>", &PERSON)["is_new"], Value::Null);
    let nil = "<p xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='a b' id='1'>\
        <friends i:nil='1'/><is_new i:nil='false'>0</is_new></p>";
    assert_eq!(read(nil, &PERSON), json!({"id": 1, "friends": null, "scores": [], "is_new": false}));
    both_ways(
        json!({"animals": null}),
        "<zoo><animals xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></zoo>",
        &element("zoo", Content::model::<Only<0>>()),
    );
    both_ways(json!({"animals": ""}), "<zoo><animals/></zoo>", &element("zoo", Content::model::<Only<0>>()));
    both_ways(json!([1, 2.5]), "<l><n>1</n><n>2.5</n></l>", &element("l", Content::List(&NUMBER)));
    both_ways(json!({"a": true}), "<m><a>true</a></m>", &element("m", Content::Map(&Content::Scalar)));
}

#[test]
fn text_is_escaped_and_sections_are_read() {
    let zoo = element("zoo", Content::model::<Only<0>>());
    let text = " <a href=\"x\">&amp;</a>\r\n\t]]> é ";
    let xml = written(json!({ "animals": text }), &zoo);
    assert_eq!(
        xml,
        "<zoo><animals> &lt;a href=\"x\"&gt;&amp;amp;&lt;/a&gt;&#13;\n\t]]&gt; é </animals></zoo>"
    );
    assert_eq!(read(&xml, &zoo)["animals"], text);
    let page = element("page", Content::model::<Only<9>>());
    let xml = written(json!({ "html": text }), &page);
    assert_eq!(
        xml,
        "<page><![CDATA[ <a href=\"x\">&amp;</a>]]>&#13;<![CDATA[\n\t]]]]><![CDATA[> é ]]></page>"
    );
    assert_eq!(read(&xml, &page)["html"], text);
    let attribute = written(json!({"currency": "\"\r\n\t<é'", "amount": 1}), &PRICE);
    assert_eq!(attribute, "<price currency=\"&quot;&#13;&#10;&#9;&lt;é'\">1</price>");
    assert_eq!(read(&attribute, &PRICE)["currency"], "\"\r\n\t<é'");
    let mixed = "<zoo><animals>a&#x42;<!-- c -->&lt;<![CDATA[<d>]]>\r\n</animals></zoo>";
    assert_eq!(read(mixed, &zoo)["animals"], "aB<<d>\n");
}

#[test]
fn a_property_tells_the_alternatives_apart() {
    let pet = element("pet", Content::model::<Only<10>>());
    both_ways(json!({"kind": "cat", "lives": 9}), "<pet type=\"cat\"><lives>9</lives></pet>", &pet);
    both_ways(
        json!({"kind": "wolf", "tricks": ["sit"]}),
        "<pet><kind>wolf</kind><trick>sit</trick></pet>",
        &pet,
    );
    both_ways(json!({"kind": "emu", "trick": "sit"}), "<pet><kind>emu</kind><trick>sit</trick></pet>", &pet);
}

#[test]
fn recursive_types_and_typed_additional_properties() {
    let node = element("node", Content::model::<Only<13>>());
    both_ways(
        json!({"value": 1, "next": {"value": 2, "weight": 3}}),
        "<node><value>1</value><next><value>2</value><weight>3</weight></next></node>",
        &node,
    );
}

#[test]
fn what_has_no_form_in_xml_is_an_error_with_a_path() {
    let error = |value: Value, root: &Element| {
        let fault = to_vec(&Json::from(value), root).unwrap_err();
        format!("{}: {}", fault.path, fault.message)
    };
    for (value, expected) in [
        (json!({"id": null}), "id: only a text, a number or a boolean can be an attribute"),
        (json!({"name": "\u{1}"}), "name: it has a character that XML doesn't allow"),
        (json!({"scores": null}), "scores: null has no form as a list without an element of its own"),
        (json!({"a b": 1}), "a b: its name can't be that of an element"),
        (json!({"a": [1, [2]]}), "a[1]: a list directly in a list has no form in XML"),
        (json!({"friends": [{"id": 1}, {"1": 1}]}), "friends[1].1: its name can't be that of an element"),
        (json!({"@a b": 1}), "@a b: its name can't be that of an attribute"),
    ] {
        assert_eq!(error(value, &PERSON), expected);
    }
    assert_eq!(error(json!([1]), &PERSON), ": there can be only one root element");
}

#[test]
fn what_isn_t_xml_is_an_error_with_a_place() {
    for (text, expected) in [
        ("", "there is no element: line 1, column 1"),
        ("<p>", "not XML: an element isn't ended: line 1, column 4"),
        ("<p>\n</q>", "not XML: tags that don't match: line 2, column 1"),
        ("<p/><p/>", "not XML: there is a second root element: line 1, column 5"),
        ("<p/>x", "not XML: there is text outside the root element: line 1, column 5"),
        ("<p a='1' a='2'/>", "not XML: an element has an attribute twice: line 1, column 1"),
        ("<p x:a='1'/>", "not XML: a prefix isn't declared: line 1, column 1"),
        ("<p>&nbsp;</p>", "not XML: an unknown or malformed reference: line 1, column 4"),
        ("<p>&#1;</p>", "not XML: a character that a text can't have: line 1, column 4"),
        (
            "<!DOCTYPE p [<!ENTITY a \"aa\">]><p>&a;</p>",
            "a document type declaration isn't read: line 1, column 1",
        ),
        (
            "<?xml version='1.0' encoding='ISO-8859-1'?><p/>",
            "the declared encoding isn't UTF-8, the only one that is read: line 1, column 1",
        ),
        ("<q/>", "the root element is `q` instead of `p`"),
    ] {
        assert_eq!(error(text, &PERSON), expected, "{text}");
    }
    assert_eq!(json(b"<p>\xff</p>", &PERSON).unwrap_err().to_string(), "not UTF-8: line 1, column 4");
    let utf_16: Vec<u8> = "\u{feff}<p/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(json(&utf_16, &PERSON).unwrap_err().to_string().starts_with("not UTF-8"));
    let fine =
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- p --><?go now?><p id='1'><friends/></p>\n";
    assert_eq!(read(fine, &PERSON)["id"], 1);
}

#[test]
fn depth_and_size_are_bounded() {
    let node = element("a", Content::Any);
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    let on_small_stack = move || {
        assert!(from_slice::<Json>(nested(128).as_bytes(), &node).is_ok());
        assert!(error(&nested(129), &node).contains("nested more than 128 levels deep"));
        assert!(error(&nested(200_000), &node).contains("nested more than 128 levels deep"));
    };
    std::thread::Builder::new().stack_size(512 << 10).spawn(on_small_stack).unwrap().join().unwrap();
    // None of these takes time that grows with the square of its size.
    let many: String = (0..60_000).map(|index| format!(" a{index}=''")).collect();
    assert!(json(format!("<a{many}/>").as_bytes(), &node).is_ok());
    let many: String = (0..60_000).map(|index| format!("<a{index}/>")).collect();
    assert!(json(format!("<a>{many}</a>").as_bytes(), &node).is_ok());
    let long = format!("<a xmlns='{}'>{many}</a>", "u".repeat(100_000));
    assert!(error(&long, &node).starts_with("the name of a namespace is too long"));
}
