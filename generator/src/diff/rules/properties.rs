//! Rules about properties.

use super::*;

const A: &str = "{type: object, properties: {a: {type: string}}}";
const AB: &str = "{type: object, properties: {a: {type: string}, b: {type: string}}}";
const A_REQUIRED_B: &str =
    "{type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}";

kinds! { Property:
    OPTIONAL_PROPERTY_ADDED = "optional-property-added", Minor, "the property {name} is new",
        Sides::Both { request: compatible(NOTHING), response: compatible(NOTHING) },
        "The type has a new field and a setter. Until now, a response's value was among the additional properties.",
        schema(A, AB);
    REQUIRED_PROPERTY_ADDED = "required-property-added", Major, "the property {name} is new and required",
        Sides::Both {
            request: breaking("Pass the new property."),
            response: compatible(NOTHING),
        },
        "The server rejects requests without it. It is an argument of `new`, and of the functions of operations whose \
         body the object is. A type without required properties loses `Default`.",
        schema(A, A_REQUIRED_B);
    OPTIONAL_PROPERTY_REMOVED = "optional-property-removed", Major, "the property {name} is gone",
        Sides::Both {
            request: risky("Stop sending it, and look for a replacement."),
            response: risky("Stop using it. If the server still sends it, it is among the additional properties."),
        },
        "The server ignores the unknown property or rejects the request. Responses didn't have to have it.",
        schema(AB, A);
    REQUIRED_PROPERTY_REMOVED = "required-property-removed", Major, "the required property {name} is gone",
        Sides::Both {
            request: risky("Stop sending it, and look for a replacement."),
            response: breaking("Update the crate: the old one can't read responses without it."),
        },
        "The old crate always sends it, and can't read responses without it.",
        schema(A_REQUIRED_B, A);
    CLOSED_PROPERTY_REMOVED = "closed-property-removed", Major, "the property {name} is gone, and additional properties aren't allowed",
        Sides::Only { direction: Direction::Request, side: breaking("Stop sending it, and look for a replacement."),
            why: "Whether a response may have additional properties makes no difference to its readers: see optional-property-removed." },
        "With `additionalProperties: false` the server rejects requests that have it.",
        schema("{type: object, additionalProperties: false, properties: {a: {type: string}, b: {type: string}}}",
            "{type: object, additionalProperties: false, properties: {a: {type: string}}}");
    PROPERTY_BECAME_REQUIRED = "property-became-required", Major, "the property {name} is required",
        Sides::Both {
            request: breaking("Always pass the property."),
            response: compatible("Read it without checking for its absence."),
        },
        "The server rejects requests without it. The field is no longer an `Option`.",
        schema(AB, A_REQUIRED_B);
    PROPERTY_BECAME_OPTIONAL = "property-became-optional", Major, "the property {name} is optional",
        Sides::Both {
            request: compatible("Use the setter instead of the argument."),
            response: breaking("Expect it to be absent."),
        },
        "The old crate can't read responses without it. The field becomes an `Option`.",
        schema(A_REQUIRED_B, AB);
    WRITE_ONLY_BECAME_REQUIRED = "write-only-property-became-required", Patch, "the property {name} is required in requests",
        Sides::Only { direction: Direction::Request, side: breaking("Always pass the property."),
            why: "Responses never have it." },
        "The property is `writeOnly` and the type is both sent and read, so the field stays an `Option`. The crate \
         doesn't send requests without it.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string, writeOnly: true}}}",
            new: "{type: object, required: [a], properties: {a: {type: string, writeOnly: true}}}" };
    WRITE_ONLY_BECAME_OPTIONAL = "write-only-property-became-optional", Patch, "the property {name} is optional in requests",
        Sides::Only { direction: Direction::Request, side: compatible(NOTHING),
            why: "Responses never have it." },
        "The property is `writeOnly` and the type is both sent and read. The crate no longer checks that requests have it.",
        Example { frame: Frame::BothWays,
            old: "{type: object, required: [a], properties: {a: {type: string, writeOnly: true}}}",
            new: "{type: object, properties: {a: {type: string, writeOnly: true}}}" };
    BECAME_READ_ONLY = "property-became-read-only", Major, "only the server sets {name}",
        Sides::Both {
            request: risky("Don't send it."),
            response: compatible(NOTHING),
        },
        "The server ignores a `readOnly` property in a request or rejects the request. The property's setters are gone.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string}}}",
            new: "{type: object, properties: {a: {type: string, readOnly: true}}}" };
    BECAME_NOT_READ_ONLY = "property-became-not-read-only", Minor, "{name} can be sent",
        Sides::Both {
            request: compatible(NOTHING),
            response: compatible(NOTHING),
        },
        "The property is no longer `readOnly`, and has setters.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string, readOnly: true}}}",
            new: "{type: object, properties: {a: {type: string}}}" };
    BECAME_WRITE_ONLY = "property-became-write-only", Major, "the server doesn't return {name}",
        Sides::Both {
            request: compatible("Read it as a secret."),
            response: breaking("Stop using it in responses."),
        },
        "The required property is `writeOnly`, and so a secret. The old crate can't read responses without it.",
        Example { frame: Frame::BothWays,
            old: "{type: object, required: [a], properties: {a: {type: string}}}",
            new: "{type: object, required: [a], properties: {a: {type: string, writeOnly: true}}}" };
    OPTIONAL_BECAME_WRITE_ONLY = "optional-property-became-write-only", Major, "the server doesn't return {name}",
        Sides::Both {
            request: compatible("Read it as a secret."),
            response: risky("Don't rely on it in responses."),
        },
        "The optional property is `writeOnly`, and so a secret. The old crate reads responses without it.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string}}}",
            new: "{type: object, properties: {a: {type: string, writeOnly: true}}}" };
    BECAME_NOT_WRITE_ONLY = "property-became-not-write-only", Major, "the server returns {name}",
        Sides::Both {
            request: compatible("Read it as a plain value."),
            response: compatible(NOTHING),
        },
        "The property is no longer `writeOnly`, and so is not a secret for that reason.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string, writeOnly: true}}}",
            new: "{type: object, properties: {a: {type: string}}}" };
}
