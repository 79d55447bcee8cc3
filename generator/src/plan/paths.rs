//! What a name or a path in the settings leads to, in a request or a response.

use std::collections::BTreeMap;

use crate::api::{
    BodyEncoding, Ident, Input, Model, Object, Operation, Parameter, Path, Presence, Property,
    ResponseEncoding, Rule, TypeKind, TypeRef,
};
use crate::source::document::Location;
use crate::text::unescape;

/// The planned types by name.
pub(super) struct Types<'a>(BTreeMap<&'a str, &'a TypeKind>);

/// A value that a request can have.
pub(super) struct Settable<'a> {
    pub input: Input,
    /// Its type behind aliases.
    pub ty: TypeRef,
    pub rules: &'a [Rule],
}

impl<'a> Types<'a> {
    pub(super) fn new(models: &'a [Model]) -> Self {
        let definitions = models.iter().flat_map(|model| &model.types);
        Self(definitions.map(|definition| (definition.name.as_str(), &definition.kind)).collect())
    }

    /// What the type called `name` is.
    pub(super) fn kind(&self, name: &Ident) -> Option<&'a TypeKind> {
        self.0.get(name.as_str()).copied()
    }

    /// The type behind aliases, `Option` and `Box`.
    pub(super) fn behind(&self, ty: &TypeRef) -> TypeRef {
        let mut ty = ty;
        for _ in 0..64 {
            ty = match ty {
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => inner,
                TypeRef::Named(name) => match self.kind(name) {
                    Some(TypeKind::Alias(alias)) => &alias.ty,
                    _ => return ty.clone(),
                },
                other => return other.clone(),
            };
        }
        TypeRef::Json
    }

    /// Whether a type is `String`, maybe by another name.
    pub(super) fn is_string(&self, ty: &TypeRef) -> bool {
        let mut ty = ty;
        for _ in 0..64 {
            let TypeRef::Named(name) = ty else { return *ty == TypeRef::String };
            let Some(TypeKind::Alias(alias)) = self.kind(name) else { return false };
            ty = &alias.ty;
        }
        false
    }

    /// The struct that is behind a type, and its name.
    pub(super) fn object(&self, ty: &TypeRef) -> Option<(Ident, &'a Object)> {
        let TypeRef::Named(name) = self.behind(ty) else { return None };
        match self.kind(&name)? {
            TypeKind::Object(object) => Some((name, object)),
            _ => None,
        }
    }

    /// The property of `object` that `text` leads to: its name, names joined by dots, or a JSON Pointer (RFC 6901).
    pub(super) fn property(&self, object: &'a Object, text: &str) -> Option<(Path, &'a Property)> {
        let properties = self.chain(object, text)?;
        let path = properties.iter().map(|property| property.wire.clone()).collect();
        Some((path, *properties.last()?))
    }

    /// Every property on the way.
    fn chain(&self, object: &'a Object, text: &str) -> Option<Vec<&'a Property>> {
        let whole = vec![text.to_owned()];
        self.walk(object, &whole).or_else(|| match text.strip_prefix('/') {
            Some(pointer) => {
                let names = pointer.split('/').map(unescape);
                self.walk(object, &names.collect::<Vec<_>>())
            }
            None => self.walk(object, &text.split('.').map(str::to_owned).collect::<Vec<_>>()),
        })
    }

    fn walk(&self, mut object: &'a Object, names: &[String]) -> Option<Vec<&'a Property>> {
        let mut found: Vec<&Property> = Vec::new();
        for name in names {
            if let Some(outer) = found.last() {
                object = self.object(&outer.ty)?.1;
            }
            found.push(object.properties.iter().find(|property| property.wire == *name)?);
        }
        Some(found)
    }

    /// The optional value of a request that `text` leads to: a query parameter or, if there is none of this name, a
    /// property of the JSON body. Objects around it must be required, or have nothing that is.
    pub(super) fn settable(&self, operation: &'a Operation, text: &str) -> Option<Settable<'a>> {
        let mut parameters = operation.parameters.iter();
        let named = |parameter: &Parameter| parameter.wire == text && parameter.location == Location::Query;
        if let Some(index) = parameters.position(named) {
            let parameter = &operation.parameters[index];
            let (input, ty) = (Input::Parameter(index), self.behind(&parameter.ty));
            return (!parameter.required).then_some(Settable { input, ty, rules: &parameter.rules });
        }
        let body = operation.body.as_ref()?;
        let is_null = body.content.iter().any(|content| matches!(content.ty, TypeRef::Nullable(_)));
        let (_, object) = self.written(operation).filter(|_| !is_null)?;
        let properties = self.chain(object, text)?;
        let (last, around) = properties.split_last()?;
        let is_created = |object: &Object| {
            object.properties.iter().all(|property| property.presence != Presence::Required)
        };
        let is_open = |property: &&Property| {
            let is_there = property.presence == Presence::Required
                && matches!(property.ty, TypeRef::Named(_) | TypeRef::Boxed(_));
            is_there || self.object(&property.ty).is_some_and(|(_, object)| is_created(object))
        };
        let is_reached = body.required || is_created(object);
        let is_settable = last.presence != Presence::Required && !last.read_only;
        let path = properties.iter().map(|property| property.wire.clone()).collect();
        (is_reached && is_settable && around.iter().all(is_open)).then(|| Settable {
            input: Input::Body(path),
            ty: self.behind(&last.ty),
            rules: &last.rules,
        })
    }

    /// The struct that an operation sends as JSON, nullable or not, and its name.
    pub(super) fn written(&self, operation: &'a Operation) -> Option<(Ident, &'a Object)> {
        let body = operation.body.as_ref().filter(|body| body.files.is_empty())?;
        let first = body.content.first().filter(|content| content.encoding == BodyEncoding::Json)?;
        let is_one = body.content.iter().all(|content| content.ty == first.ty && content.files.is_empty());
        self.object(first.ty.behind_null()).filter(|_| is_one)
    }

    /// The type that an operation returns as JSON, if all its successes are of one type.
    pub(super) fn returned(operation: &'a Operation) -> Option<&'a TypeRef> {
        let mut contents = operation.successes.iter().map(|success| success.content.as_ref());
        let first = contents.next()??;
        let is_one = contents.all(|content| content.is_some_and(|content| content.ty == first.ty));
        (is_one && first.encoding == ResponseEncoding::Json).then_some(&first.ty)
    }
}

/// The required parameter of `operation` that is like `parameter`.
pub(super) fn equivalent(parameter: &Parameter, operation: &Operation) -> Option<usize> {
    operation.parameters.iter().position(|other| {
        other.required
            && (&other.wire, other.location, &other.ty)
                == (&parameter.wire, parameter.location, &parameter.ty)
    })
}

/// Checks that one operation can name the other wherever it is compiled.
///
/// # Errors
/// They are in different modules.
pub(super) fn check_modules(one: &Operation, other: &Operation) -> Result<(), String> {
    if one.group_words.first() == other.group_words.first() {
        return Ok(());
    }
    Err("the operations are in different modules, which can be compiled separately".to_owned())
}
