//! Rules about the type of a value, wherever it stands.

use super::*;

kinds! { Value:
    TYPE_CHANGED = "type-changed", Major, "{name}: the type was {before} and is {after}",
        Sides::Both {
            request: breaking("Send values of the new type."),
            response: breaking("Read values of the new type."),
        },
        "Neither type has all values of the other. The old crate sends values that the server rejects, and can't read those \
         that the server sends. If a property is optional, a value that it can't read is preserved among the additional properties.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: boolean}}}");
    TYPE_NARROWED = "type-narrowed", Major, "{name}: the type was {before} and is only {after}",
        Sides::Both {
            request: breaking("Send values of the new type only."),
            response: compatible("Read values of the new type."),
        },
        "The new type has only some of the old type's values: a number becomes an integer, or any string a date.",
        schema("{type: object, properties: {a: {type: number}}}", "{type: object, properties: {a: {type: integer}}}");
    TYPE_WIDENED = "type-widened", Major, "{name}: the type was {before} and can be any {after}",
        Sides::Both {
            request: compatible("Pass values of the new type."),
            response: breaking("Expect values that the old type didn't have."),
        },
        "The new type has values that the old one didn't have, and that the old crate may not be able to read.",
        schema("{type: object, properties: {a: {type: integer}}}", "{type: object, properties: {a: {type: number}}}");
    FORMAT_NARROWED = "format-narrowed", Major, "{name}: the value was {before} and is only {after}",
        Sides::Both {
            request: breaking("Send only values in this format."),
            response: compatible("Read the value in its new format."),
        },
        "Any string or integer was allowed. Now it must have a format: a date, a UUID, or one of several values.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string, format: date-time}}}");
    FORMAT_WIDENED = "format-widened", Major, "{name}: the value was {before} and can be any {after}",
        Sides::Both {
            request: compatible("Pass any value."),
            response: risky("Don't rely on the format."),
        },
        "The value had a format, or was one of several, and can now be any string or integer. Those are preserved unchanged, so the \
         old crate can read them.",
        schema("{type: object, properties: {a: {type: string, format: date-time}}}", "{type: object, properties: {a: {type: string}}}");
    TYPE_GREW = "type-grew", Major, "{name}: the type was {before} and is {after}, which has {properties} beside",
        Sides::Both {
            request: compatible("Pass the new type."),
            response: compatible("Read the new type."),
        },
        "Another type stands here. Its values are those of the old one, but for properties that may be absent.",
        schema("{type: object, properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/D'}}}",
            "{type: object, properties: {a: {$ref: '#/components/schemas/D'}, b: {$ref: '#/components/schemas/D'}}}");
    TYPE_REPLACED = "type-replaced", Major, "{name}: the type was {before} and is {after}",
        Sides::Both {
            request: compatible("Pass the new type, and look at what is told of its properties."),
            response: compatible("Read the new type, and look at what is told of its properties."),
        },
        "Another type stands here, which has much in common with the old one. What differs is told of the properties of the new \
         type, and what it means.",
        schema("{type: object, properties: {a: {$ref: '#/components/schemas/D'}, b: {$ref: '#/components/schemas/A'}, \
              c: {$ref: '#/components/schemas/D'}}}",
            "{type: object, properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/A'}, \
              c: {$ref: '#/components/schemas/D'}}}");
    FORMAT_ADDED = "format-added", Patch, "{name}: `format` was {before} and is {after}",
        Sides::Both {
            request: risky("Send only strings in this format. The crate doesn't check it."),
            response: compatible("Nothing."),
        },
        "The string got a format that no type of the crate stands for. A server may reject strings that aren't in it.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string, format: email}}}");
    FORMAT_GONE = "format-gone", Patch, "{name}: `format` was {before} and is {after}",
        Sides::Both {
            request: compatible("Nothing."),
            response: risky("Don't rely on the string's format."),
        },
        "The string had a format that no type of the crate stands for, and can now be any string.",
        schema("{type: object, properties: {a: {type: string, format: email}}}", "{type: object, properties: {a: {type: string}}}");
    FORMAT_REPLACED = "format-replaced", Major, "{name}: `format` was {before} and is {after}",
        Sides::Both {
            request: breaking("Send strings in the new format."),
            response: risky("Expect strings in the new format."),
        },
        "The string has another format. The server rejects strings in the old one; those that it sends are preserved unchanged.",
        schema("{type: object, properties: {a: {type: string, format: uuid}}}", "{type: object, properties: {a: {type: string, format: uri}}}");
    KEYWORD_CHANGED = "keyword-changed", Patch, "{name}: `{keyword}` was {before} and is {after}",
        Sides::Both {
            request: risky("Read what it means, and send only values that obey it. The crate doesn't check it."),
            response: risky("Read what it means, and check that your code expects such values."),
        },
        "A keyword changed that neither a type nor a check of the crate expresses, so that nobody can say what it breaks \
         without reading it.",
        schema("{type: object, properties: {a: {type: string}}, dependentRequired: {a: [b]}}", "{type: object, properties: {a: {type: string}}}");
    KEYWORD_TIGHTENED = "keyword-tightened", Patch, "{name}: `{keyword}` was {before} and is {after}",
        Sides::Both {
            request: breaking("Send only values that obey it. The crate doesn't check it."),
            response: risky("Read what it means, and check that your code expects such values."),
        },
        "A keyword that forbids values is new or says something else, so that the server rejects values that were valid. The crate \
         doesn't check it.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string}}, dependentRequired: {a: [b]}}");
    BECAME_NULLABLE = "became-nullable", Major, "{name} can be null",
        Sides::Both {
            request: compatible("Use the setters for a value and for null."),
            response: breaking("Expect null."),
        },
        "The old crate can't read null where it requires a value.",
        schema("{type: object, required: [a], properties: {a: {type: string}}}",
            "{type: object, required: [a], properties: {a: {type: [string, 'null']}}}");
    OPTIONAL_BECAME_NULLABLE = "optional-property-became-nullable", Major, "{name} can be null",
        Sides::Both {
            request: compatible("Use the setters for a value and for null."),
            response: risky("Expect null."),
        },
        "The property was optional. The old crate preserves null among the additional properties. The field becomes a `Patch`.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: [string, 'null']}}}");
    BECAME_NOT_NULLABLE = "became-not-nullable", Major, "{name} can no longer be null",
        Sides::Both {
            request: breaking("Don't send null."),
            response: compatible("Don't expect null."),
        },
        "The server rejects null, or no longer sends it.",
        schema("{type: object, properties: {a: {type: [string, 'null']}}}", "{type: object, properties: {a: {type: string}}}");
    DEFAULT_CHANGED = "default-changed", Patch, "{name}: the default was {before} and is {after}",
        Sides::Both {
            request: risky("Send the value if it matters."),
            response: compatible("If your code fills in the default, use the new one."),
        },
        "The server assumes the default for a value that isn't sent. The crate doesn't send defaults by itself.",
        schema("{type: object, properties: {a: {type: integer, default: 1}}}", "{type: object, properties: {a: {type: integer, default: 2}}}");
    DESCRIPTION_CHANGED = "description-changed", Patch, "the description changed",
        Sides::Neither(compatible("Read it.")),
        "Descriptions are text for people. Sometimes they are the only place that mentions a change of behaviour.",
        operation("{description: Makes a thing., responses: {'204': {description: Done.}}}",
            "{description: Makes a thing and tells., responses: {'204': {description: Done.}}}");
}
