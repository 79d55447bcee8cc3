//! Rules about what a value obeys beside its type.

use super::*;

/// A constraint that is tightened and loosened.
macro_rules! constraints {
    ($($tight:ident $loose:ident = $name:literal, $keyword:literal, $of:literal, $tighter:literal, $looser:literal;)*) => {
        kinds! { Constraint:
            $(
                $tight = concat!($name, "-tightened"), Patch,
                    concat!("{name}: `", $keyword, "` was {before} and is {after}"),
                    Sides::Both {
                        request: breaking("Send only values that obey it. The crate checks that before sending."),
                        response: compatible("Nothing."),
                    },
                    concat!("`", $keyword, "` is new or allows less than before. The server rejects values that were valid."),
                    schema(
                        concat!("{type: object, properties: {a: {", $of, $looser, "}}}"),
                        concat!("{type: object, properties: {a: {", $of, $tighter, "}}}"),
                    );
                $loose = concat!($name, "-loosened"), Patch,
                    concat!("{name}: `", $keyword, "` was {before} and is {after}"),
                    Sides::Both {
                        request: compatible("Nothing. To send what is now allowed, update the crate, which checks it."),
                        response: risky("Check that longer, larger or other values fit wherever you store them."),
                    },
                    concat!("`", $keyword, "` is gone or allows more than before. The crate doesn't check what a server \
                        sends, so that it can read such values; the callers' own limits may not hold."),
                    schema(
                        concat!("{type: object, properties: {a: {", $of, $tighter, "}}}"),
                        concat!("{type: object, properties: {a: {", $of, $looser, "}}}"),
                    );
            )*
        }
    };
}

// The columns: the rule, the keyword, then the example's schema and the tighter and the looser constraint in it.
constraints! {
    MIN_LENGTH_TIGHTENED MIN_LENGTH_LOOSENED = "min-length", "minLength", "type: string", ", minLength: 2", "";
    MAX_LENGTH_TIGHTENED MAX_LENGTH_LOOSENED = "max-length", "maxLength", "type: string", ", maxLength: 5", ", maxLength: 9";
    PATTERN_TIGHTENED PATTERN_LOOSENED = "pattern", "pattern", "type: string", ", pattern: '^a'", "";
    MINIMUM_TIGHTENED MINIMUM_LOOSENED = "minimum", "minimum", "type: integer", ", minimum: 2", ", minimum: 1";
    MAXIMUM_TIGHTENED MAXIMUM_LOOSENED = "maximum", "maximum", "type: integer", ", maximum: 5", ", maximum: 9";
    EXCLUSIVE_MINIMUM_TIGHTENED EXCLUSIVE_MINIMUM_LOOSENED = "exclusive-minimum", "exclusiveMinimum", "type: integer", ", exclusiveMinimum: 2", "";
    EXCLUSIVE_MAXIMUM_TIGHTENED EXCLUSIVE_MAXIMUM_LOOSENED = "exclusive-maximum", "exclusiveMaximum", "type: integer", ", exclusiveMaximum: 5", "";
    MULTIPLE_OF_TIGHTENED MULTIPLE_OF_LOOSENED = "multiple-of", "multipleOf", "type: integer", ", multipleOf: 4", ", multipleOf: 2";
    MIN_ITEMS_TIGHTENED MIN_ITEMS_LOOSENED = "min-items", "minItems", "type: array, items: {type: string}", ", minItems: 1", "";
    MAX_ITEMS_TIGHTENED MAX_ITEMS_LOOSENED = "max-items", "maxItems", "type: array, items: {type: string}", ", maxItems: 5", ", maxItems: 9";
    UNIQUE_ITEMS_TIGHTENED UNIQUE_ITEMS_LOOSENED = "unique-items", "uniqueItems", "type: array, items: {type: string}", ", uniqueItems: true", "";
    MIN_PROPERTIES_TIGHTENED MIN_PROPERTIES_LOOSENED = "min-properties", "minProperties", "type: object", ", minProperties: 1", "";
    REQUIRED_NAMES_TIGHTENED REQUIRED_NAMES_LOOSENED = "required-names", "required", "type: object", ", required: [b]", "";
    LISTED_VALUES_TIGHTENED LISTED_VALUES_LOOSENED = "listed-values", "const", "type: boolean", ", const: true", "";
    MAX_PROPERTIES_TIGHTENED MAX_PROPERTIES_LOOSENED = "max-properties", "maxProperties", "type: object", ", maxProperties: 5", ", maxProperties: 9";
}
