//! Plans small documents, and finds what is planned by place and by name on the wire.

use crate::api::{
    Alias, Api, BodyContent, Enum, Object, Operation, Parameter, Property, Response, Status, TypeDef,
    TypeKind, TypeRef, Union,
};
use crate::diagnostics::{Diagnostics, Printing, codes};
use crate::settings::Settings;
use crate::source::{self, Selection};

/// A plan, and what was said of the document.
pub(super) struct Planned {
    pub api: Api,
    /// The codes of all diagnostics, in order, but for the note that nearly every enum and union has: that it is open.
    pub codes: Vec<String>,
    errors: String,
}

/// The plan of a document that begins after `info`.
pub(super) fn planned(document: &str) -> Planned {
    planned_with(document, "")
}

/// Likewise with settings. Errors of the plan are left in [`Planned::codes`].
pub(super) fn planned_with(document: &str, settings: &str) -> Planned {
    planned_as("3.1.0", document, settings)
}

/// Likewise for a version of OpenAPI.
fn planned_as(version: &str, document: &str, settings: &str) -> Planned {
    let text = format!("openapi: {version}\ninfo: {{title: Snippet, version: '1'}}\n{document}");
    let mut diagnostics = Diagnostics::default();
    let settings = Settings::parse(settings).unwrap();
    let document = source::load_text(text.as_bytes(), &Selection::default(), &mut diagnostics);
    let told = |diagnostics: &Diagnostics| diagnostics.render_text(text.as_bytes(), Printing::default());
    let document = document.unwrap_or_else(|| panic!("{}", told(&diagnostics)));
    let api = crate::api_of(&document, &settings, &mut diagnostics);
    let codes = diagnostics.iter().filter(|diagnostic| *diagnostic.code != codes::OPEN_VALUES);
    let codes = codes.map(|diagnostic| diagnostic.code.to_string()).collect();
    let errors = if diagnostics.has_errors() { told(&diagnostics) } else { String::new() };
    Planned { api, codes, errors }
}

/// The plan of component schemas, all of them used in requests and in responses.
pub(super) fn schemas(yaml: &str) -> Planned {
    schemas_of("3.1.0", yaml)
}

/// Likewise in a version of OpenAPI.
pub(super) fn schemas_of(version: &str, yaml: &str) -> Planned {
    let document = format!("paths: {{}}\ncomponents:\n  schemas:\n{}", indented(yaml, 4));
    planned_as(version, &document, "schemas: all").without_errors()
}

/// The plan of paths.
pub(super) fn paths(yaml: &str) -> Planned {
    planned(&format!("paths:\n{}", indented(yaml, 2))).without_errors()
}

/// The lines of a block, moved to the right.
pub(super) fn indented(yaml: &str, by: usize) -> String {
    let lines = yaml.trim_matches('\n').lines();
    lines.map(|line| format!("{}{line}\n", " ".repeat(by))).collect()
}

impl Planned {
    fn without_errors(self) -> Self {
        assert!(self.errors.is_empty(), "{}", self.errors);
        self
    }

    /// The type of the component `schema`, or of the schema at a pointer.
    pub(super) fn definition(&self, schema: &str) -> &TypeDef {
        self.find(schema).unwrap_or_else(|| panic!("{schema} has no type"))
    }

    pub(super) fn find(&self, schema: &str) -> Option<&TypeDef> {
        let pointer = match schema.starts_with('/') {
            true => schema.to_owned(),
            false => format!("{COMPONENTS}{schema}"),
        };
        let mut types = self.api.models.iter().flat_map(|model| &model.types);
        types.find(|definition| *definition.place.pointer == *pointer)
    }

    pub(super) fn object(&self, schema: &str) -> &Object {
        match &self.definition(schema).kind {
            TypeKind::Object(object) => object,
            other => panic!("{schema} is no struct: {other:?}"),
        }
    }

    pub(super) fn property(&self, schema: &str, wire: &str) -> &Property {
        let found = self.object(schema).properties.iter().find(|property| property.wire == wire);
        found.unwrap_or_else(|| panic!("{schema} has no property {wire}"))
    }

    pub(super) fn union(&self, schema: &str) -> &Union {
        match &self.definition(schema).kind {
            TypeKind::Union(union) => union,
            other => panic!("{schema} is no union: {other:?}"),
        }
    }

    pub(super) fn enumeration(&self, schema: &str) -> &Enum {
        match &self.definition(schema).kind {
            TypeKind::Enum(enumeration) => enumeration,
            other => panic!("{schema} is no enum: {other:?}"),
        }
    }

    pub(super) fn alias(&self, schema: &str) -> &Alias {
        match &self.definition(schema).kind {
            TypeKind::Alias(alias) => alias,
            other => panic!("{schema} is no alias: {other:?}"),
        }
    }

    /// A property's type, as [`Self::shape`] has it.
    pub(super) fn property_shape(&self, schema: &str, wire: &str) -> String {
        self.shape(&self.property(schema, wire).ty)
    }

    /// The payloads of a union's alternatives.
    pub(super) fn alternatives(&self, schema: &str) -> Vec<String> {
        self.union(schema).variants.iter().map(|variant| self.shape(&variant.ty)).collect()
    }

    /// A type in a few signs: `[T]` is a list, `{T}` a map, `T?` can be null, `box T` is boxed. Types that the crate
    /// defines are called as their component is, or by their pointer.
    pub(super) fn shape(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Named(name) => {
                let definition =
                    self.api.find_type(name).unwrap_or_else(|| panic!("no type is called {name}"));
                self.place(definition)
            }
            TypeRef::List(inner) => format!("[{}]", self.shape(inner)),
            TypeRef::Map(inner) => format!("{{{}}}", self.shape(inner)),
            TypeRef::Nullable(inner) => format!("{}?", self.shape(inner)),
            TypeRef::Boxed(inner) => format!("box {}", self.shape(inner)),
            TypeRef::Secret(inner) => format!("secret {}", self.shape(inner)),
            TypeRef::Tuple(items) => {
                let items: Vec<String> = items.iter().map(|item| self.shape(item)).collect();
                format!("({})", items.join(", "))
            }
            scalar => format!("{scalar:?}"),
        }
    }

    fn place(&self, definition: &TypeDef) -> String {
        let pointer = &*definition.place.pointer;
        let component = pointer.strip_prefix(COMPONENTS).filter(|rest| !rest.contains('/'));
        component.unwrap_or(pointer).to_owned()
    }

    /// The body of failures that the settings describe.
    pub(super) fn error_body(&self) -> &Object {
        let Some(TypeRef::Named(name)) = &self.api.facts.error_body else { panic!("no body of failures") };
        match &self.api.find_type(name).unwrap().kind {
            TypeKind::Object(object) => object,
            other => panic!("the body of failures is no struct: {other:?}"),
        }
    }

    /// What the component can be made from, by component.
    pub(super) fn made_from(&self, schema: &str) -> Vec<String> {
        let sources = self.object(schema).made_from.iter();
        sources.map(|name| self.shape(&TypeRef::Named(name.clone()))).collect()
    }

    /// The features any of which compiles the component's file.
    pub(super) fn features_of(&self, schema: &str) -> Vec<&str> {
        let pointer = format!("{COMPONENTS}{schema}");
        let has = |definition: &TypeDef| *definition.place.pointer == *pointer;
        let model = self.api.models.iter().find(|model| model.types.iter().any(has)).unwrap();
        model.features.iter().map(String::as_str).collect()
    }

    /// The operation `"GET /pets"`.
    pub(super) fn operation(&self, method_and_path: &str) -> &Operation {
        let is =
            |operation: &&Operation| format!("{} {}", operation.method, operation.path) == method_and_path;
        self.api.operations.iter().find(is).unwrap_or_else(|| panic!("no operation {method_and_path}"))
    }

    pub(super) fn parameter(&self, method_and_path: &str, wire: &str) -> &Parameter {
        let parameters = &self.operation(method_and_path).parameters;
        let found = parameters.iter().find(|parameter| parameter.wire == wire);
        found.unwrap_or_else(|| panic!("{method_and_path} has no parameter {wire}"))
    }

    /// The media types of the operation's body, the preferred one first.
    pub(super) fn contents(&self, method_and_path: &str) -> &[BodyContent] {
        self.operation(method_and_path).body.as_ref().map_or(&[], |body| &body.content)
    }

    pub(super) fn response(&self, method_and_path: &str, status: Status) -> &Response {
        let operation = self.operation(method_and_path);
        let mut responses = operation.successes.iter().chain(&operation.failures);
        responses
            .find(|response| response.status == status)
            .unwrap_or_else(|| panic!("no response {status:?}"))
    }
}

const COMPONENTS: &str = "/components/schemas/";
