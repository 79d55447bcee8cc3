//! The macro of unions whose tags select several alternatives.

/// Implements a union whose alternatives are selected by a property, of which several can have the same value: the one
/// of them that fits best is taken. The rows are those of `tagged_union!`.
#[doc(hidden)]
#[macro_export]
macro_rules! shared_tags_union {
    (
        $name:ident $(without $without:ident)? by $property:literal $(, otherwise $default:ident)? {
            $($variant:ident($ty:ty): $($tag:literal),+, [$($rule:expr),* $(,)?] $(, writes $written:literal)?;)*
        } $unknown:ident
    ) => {
        $crate::model::unions::union_traits! {
            read(reader) {
                let found = reader.peek_property($property);
                let tag = found.as_deref();
                let selected = [$(matches!(tag, Some($($tag)|+))),*];
                match selected.iter().filter(|is_selected| **is_selected).count() {
                    0 => $crate::model::unions::read_otherwise!(reader, Self::$unknown $(, Self::$default)?),
                    1 => match tag {
                        $(tag if matches!(tag, Some($($tag)|+)) => {
                            $crate::model::unions::fitting(reader, Self::$variant, Self::$unknown)
                        })*
                        _ => $crate::model::unions::read_otherwise!(reader, Self::$unknown $(, Self::$default)?),
                    },
                    _ => {
                        let mut best = $crate::model::unions::Best::of(reader);
                        while best.wants_alternatives(reader) {
                            $(if matches!(tag, Some($($tag)|+)) {
                                best.consider(reader, Self::$variant);
                            } else {
                                best.pass_over();
                            })*
                        }
                        best.take(reader, Self::$unknown)
                    }
                }
            }
            $name $(without $without)? { $($variant [$($rule),*] $(as $property $written)?;)* } $unknown
        }
    };
}
#[doc(hidden)]
pub use shared_tags_union;

#[cfg(test)]
mod tests {
    use crate::json::decode::from_slice;
    use crate::json::writer::to_vec;
    use crate::prelude::*;

    macro_rules! alternative {
        ($name:ident $own:ident $wire:literal $ty:ty) => {
            #[derive(Clone, PartialEq)]
            struct $name {
                kind: String,
                $own: $ty,
                additional_properties: JsonObject,
            }

            object! {
                $name { kind: "kind", required, []; $own: $wire, required, []; }
                additional_properties: open [];
                rules: [];
            }
        };
    }
    alternative! { Circle radius "radius" i64 }
    alternative! { Square side "side" i64 }
    alternative! { Text text "text" String }

    #[derive(Clone, Debug, PartialEq)]
    enum Form {
        Circle(Circle),
        Square(Square),
        Text(Text),
        Unknown(Json),
    }

    shared_tags_union! {
        Form by "kind" {
            Circle(Circle): "shape", [], writes "shape";
            Square(Square): "shape", "box", [];
            Text(Text): "text", [], writes "text";
        } Unknown
    }

    #[test]
    fn the_tag_selects_and_the_best_match_decides() {
        for (text, name) in [
            (r#"{"kind":"shape","radius":1}"#, "Circle"),
            (r#"{"kind":"shape","side":1}"#, "Square"),
            (r#"{"kind":"box","side":1}"#, "Square"),
            (r#"{"kind":"text","text":"a","radius":1}"#, "Text"),
            (r#"{"kind":"box","radius":1}"#, "Unknown"),
            (r#"{"kind":"shape","text":"a"}"#, "Unknown"),
            (r#"{"kind":"other","radius":1}"#, "Unknown"),
            (r#"{"radius":1}"#, "Unknown"),
            ("7", "Unknown"),
        ] {
            let read: Form = from_slice(text.as_bytes()).unwrap();
            assert!(format!("{read:?}").starts_with(name), "{text}: {read:?}");
            assert_eq!(to_vec(&read).unwrap(), text.as_bytes());
        }
    }

    #[test]
    fn equal_values_have_the_same_hash() {
        let read = |text: &str| from_slice::<Form>(text.as_bytes()).unwrap();
        let forms: std::collections::HashSet<Form> = [
            r#"{"kind":"circle","radius":1,"x":[1,{"a":null}]}"#,
            r#"{"x":[1,{"a":null}],"radius":1,"kind":"circle"}"#,
            r#"{"kind":"circle","radius":2}"#,
            "7",
        ]
        .map(read)
        .into();
        assert_eq!(forms.len(), 3, "{forms:?}");
    }
}
