//! Which operations are paginated, and how: those with the parameters and responses that the settings describe.

use super::paths::{Settable, Types};
use crate::api::{
    Additional, Asked, Input, Model, Object, Operation, PageForm, PagedBy, Pagination, Path, Presence,
    Property, ResponseEncoding, Rule, TypeKind, TypeRef,
};
use crate::diagnostics::{Diagnostics, codes};
use crate::settings::{Paging, Settings};

/// Fills [`Operation::pagination`].
pub(super) fn find(
    models: &[Model],
    operations: &mut [Operation],
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let types = Types::new(models);
    for (index, paging) in settings.pagination.iter().enumerate() {
        let mut warn = |key: Option<&str>, message: String, help| {
            let entry = index.to_string();
            let path: Vec<&str> = ["pagination", &entry].into_iter().chain(key).collect();
            diagnostics.report(&codes::UNUSED_SETTING, &settings.place(&path), message, help);
        };
        for key in meaningless(paging) {
            let message = format!(
                "`pagination[{index}].{key}` in the settings has no effect: lists {} don't have it",
                words(paging.by)
            );
            warn(Some(key), message, "Remove the key, or change `by`.");
        }
        let mut found = false;
        for operation in operations.iter_mut() {
            let Some(planned) = types.pagination(operation, paging) else { continue };
            found = true;
            // The streams of one kind of position are told apart by nothing but their names.
            if operation.pagination.iter().all(|earlier| kind(earlier.by) != kind(planned.by)) {
                operation.pagination.push(planned);
            }
        }
        if !found {
            let message = format!("`pagination[{index}]` in the settings has no effect: {}", missing(paging));
            warn(None, message, "Compare the names with those in the document, or remove the entry.");
        }
    }
}

fn words(by: PagedBy) -> &'static str {
    match by {
        PagedBy::Checkpoint => "by checkpoint",
        PagedBy::Page => "by page",
        PagedBy::Offset => "by offset",
        PagedBy::Url => "by URL",
        PagedBy::Link => "by link",
    }
}

/// Positions of the same kind have the same type.
fn kind(by: PagedBy) -> PagedBy {
    if by == PagedBy::Link { PagedBy::Url } else { by }
}

fn is_by_number(by: PagedBy) -> bool {
    matches!(by, PagedBy::Page | PagedBy::Offset)
}

/// The keys of an entry that its `by` gives no meaning.
fn meaningless(paging: &Paging) -> Vec<&'static str> {
    let is_by_number = is_by_number(paging.by);
    let has_next = matches!(paging.by, PagedBy::Checkpoint | PagedBy::Url);
    let keys = [
        ("next", paging.next.is_some() && !has_next),
        ("next_header", paging.next_header.is_some() && (!has_next || paging.next.is_some())),
        ("next_item", paging.next_item.is_some() && !has_next_item(paging)),
        ("more", paging.more.is_some() && paging.by == PagedBy::Link),
        ("start", paging.start.is_some() && !is_by_number),
        ("total", paging.total.is_some() && !is_by_number),
        ("pages", paging.pages.is_some() && paging.by != PagedBy::Page),
        ("first", paging.first != 0 && !is_by_number),
    ];
    keys.into_iter().filter(|(_, is_meaningless)| *is_meaningless).map(|(key, _)| key).collect()
}

/// Whether the last item has the checkpoint of the next page.
fn has_next_item(paging: &Paging) -> bool {
    paging.by == PagedBy::Checkpoint && paging.next.is_none() && paging.next_header.is_none()
}

/// Whether the settings say where the next position is.
fn says_next(paging: &Paging) -> bool {
    match paging.by {
        PagedBy::Page | PagedBy::Offset | PagedBy::Link => true,
        PagedBy::Url => paging.next.is_some() || paging.next_header.is_some(),
        PagedBy::Checkpoint => !has_next_item(paging) || paging.next_item.is_some(),
    }
}

/// What no operation has, in words.
fn missing(paging: &Paging) -> String {
    let is_by_url = kind(paging.by) == PagedBy::Url;
    if paging.position.is_none() && !is_by_url {
        return "it has no `position`".to_owned();
    }
    if !says_next(paging) {
        return "it doesn't say where the next position is, in `next` or `next_header`".to_owned();
    }
    let response = wanted(paging);
    match &paging.position {
        Some(position) => {
            format!("no operation has both the optional parameter `{position}` and a response {response}")
        }
        None => format!("no operation has a response {response}"),
    }
}

/// What a response must have, in words.
fn wanted(paging: &Paging) -> String {
    let list = match &paging.items[..] {
        [] => "one list".to_owned(),
        names => format!("a list named `{}`", names.join("` or `")),
    };
    let properties = properties(paging).map(|name| format!("the property `{name}`"));
    let mut parts: Vec<String> = properties.collect();
    parts.extend(header(paging).map(|name| format!("the header `{name}`")));
    parts.push(list);
    let of_items = paging.next_item.iter().filter(|_| has_next_item(paging));
    parts.extend(of_items.map(|name| format!("the property `{name}` in its items")));
    format!("with {}", parts.join(" and "))
}

/// The properties that a response must have beside the items.
fn properties(paging: &Paging) -> impl Iterator<Item = &String> {
    let next = paging.next.iter().filter(|_| matches!(paging.by, PagedBy::Checkpoint | PagedBy::Url));
    let total = paging.total.iter().filter(|_| is_by_number(paging.by));
    let pages = paging.pages.iter().filter(|_| paging.by == PagedBy::Page);
    next.chain(total).chain(pages).chain(&paging.more)
}

/// The header that a response must declare: without a parameter, nothing else tells which lists have further pages.
fn header(paging: &Paging) -> Option<&str> {
    let header = match paging.by {
        PagedBy::Link => Some("Link"),
        PagedBy::Url if paging.next.is_none() => paging.next_header.as_deref(),
        _ => None,
    };
    header.filter(|_| paging.position.is_none())
}

impl<'a> Types<'a> {
    fn pagination(&self, operation: &Operation, paging: &Paging) -> Option<Pagination> {
        let settable = match &paging.position {
            Some(position) => Some(self.settable(operation, position)?),
            None if kind(paging.by) == PagedBy::Url => None,
            None => return None,
        };
        let fits = |ty: &TypeRef| match paging.by {
            PagedBy::Checkpoint => *ty.plain() == TypeRef::String || is_integer(ty),
            PagedBy::Page | PagedBy::Offset => is_integer(ty),
            PagedBy::Url | PagedBy::Link => true,
        };
        if !says_next(paging) {
            return None;
        }
        let [success] = &operation.successes[..] else { return None };
        let has_header = |name| success.headers.iter().any(|header| header.wire.eq_ignore_ascii_case(name));
        if !settable.as_ref().is_none_or(|position| fits(&position.ty))
            || !header(paging).is_none_or(has_header)
        {
            return None;
        }
        let content =
            success.content.as_ref().filter(|content| content.encoding == ResponseEncoding::Json)?;
        let forms = self.forms(&content.ty, paging);
        let item = forms.first()?.item.clone();
        let next_item = match paging.next_item.as_ref().filter(|_| has_next_item(paging)) {
            Some(name) => {
                let (object_name, object) = self.object(&item)?;
                let (path, property) = self.property(object, name)?;
                is_checkpoint(&self.behind(&property.ty)).then_some((object_name, path))
            }
            None => None,
        };
        if next_item.is_none() && paging.next_item.is_some() && has_next_item(paging) {
            return None;
        }
        let is_by_url = kind(paging.by) == PagedBy::Url;
        Some(Pagination {
            by: paging.by,
            position: settable.map(|position| position.input).filter(|_| !is_by_url),
            first: if is_by_number(paging.by) { paging.first } else { 0 },
            asked: self.asked(operation, paging),
            next_header: next_header(paging),
            next_item,
            // Lists of something else are another answer.
            forms: forms.into_iter().filter(|form| form.item == item).map(|form| form.form).collect(),
            item,
        })
    }

    fn asked(&self, operation: &Operation, paging: &Paging) -> Vec<(Input, Asked)> {
        let settable = |name: &Option<String>| self.settable(operation, name.as_ref()?);
        let size = settable(&paging.size).filter(|size| is_integer(&size.ty)).and_then(|size| {
            let Settable { input, rules, .. } = size;
            let maximum = rules.iter().find_map(|rule| match rule {
                Rule::Maximum(limit) => limit.as_i64(),
                _ => None,
            });
            maximum.map(|limit| (input, Asked::Number(limit)))
        });
        let totals = settable(&paging.totals).filter(|totals| totals.ty == TypeRef::Boolean);
        size.into_iter().chain(totals.map(|totals| (totals.input, Asked::True))).collect()
    }

    /// The forms of a page that a response of type `ty` can have, those that say what follows first. None if no
    /// form does.
    fn forms(&self, ty: &TypeRef, paging: &Paging) -> Vec<Form<'a>> {
        let named = match ty {
            TypeRef::Named(name) => self.kind(name).map(|kind| (name, kind)),
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
        if let TypeRef::List(item) = self.behind(ty) {
            let says_what_follows = is_by_number(paging.by) || properties(paging).next().is_none();
            return Some(Form { form, item: *item, properties: &[], says_what_follows });
        }
        let (name, object) = self.object(ty)?;
        let (items, item) = self.items(object, paging)?;
        form.object = Some(name);
        form.items = Some(items);
        let find = |name: &Option<String>, fits: fn(&TypeRef) -> bool| {
            let (path, property) = self.property(object, name.as_ref()?)?;
            fits(&self.behind(&property.ty)).then_some(path)
        };
        match paging.by {
            PagedBy::Checkpoint => form.next = find(&paging.next, is_checkpoint),
            PagedBy::Url => form.next = find(&paging.next, |ty| *ty.plain() == TypeRef::String),
            PagedBy::Page | PagedBy::Offset => {
                form.start = find(&paging.start, is_number);
                form.total = find(&paging.total, is_number);
            }
            PagedBy::Link => {}
        }
        if paging.by == PagedBy::Page {
            form.pages = find(&paging.pages, is_number);
        }
        if paging.by != PagedBy::Link {
            form.more = find(&paging.more, |ty| *ty == TypeRef::Boolean);
        }
        let found = [&form.next, &form.total, &form.pages, &form.more].into_iter().flatten().count();
        let says_what_follows = found == properties(paging).count();
        if let (PagedBy::Checkpoint, None, Some(next)) = (paging.by, &form.next, &paging.next)
            && !matches!(object.additional, Additional::Typed(..))
            && !next.contains(['.', '/'])
        {
            form.next_in = Some(next.clone());
        }
        Some(Form { form, item, properties: &object.properties, says_what_follows })
    }

    /// The property with the items, and the items' type.
    fn items(&self, object: &'a Object, paging: &Paging) -> Option<(Path, TypeRef)> {
        let item = |property: &Property| match self.behind(&property.ty) {
            TypeRef::List(item) => Some(*item),
            _ => None,
        };
        let mut lists = object.properties.iter().filter_map(|property| Some((property, item(property)?)));
        match (&paging.items[..], lists.next(), lists.next()) {
            ([], Some((only, item)), None) => Some((vec![only.wire.clone()], item)),
            (names, ..) => names.iter().find_map(|name| {
                let (path, property) = self.property(object, name)?;
                Some((path, item(property)?))
            }),
        }
    }
}

/// The header with what follows, if it is in one.
fn next_header(paging: &Paging) -> Option<String> {
    match paging.by {
        PagedBy::Link => Some("Link".to_owned()),
        PagedBy::Checkpoint | PagedBy::Url if paging.next.is_none() => paging.next_header.clone(),
        _ => None,
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

fn is_checkpoint(ty: &TypeRef) -> bool {
    matches!(ty.plain(), TypeRef::String | TypeRef::Uuid) || is_integer(ty)
}

fn is_integer(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Int32 | TypeRef::Int64 | TypeRef::UInt64)
}

fn is_number(ty: &TypeRef) -> bool {
    is_integer(ty) || matches!(ty, TypeRef::Float | TypeRef::Double)
}
