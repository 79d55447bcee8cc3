//! How the values of parameters and headers are written.

use super::Comparison;
use super::index::{Index, on_the_wire, without_null};
use crate::api::{BodyEncoding, Parameter, Style, TypeKind, TypeRef};

/// How deep types within types are looked at.
const MAX_DEPTH: usize = 12;

impl Comparison<'_> {
    /// Whether the same value is written in another way.
    pub(super) fn is_written_otherwise(&self, old: &Parameter, new: &Parameter) -> bool {
        let whole = |parameter: &Parameter| (parameter.allow_reserved, parameter.as_json);
        if whole(old) != whole(new) || old.as_form != new.as_form {
            return true;
        }
        if old.as_json || old.as_form.is_some() {
            return false;
        }
        let styles = (old.style, new.style);
        if is_scalar(&self.pairs.old, &old.ty, 0) && is_scalar(&self.pairs.new, &new.ty, 0) {
            // Only how several values are joined differs.
            let joins =
                |style: Style| matches!(style, Style::Form | Style::SpaceDelimited | Style::PipeDelimited);
            return styles.0 != styles.1 && !(joins(styles.0) && joins(styles.1));
        }
        styles.0 != styles.1 || old.explode != new.explode
    }
}

/// Whether all values are written as one text.
fn is_scalar(index: &Index<'_>, ty: &TypeRef, depth: usize) -> bool {
    let (ty, _) = without_null(ty);
    match on_the_wire(ty).plain() {
        _ if depth > MAX_DEPTH => false,
        TypeRef::Named(name) => match index.get(name).map(|definition| &definition.kind) {
            Some(TypeKind::Alias(alias)) => is_scalar(index, &alias.ty, depth + 1),
            Some(TypeKind::Enum(_)) => true,
            Some(TypeKind::Union(union)) => {
                union.variants.iter().all(|variant| is_scalar(index, &variant.ty, depth + 1))
            }
            Some(TypeKind::Object(_)) | None => false,
        },
        TypeRef::List(_)
        | TypeRef::Map(_)
        | TypeRef::Tuple(_)
        | TypeRef::Json
        | TypeRef::JsonObject
        | TypeRef::Own(_) => false,
        _ => true,
    }
}

pub(super) fn style_words(parameter: &Parameter) -> String {
    if parameter.as_json {
        return "JSON".to_owned();
    }
    if let Some(properties) = &parameter.as_form {
        return super::bodies::encoding_words(&BodyEncoding::Form(properties.clone()));
    }
    let explode = if parameter.explode { ", exploded" } else { "" };
    let reserved = if parameter.allow_reserved { ", reserved characters as they are" } else { "" };
    format!("{}{explode}{reserved}", super::bodies::style_word(parameter.style))
}
