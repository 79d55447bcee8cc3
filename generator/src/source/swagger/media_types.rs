//! The media types of bodies: `consumes` and `produces`.

use std::borrow::Cow;

use crate::source::at::At;
use crate::text::{Place, escape};

/// The names of media types at `at`, each with its place; `default` if there are none.
pub(super) fn media_types(at: Option<At<'_>>, default: &Place) -> MediaTypes {
    let declared = at.iter().flat_map(At::items);
    let named = declared.filter_map(|item| Some((item.value.as_str()?.to_owned(), item.place)));
    let named: Vec<_> = named.collect();
    match named.is_empty() {
        true => {
            MediaTypes { list: vec![("application/json".to_owned(), default.clone())], are_declared: false }
        }
        false => MediaTypes { list: named, are_declared: true },
    }
}

/// The media types of bodies.
#[derive(Clone, Debug)]
pub(super) struct MediaTypes {
    /// Their names, each with its place.
    pub list: Vec<(String, Place)>,
    /// Whether the document names them.
    pub are_declared: bool,
}

impl MediaTypes {
    /// The first one, as a token of a JSON Pointer.
    pub(super) fn first(&self) -> String {
        self.list.first().map(|(name, _)| escape(name)).unwrap_or_default()
    }
}

/// The media types of an operation.
pub(super) struct Effective<'d> {
    /// Those that it has itself or by default.
    pub types: Cow<'d, MediaTypes>,
    /// Those that operations have by default, if it has others.
    pub instead_of: Option<&'d MediaTypes>,
}

impl<'d> Effective<'d> {
    /// Those that `own`, of an operation at `place`, says, or the `default` ones.
    pub(super) fn of(own: Option<At<'_>>, default: &'d MediaTypes, place: &Place) -> Self {
        let Some(own) = own else { return Self { types: Cow::Borrowed(default), instead_of: None } };
        let types = media_types(Some(own), place);
        let is_same = types.list.iter().map(|(name, _)| name).eq(default.list.iter().map(|(name, _)| name));
        Self { types: Cow::Owned(types), instead_of: (!is_same).then_some(default) }
    }
}

/// What operations have unless they say otherwise.
pub(super) struct Defaults {
    pub consumes: MediaTypes,
    pub produces: MediaTypes,
}

impl Defaults {
    /// What the document `root` says.
    pub(super) fn of(root: &At<'_>) -> Self {
        let of = |name| media_types(root.get(name), &root.place.child("swagger"));
        Self { consumes: of("consumes"), produces: of("produces") }
    }
}
