//! Structs, enums, unions and aliases.

use std::collections::BTreeMap;

use super::code::{Code, Expression};
use super::conversions;
use super::declarations::Declaration;
use super::docs;
use super::printer::{Page, invocation, quoted};
use super::{rules, unions, xml};
use crate::api::{
    Additional, Alias, Docs, Enum, EnumBase, Ident, Object, Presence, Property, Rule, TypeDef, TypeKind,
    TypeRef,
};
use crate::rust::{
    Collection, Crate, Index, Markers, ModelFile, Passed, PropertySetter, Type, additional_type,
    derives_of_enum, derives_of_object, field_type, rust_type,
};

/// The file of a model.
pub(super) fn page(file: &ModelFile<'_>, krate: &Crate<'_>) -> Page {
    let index = &krate.index;
    let mut page = Page::new(format!("src/models/{}.rs", file.model.file));
    for ty in &file.types {
        let definition = ty.definition;
        match &definition.kind {
            TypeKind::Object(object) => self::object(&mut page, ty, object, index),
            TypeKind::Enum(enumeration) => self::enumeration(&mut page, definition, enumeration),
            TypeKind::Union(union) => unions::union(&mut page, ty, union, &krate.index),
            TypeKind::Alias(alias) => self::alias(&mut page, definition, alias),
        }
    }
    page
}

/// The doc comment of a type.
pub(super) fn type_lines(definition: &TypeDef, more: &[String]) -> Vec<String> {
    let mut lines = docs::lines(&definition.docs, more);
    if lines.is_empty() {
        lines.push(format!("The schema at {}.", docs::code(&without_positions(&definition.place.pointer))));
    }
    lines
}

/// The declaration of a type with the doc comment `lines`, without its members.
pub(super) fn declaration(
    definition: &TypeDef,
    lines: &[String],
    derives: &[&str],
    kind: &str,
) -> Declaration {
    let own = definition.derives.iter().map(String::as_str);
    let derives: Vec<&str> = derives.iter().copied().chain(own).collect();
    let derives = format!("#[derive({})]", derives.join(", "));
    let own: Vec<String> = definition.attributes.iter().map(|attribute| format!("#[{attribute}]")).collect();
    let mut attributes = vec![derives.as_str()];
    attributes.extend(own.iter().map(String::as_str));
    attributes.push("#[non_exhaustive]");
    if definition.deprecated {
        attributes.insert(0, "#[deprecated]");
    }
    let head = format!("pub {kind} {}", definition.name);
    Declaration::new(lines, &attributes, &head)
}

/// The pointer with `*` for positions in lists, which shift when other elements come and go.
fn without_positions(pointer: &str) -> String {
    let tokens = pointer.split('/').collect::<Vec<_>>();
    let position = |index: usize| {
        let lists = ["allOf", "anyOf", "oneOf", "parameters", "prefixItems"];
        index > 0
            && lists.contains(&tokens[index - 1])
            && tokens[index].bytes().all(|byte| byte.is_ascii_digit())
    };
    let shown = tokens.iter().enumerate().map(|(index, token)| if position(index) { "*" } else { token });
    shown.collect::<Vec<_>>().join("/")
}

/// The doc comment of a property's field.
fn property_lines(property: &Property) -> Vec<String> {
    let mut more = vec![docs::rules(&property.rules), docs::default(property.default.as_ref())];
    if property.read_only {
        more.push("Read-only: the server sets it.".to_owned());
    }
    if property.write_only {
        more.push("Write-only: the server doesn't return it.".to_owned());
    }
    if property.docs.summary.is_empty() && property.docs.body.is_empty() {
        let summary = match property.ty.named() {
            Some(name) => format!("See [`{name}`]."),
            None => format!("The property {}.", docs::code(&property.wire)),
        };
        return one_paragraph(summary, more);
    }
    docs::lines(&property.docs, &more)
}

/// What there is to say of a property that the document doesn't describe.
fn one_paragraph(summary: String, mut more: Vec<String>) -> Vec<String> {
    more.insert(0, summary);
    more.retain(|sentence| !sentence.is_empty());
    docs::lines(&Docs { summary: more.join(" "), body: String::new() }, &[])
}

/// The doc comment of a property's setter: the first sentence and the limits. It refers to the field if that says more, so
/// a change below the first sentence changes one file.
fn setter_lines(property: &Property, owner: Option<&str>) -> Vec<String> {
    // Limits of what is within the value are at the field alone, so that a change to them doesn't reach the setters.
    let is_own = |rule: &&Rule| {
        !matches!(rule, Rule::Items(_) | Rule::PrefixItems(_) | Rule::Values(_) | Rule::Keys(_))
    };
    let own: Vec<Rule> = property.rules.iter().filter(is_own).cloned().collect();
    let mut more = vec![docs::rules(&own), docs::default(property.default.as_ref())];
    let mut summary = property.docs.summary.clone();
    let is_described = !summary.is_empty();
    if !is_described {
        let see = property.ty.named().map_or_else(String::new, |name| format!("; see [`{name}`]"));
        summary = format!("The property {}{see}.", docs::code(&property.wire));
    }
    if let (Some(owner), false) = (owner, property.docs.body.is_empty()) {
        let field = property.field.bare();
        more.push(format!("See [`{field}`](field@{owner}::{field})."));
    }
    if !is_described {
        return one_paragraph(summary, more);
    }
    more.retain(|sentence| !sentence.is_empty());
    let more = more.join(" ");
    if summary.ends_with('.') && !more.is_empty() {
        // One paragraph, since each line counts in the diff of a builder that has many setters.
        return vec![summary, more];
    }
    docs::lines(&Docs { summary, body: more }, &[])
}

fn object(page: &mut Page, ty: &Type<'_>, object: &Object, index: &Index<'_>) {
    let definition = ty.definition;
    let derives = derives_of_object(object);
    let mut fields =
        declaration(definition, &type_lines(definition, &[docs::rules(&object.rules)]), derives, "struct");
    for property in &object.properties {
        let ty = field_type(&property.ty, property.presence);
        let field = ["pub ", &property.field, ": ", &ty].concat();
        fields.member(&property_lines(property), property.deprecated, &field);
    }
    let lines = ["Properties that the document doesn't declare, preserved unchanged.".to_owned()];
    let field = format!("pub {}: {}", object.additional_field, additional_type(&object.additional));
    fields.member(&lines, false, &field);
    page.block(&fields.finish());
    page.block(&table(ty, object, index));
    if ty.has_new && ty.required.is_empty() {
        default(page, &definition.name);
    }
    if definition.in_xml {
        xml::object(page, &definition.name, object, index);
    }
    if definition.in_request {
        setters(page, &definition.name, &ty.setters, Some("Self"));
    }
    for source in &object.made_from {
        conversions::conversion(page, definition, object, source, index);
    }
}

/// How the table of a type begins.
pub(super) fn table_head(definition: &TypeDef) -> String {
    let without = if definition.has_hash { "" } else { " without hash" };
    format!("{}{without}", definition.name)
}

fn table(ty: &Type<'_>, object: &Object, index: &Index<'_>) -> String {
    let setters = response_setters(ty);
    let rows = object.properties.iter().map(|property| {
        let presence = match property.presence {
            Presence::Required => "required",
            Presence::Patch if property.required_in_request => "patch_in_request",
            Presence::Patch => "patch",
            Presence::Optional if property.required_in_request => "required_in_request",
            Presence::Optional if property.read_only => "read_only",
            Presence::Optional => "optional",
        };
        let (wire, rules) = (quoted(&property.wire), rules::list(&property.rules));
        let setter = setters.get(property.wire.as_str()).map_or("", String::as_str);
        [&property.field, ": ", &wire, ", ", presence, ", [", &rules, "]", setter, ";"].concat()
    });
    let rows: Vec<String> = rows.collect();
    let (kind, values) = match &object.additional {
        Additional::Open => ("open", String::new()),
        Additional::Closed => ("closed", String::new()),
        Additional::Typed(_, rules) => ("typed", rules::list(rules)),
    };
    let additional = format!("{}: {kind} [{values}];", object.additional_field);
    let mut sections = vec![additional];
    if !object.rules.is_empty() {
        sections.push(format!("rules: [{}];", rules::list(&object.rules)));
    }
    sections.extend(discriminated(object));
    if ty.has_new {
        sections.push(constructor(object, index));
    }
    invocation("object", &table_head(ty.definition), &rows, &sections)
}

/// The setters in the rows of properties, by the properties' names: models have them that only responses hold.
fn response_setters<'a>(ty: &Type<'a>) -> BTreeMap<&'a str, String> {
    let setters = ty.setters.iter().filter(|_| !ty.definition.in_request);
    setters
        .map(|setter| (setter.property.wire.as_str(), format!(" {{ {} }}", undocumented(setter))))
        .collect()
}

/// The properties that others discriminate, if there are any.
fn discriminated(object: &Object) -> Option<String> {
    let by_wire: BTreeMap<&str, &Property> =
        object.properties.iter().map(|property| (property.wire.as_str(), property)).collect();
    let pair = |property: &Property| {
        let wire = property.discriminated_by.as_ref()?;
        let tag = by_wire.get(wire.as_str())?;
        let own = quoted(&property.wire);
        Some(format!("{}: {own} by {}: {}", property.field, tag.field, quoted(wire)))
    };
    let pairs: Vec<String> = object.properties.iter().filter_map(pair).collect();
    (!pairs.is_empty()).then(|| format!("follows: [{}];", pairs.join(", ")))
}

/// The part of the table that asks for `new`, which takes the required properties but for those that are tags.
fn constructor(object: &Object, index: &Index<'_>) -> String {
    let mut markers = Markers::default();
    let mut arguments = Vec::new();
    let mut made = Vec::new();
    for property in object.properties.iter().filter(|property| property.presence == Presence::Required) {
        let field = &property.field;
        if let Some(tag) = &property.tag {
            made.push(format!(
                "let {field}: {} = {};",
                rust_type(&property.ty),
                self::tag(tag, &property.ty)
            ));
            continue;
        }
        let passed = Passed::new(&property.ty, index);
        arguments.push(Expression::Text(format!("{field}: {}", passed.ty(&mut markers))));
        if let Passed::Items(_) = passed {
            made.push(format!("let {field} = {};", passed.value(field)));
        }
    }
    let made = if made.is_empty() { String::new() } else { format!(" {{ {} }}", made.join(" ")) };
    let mut code = Code::default();
    let call = Expression::call(&markers.function("new"), arguments);
    code.inside(|code| code.expression(&call, &format!("{made};")));
    code.finish().trim().to_owned()
}

/// `Default`, of a type whose `new` takes nothing.
fn default(page: &mut Page, name: &Ident) {
    let mut code = Code::default();
    code.block(&format!("impl Default for {name}"), |code| {
        code.block("fn default() -> Self", |code| code.line("Self::new()"));
    });
    page.block(&code.finish());
}

/// The tag as a value of the type.
fn tag(tag: &serde_json::Value, ty: &TypeRef) -> String {
    match (tag.as_str(), ty) {
        (Some(text), _) => format!("{}.into()", quoted(text)),
        (None, TypeRef::Named(name)) => format!("{name}::from({tag})"),
        (None, _) => tag.to_string(),
    }
}

/// The tables of setters, of plain values and of lists and maps, behind the `head` that says what is set.
pub(super) fn setters(page: &mut Page, head: &str, setters: &[PropertySetter<'_>], owner: Option<&str>) {
    for (name, is_collection) in [("setters", false), ("collection_setters", true)] {
        let setters = setters.iter().filter(|setter| setter.collection.is_some() == is_collection);
        let rows: Vec<String> = setters.map(|setter| setter_row(setter, owner)).collect();
        if !rows.is_empty() {
            page.block(&invocation(name, head, &rows, &[]));
        }
    }
}

/// What follows the presence in a row of `collection_setters!`.
pub(super) fn collection_row(name: &str, collection: &Collection) -> String {
    let Collection { gathered, adds } = collection;
    let kind = if gathered.is_map { "map" } else { "list" };
    let from = if gathered.converts { "_from" } else { "" };
    format!("{kind}{from} {name}({}), {adds}", gathered.item)
}

/// A row for a property; `owner` is the struct that has the field, if it can be linked to.
pub(super) fn setter_row(setter: &PropertySetter<'_>, owner: Option<&str>) -> String {
    let property = setter.property;
    let docs = docs::comment(&setter_lines(property, owner));
    let deprecated = deprecated(property);
    let presence = match property.presence {
        Presence::Required => "required",
        Presence::Optional => "optional",
        Presence::Patch => "patch",
    };
    [&docs, deprecated, &property.field, ": ", presence, " ", &set(setter), ";"].concat()
}

/// What `response_setters!` makes of a row.
fn undocumented(setter: &PropertySetter<'_>) -> String {
    [deprecated(setter.property).trim_end(), &set(setter)].join(" ").trim_start().to_owned()
}

fn deprecated(property: &Property) -> &'static str {
    if property.deprecated { "#[deprecated]\n" } else { "" }
}

/// The methods of a setter, with what they take.
fn set(setter: &PropertySetter<'_>) -> String {
    let null = setter.null.as_ref().map_or_else(String::new, |null| format!(", {null}"));
    let set = match &setter.collection {
        Some(collection) => collection_row(&setter.name, collection),
        None => [setter.name.as_str(), "(", &setter.ty(), ")"].concat(),
    };
    set + &null
}

fn enumeration(page: &mut Page, definition: &TypeDef, enumeration: &Enum) {
    let (macro_name, payload) = match enumeration.base {
        EnumBase::String => ("string_enum", "String"),
        EnumBase::Integer => ("integer_enum", "i64"),
        EnumBase::Json => ("json_enum", "Json"),
    };
    let mut variants =
        declaration(definition, &type_lines(definition, &[]), derives_of_enum(enumeration.base), "enum");
    for value in &enumeration.values {
        let mut lines = docs::lines(&value.docs, &[]);
        if lines.is_empty() {
            lines.push(docs::code(
                &value.value.as_str().map_or_else(|| value.value.to_string(), str::to_owned),
            ));
        }
        variants.member(&lines, false, &value.variant);
    }
    let unknown = ["A value that the document doesn't list.".to_owned()];
    variants.member(&unknown, false, &format!("{}({payload})", enumeration.unknown));
    page.block(&variants.finish());
    let rows = enumeration.values.iter().map(|value| {
        let literal = match (&value.value, enumeration.base) {
            (serde_json::Value::String(text), EnumBase::String) => quoted(text),
            (number, EnumBase::Integer) => number.to_string(),
            (other, _) => quoted(&other.to_string()),
        };
        format!("{}: {literal};", value.variant)
    });
    let rows: Vec<String> = rows.collect();
    page.block(&invocation(macro_name, &definition.name, &rows, &[format!(" {}", enumeration.unknown)]));
}

fn alias(page: &mut Page, definition: &TypeDef, alias: &Alias) {
    let lines = type_lines(definition, &[docs::rules(&alias.rules)]);
    let deprecated = if definition.deprecated { "#[deprecated]\n" } else { "" };
    let (docs, ty) = (docs::comment(&lines), rust_type(&alias.ty));
    page.block(&format!("{docs}{deprecated}pub type {} = {ty};", definition.name));
}
