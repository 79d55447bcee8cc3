//! Rules about the type of a value, wherever it stands.

use super::*;

kinds! { Value:
    TYPE_CHANGED = "type-changed", Major, "{name}: the type was {before} and is {after}",
        Sides::Both {
            request: breaking("Send values of the new type."),
            response: breaking("Read values of the new type."),
        },
        "Neither type has all values of the other. The old crate sends what the server refuses, and can't read what the \
         server sends; the value of an optional property that it can't read is kept among the additional properties.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: boolean}}}");
    TYPE_NARROWED = "type-narrowed", Major, "{name}: the type was {before} and is only {after}",
        Sides::Both {
            request: breaking("Send values of the new type only."),
            response: compatible("Read values of the new type."),
        },
        "The new type has only some of the values that the old one had: a number becomes an integer, any text a date.",
        schema("{type: object, properties: {a: {type: number}}}", "{type: object, properties: {a: {type: integer}}}");
    TYPE_WIDENED = "type-widened", Major, "{name}: the type was {before} and can be any {after}",
        Sides::Both {
            request: compatible("Give values as of the new type."),
            response: breaking("Expect values that the old type hadn't."),
        },
        "The new type has values that the old one hadn't, which the old crate may not be able to read.",
        schema("{type: object, properties: {a: {type: integer}}}", "{type: object, properties: {a: {type: number}}}");
    FORMAT_NARROWED = "format-narrowed", Major, "{name}: the text was {before} and is only {after}",
        Sides::Both {
            request: breaking("Send texts of this form only."),
            response: compatible("Read the text as what it is now."),
        },
        "Any text was allowed, and now only those of a form: a date, a UUID, one of several values.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string, format: date-time}}}");
    FORMAT_WIDENED = "format-widened", Major, "{name}: the text was {before} and can be any {after}",
        Sides::Both {
            request: compatible("Give any text."),
            response: risky("Don't count on the form of the text."),
        },
        "The text had a form, and can be any now. The crate keeps texts to the letter, so that the old one can read them.",
        schema("{type: object, properties: {a: {type: string, format: date-time}}}", "{type: object, properties: {a: {type: string}}}");
    BECAME_NULLABLE = "became-nullable", Major, "{name} can be null",
        Sides::Both {
            request: compatible("Use the setters for a value and for null."),
            response: breaking("Expect null."),
        },
        "The old crate can't read null where it must have a value.",
        schema("{type: object, required: [a], properties: {a: {type: string}}}",
            "{type: object, required: [a], properties: {a: {type: [string, 'null']}}}");
    OPTIONAL_BECAME_NULLABLE = "optional-property-became-nullable", Major, "{name} can be null",
        Sides::Both {
            request: compatible("Use the setters for a value and for null."),
            response: risky("Expect null."),
        },
        "The property could be left out. The old crate keeps null among the additional properties; the field becomes a `Patch`.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, properties: {a: {type: [string, 'null']}}}");
    BECAME_NOT_NULLABLE = "became-not-nullable", Major, "{name} can't be null any more",
        Sides::Both {
            request: breaking("Don't send null."),
            response: compatible("Don't wait for null."),
        },
        "The server refuses null, or doesn't send it any more.",
        schema("{type: object, properties: {a: {type: [string, 'null']}}}", "{type: object, properties: {a: {type: string}}}");
    DEFAULT_CHANGED = "default-changed", Patch, "{name}: the default was {before} and is {after}",
        Sides::Both {
            request: risky("Send the value if it matters."),
            response: compatible("Take the new default for what isn't there, if that is done anywhere."),
        },
        "What the server takes for a value that isn't sent. The crate sends no defaults by itself.",
        schema("{type: object, properties: {a: {type: integer, default: 1}}}", "{type: object, properties: {a: {type: integer, default: 2}}}");
    DESCRIPTION_CHANGED = "description-changed", Patch, "the description changed",
        Sides::Neither(compatible("Read it.")),
        "Descriptions are text for people. Sometimes they are the only place where a change of behaviour is said.",
        operation("{description: Makes a thing., responses: {'204': {description: Done.}}}",
            "{description: Makes a thing and tells., responses: {'204': {description: Done.}}}");
}
