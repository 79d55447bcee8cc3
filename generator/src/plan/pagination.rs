//! Which operations are paginated, and how: those with the parameters and responses that the settings describe.

use std::collections::BTreeMap;

use crate::api::{
    Additional, Asked, Model, Object, Operation, PageForm, PagedBy, Pagination, Parameter, Presence,
    Property, ResponseEncoding, Rule, TypeKind, TypeRef,
};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{Paging, Settings};
use crate::source::document::Location;

/// Fills [`Operation::pagination`].
pub(super) fn find(
    models: &[Model],
    operations: &mut [Operation],
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let definitions = models.iter().flat_map(|model| &model.types);
    let types = Types(definitions.map(|definition| (definition.name.as_str(), &definition.kind)).collect());
    for (index, paging) in settings.pagination.iter().enumerate() {
        let mut found = false;
        for operation in operations.iter_mut() {
            let planned = types.pagination(operation, paging);
            found |= planned.is_some();
            operation.pagination.extend(planned);
        }
        if !found {
            let message = format!(
                "`pagination[{index}]` in the settings has no effect: no operation has both the optional parameter `{}` and a response {}",
                paging.position,
                wanted(paging)
            );
            let help = "Compare the names with those in the document, or remove the entry.";
            let place = settings.place(&["pagination", &index.to_string()]);
            diagnostics.report(&codes::UNUSED_SETTING, &place, message, help);
        }
    }
}

/// What a response must have, in words.
fn wanted(paging: &Paging) -> String {
    let property = if paging.by == PagedBy::Checkpoint { &paging.next } else { &paging.total };
    let list = match &paging.items[..] {
        [] => "one list".to_owned(),
        names => format!("a list named `{}`", names.join("` or `")),
    };
    match property {
        Some(name) => format!("with the property `{name}` and {list}"),
        None => format!("with {list}"),
    }
}

struct Types<'a>(BTreeMap<&'a str, &'a TypeKind>);

impl<'a> Types<'a> {
    fn pagination(&self, operation: &Operation, paging: &Paging) -> Option<Pagination> {
        let position = optional_query(operation, &paging.position)?;
        let fits = match (paging.by, self.behind(&operation.parameters[position].ty)) {
            (PagedBy::Checkpoint, ty) => ty == TypeRef::String,
            (_, ty) => is_integer(&ty),
        };
        let [success] = &operation.successes[..] else { return None };
        let content =
            success.content.as_ref().filter(|content| fits && content.encoding == ResponseEncoding::Json)?;
        let forms = self.forms(&content.ty, paging);
        let item = forms.first()?.item.clone();
        Some(Pagination {
            by: paging.by,
            position,
            first: if paging.by == PagedBy::Checkpoint { 0 } else { paging.first },
            asked: self.asked(operation, paging),
            // Lists of something else are another answer.
            forms: forms.into_iter().filter(|form| form.item == item).map(|form| form.form).collect(),
            item,
        })
    }

    fn asked(&self, operation: &Operation, paging: &Paging) -> Vec<(usize, Asked)> {
        let mut asked = Vec::new();
        let size = paging.size.as_ref().and_then(|name| optional_query(operation, name));
        asked.extend(size.and_then(|index| {
            let Parameter { ty, rules, .. } = &operation.parameters[index];
            let maximum = rules.iter().find_map(|rule| match rule {
                Rule::Maximum(limit) => limit.as_i64(),
                _ => None,
            });
            maximum.filter(|_| is_integer(&self.behind(ty))).map(|limit| (index, Asked::Number(limit)))
        }));
        let totals = paging.totals.as_ref().and_then(|name| optional_query(operation, name));
        let totals = totals.filter(|index| self.behind(&operation.parameters[*index].ty) == TypeRef::Boolean);
        asked.extend(totals.map(|index| (index, Asked::True)));
        asked
    }

    /// The forms of a page that a response of type `ty` can have, those that say what follows first. None if no
    /// form does.
    fn forms(&self, ty: &TypeRef, paging: &Paging) -> Vec<Form<'a>> {
        let named = match ty {
            TypeRef::Named(name) => self.0.get(name.as_str()).map(|kind| (name, *kind)),
            _ => None,
        };
        match named {
            Some((_, TypeKind::Alias(alias))) => self.forms(&alias.ty, paging),
            Some((name, TypeKind::Union(union))) => {
                let variants = union.variants.iter().enumerate().filter_map(|(index, variant)| {
                    let mut form = self.form(&variant.ty, paging)?;
                    form.form.variant = Some((name.clone(), index));
                    Some(form)
                });
                sorted(variants.collect())
            }
            _ => self.form(ty, paging).into_iter().filter(|form| form.says_what_follows).collect(),
        }
    }

    /// The form of a page that a value of type `ty` is, if it has a list.
    fn form(&self, ty: &TypeRef, paging: &Paging) -> Option<Form<'a>> {
        let mut form = PageForm::default();
        let name = match self.behind(ty) {
            TypeRef::List(item) => {
                let says_what_follows = paging.by != PagedBy::Checkpoint;
                return Some(Form { form, item: *item, properties: &[], says_what_follows });
            }
            TypeRef::Named(name) => name,
            _ => return None,
        };
        let Some(TypeKind::Object(object)) = self.0.get(name.as_str()) else { return None };
        let object: &'a Object = object;
        let (items, item) = self.items(object, paging)?;
        form.object = Some(name);
        form.items = Some(items.wire.clone());
        let field = |name: &Option<String>, fits: fn(&TypeRef) -> bool| {
            let property = object.properties.iter().find(|property| Some(&property.wire) == name.as_ref())?;
            fits(&self.behind(&property.ty)).then(|| property.wire.clone())
        };
        let says_what_follows = if paging.by == PagedBy::Checkpoint {
            form.next = field(&paging.next, |ty| matches!(ty, TypeRef::String | TypeRef::Uuid));
            form.next.is_some()
        } else {
            form.start = field(&paging.start, is_number);
            form.total = field(&paging.total, is_number);
            form.total.is_some() || paging.total.is_none()
        };
        if let (PagedBy::Checkpoint, false, Some(next)) = (paging.by, says_what_follows, &paging.next)
            && !matches!(object.additional, Additional::Typed(..))
        {
            form.next_in = Some(next.clone());
        }
        Some(Form { form, item, properties: &object.properties, says_what_follows })
    }

    /// The property with the items, and the items' type.
    fn items(&self, object: &'a Object, paging: &Paging) -> Option<(&'a Property, TypeRef)> {
        let lists: Vec<(&Property, TypeRef)> = object
            .properties
            .iter()
            .filter_map(|property| match self.behind(&property.ty) {
                TypeRef::List(item) => Some((property, *item)),
                _ => None,
            })
            .collect();
        match (&paging.items[..], &lists[..]) {
            ([], [only]) => Some(only.clone()),
            (names, _) => names
                .iter()
                .find_map(|name| lists.iter().find(|(property, _)| property.wire == *name))
                .cloned(),
        }
    }

    /// The type behind aliases, `Option` and `Box`.
    fn behind(&self, ty: &TypeRef) -> TypeRef {
        let mut ty = ty;
        for _ in 0..64 {
            ty = match ty {
                TypeRef::Nullable(inner) | TypeRef::Boxed(inner) => inner,
                TypeRef::Named(name) => match self.0.get(name.as_str()) {
                    Some(TypeKind::Alias(alias)) => &alias.ty,
                    _ => return ty.clone(),
                },
                other => return other.clone(),
            };
        }
        TypeRef::Json
    }
}

/// A form, and its parts.
struct Form<'a> {
    form: PageForm,
    item: TypeRef,
    /// The properties beside the items; none of a list that stands alone.
    properties: &'a [Property],
    /// Whether it has what the settings say that a page of this form has.
    says_what_follows: bool,
}

/// The forms of a union that its pages have. Without what says what follows, an alternative stands for the last
/// page: which alternative a value is can't be told where it has but the properties that several of them have. So
/// it is one unless it has a property that no page of this form has.
fn sorted(mut forms: Vec<Form<'_>>) -> Vec<Form<'_>> {
    let home = forms.iter().find(|form| form.says_what_follows && !form.properties.is_empty());
    let wires: Vec<&str> = home.map_or(&[][..], |form| form.properties).iter().map(|p| &*p.wire).collect();
    let says = forms.iter().any(|form| form.says_what_follows);
    forms.retain_mut(|form| {
        let foreign = || form.properties.iter().filter(|property| !wires.contains(&&*property.wire));
        let is_other = form.properties.is_empty() || foreign().any(|p| p.presence == Presence::Required);
        if form.says_what_follows {
            return true;
        }
        form.form.foreign = foreign().map(|property| property.wire.clone()).collect();
        says && !is_other
    });
    forms.sort_by_key(|form| !form.says_what_follows);
    forms
}

/// The optional parameter `wire` outside the path.
fn optional_query(operation: &Operation, wire: &str) -> Option<usize> {
    operation.parameters.iter().position(|parameter| {
        parameter.wire == wire && !parameter.required && parameter.location == Location::Query
    })
}

fn is_integer(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Int32 | TypeRef::Int64 | TypeRef::UInt64)
}

fn is_number(ty: &TypeRef) -> bool {
    is_integer(ty) || matches!(ty, TypeRef::Float | TypeRef::Double)
}
