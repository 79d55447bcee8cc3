//! Cargo features for alternatives of unions: who sets up one kind of a thing needn't compile the others.

use super::features::RESERVED;
use super::names::unique;
use crate::api::{Feature, Model, Tagging, TypeDef, TypeKind, Union};
use crate::diagnostics::{Diagnostics, Place, codes};
use crate::settings::{Family, Settings};

/// Gives each alternative that the settings name its feature, and adds the features to those of groups.
pub(super) fn find(
    models: &mut [Model],
    features: &mut Vec<Feature>,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    for (index, family) in settings.features.iter().enumerate() {
        let mut place = Place::default();
        let mut types = models.iter_mut().flat_map(|model| &mut model.types);
        let union = types.find(|definition| definition.name == *family.union);
        let given = check_name(&family.feature, features)
            .and_then(|()| union.ok_or_else(|| format!("there is no type `{}`", family.union)))
            .and_then(|union| {
                place = union.place.clone();
                give(family, union)
            });
        match given {
            Ok(()) => add(features, family),
            Err(problem) => {
                let message = format!("`features[{index}]` in the settings is invalid: {problem}");
                diagnostics.report(
                    &codes::INVALID_FEATURE,
                    &place,
                    message,
                    "Correct the entry, or remove it.",
                );
            }
        }
    }
}

/// The name as cargo takes it in a manifest and on the command line.
fn check_name(name: &str, features: &[Feature]) -> Result<(), String> {
    let first = name.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic());
    let rest = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if !first || !rest {
        return Err(format!(
            "{name:?} isn't a valid feature name: it must start with a letter, followed by letters, digits, `-` and `_`"
        ));
    }
    if RESERVED.contains(&name) {
        return Err(format!("the feature name `{name}` is reserved"));
    }
    if features.iter().any(|feature| feature.name == name && feature.group.is_some()) {
        return Err(format!("`{name}` is already the feature of a group of operations"));
    }
    Ok(())
}

fn give(family: &Family, definition: &mut TypeDef) -> Result<(), String> {
    let name = &definition.name;
    let TypeKind::Union(Union { tagging: Tagging::Sibling, variants, .. }) = &mut definition.kind else {
        return Err(format!("`{name}` isn't a union that is selected by a property beside it"));
    };
    for tag in &family.alternatives {
        let Some(variant) = variants.iter_mut().find(|variant| variant.tags.contains(tag)) else {
            return Err(format!("`{name}` has no alternative {tag:?}"));
        };
        if let Some(other) = &variant.feature {
            return Err(format!("the alternative {tag:?} already has the feature `{other}`"));
        }
        variant.feature = Some(family.feature.clone());
    }
    Ok(())
}

fn add(features: &mut Vec<Feature>, family: &Family) {
    let alternatives = (unique(&family.union), family.alternatives.clone());
    match features.iter_mut().find(|feature| feature.name == family.feature) {
        Some(feature) => feature.alternatives.push(alternatives),
        None => features.push(Feature {
            name: family.feature.clone(),
            group: None,
            alternatives: vec![alternatives],
        }),
    }
}
