//! Rules about properties.

use super::*;

const A: &str = "{type: object, properties: {a: {type: string}}}";
const AB: &str = "{type: object, properties: {a: {type: string}, b: {type: string}}}";
const A_REQUIRED_B: &str =
    "{type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}";

kinds! { Property:
    OPTIONAL_PROPERTY_ADDED = "optional-property-added", Minor, "the property {name} is new",
        Sides::Both { request: compatible(NOTHING), response: compatible(NOTHING) },
        "A field, and a setter if a request can have it. Before, a response's value was among the additional properties.",
        schema(A, AB);
    REQUIRED_PROPERTY_ADDED = "required-property-added", Major, "the property {name} is new, and must be there",
        Sides::Both {
            request: breaking("Give the new property."),
            response: compatible(NOTHING),
        },
        "The server refuses requests without it. It is an argument of `new`, and of the functions of operations whose \
         body the object is. A type all of whose properties could be left out loses `Default`.",
        schema(A, A_REQUIRED_B);
    OPTIONAL_PROPERTY_REMOVED = "optional-property-removed", Major, "the property {name} is gone",
        Sides::Both {
            request: risky("Don't send it; look for what replaces it."),
            response: risky("Do without it; should the server still send it, it is among the additional properties."),
        },
        "A server ignores a property that it doesn't know, or refuses the request. A response could leave it out before.",
        schema(AB, A);
    REQUIRED_PROPERTY_REMOVED = "required-property-removed", Major, "the property {name}, which had to be there, is gone",
        Sides::Both {
            request: risky("Don't send it; look for what replaces it."),
            response: breaking("Update the crate: the old one can't read a response without it."),
        },
        "The old crate sends it always, and can't read a response without it.",
        schema(A_REQUIRED_B, A);
    CLOSED_PROPERTY_REMOVED = "closed-property-removed", Major, "the property {name} is gone, and others aren't allowed",
        Sides::Only { direction: Direction::Request, side: breaking("Don't send it; look for what replaces it."),
            why: "Whether a response may have other properties makes no difference to who reads it: see optional-property-removed." },
        "With `additionalProperties: false` the server refuses requests that have it.",
        schema("{type: object, additionalProperties: false, properties: {a: {type: string}, b: {type: string}}}",
            "{type: object, additionalProperties: false, properties: {a: {type: string}}}");
    PROPERTY_BECAME_REQUIRED = "property-became-required", Major, "the property {name} must be there",
        Sides::Both {
            request: breaking("Give the property always."),
            response: compatible("Read it without asking whether it is there."),
        },
        "The server refuses requests without it. The field isn't an `Option` any more.",
        schema(AB, A_REQUIRED_B);
    PROPERTY_BECAME_OPTIONAL = "property-became-optional", Major, "the property {name} may be left out",
        Sides::Both {
            request: compatible("Use the setter instead of the argument."),
            response: breaking("Expect it not to be there."),
        },
        "The old crate can't read a response without it. The field becomes an `Option`.",
        schema(A_REQUIRED_B, AB);
    WRITE_ONLY_BECAME_REQUIRED = "write-only-property-became-required", Patch, "the property {name} must be in requests",
        Sides::Only { direction: Direction::Request, side: breaking("Give the property always."),
            why: "A response never has it." },
        "The property is `writeOnly` and the type is both sent and read, so that the field stays an `Option`; requests \
         without it are refused before they are sent.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string, writeOnly: true}}}",
            new: "{type: object, required: [a], properties: {a: {type: string, writeOnly: true}}}" };
    WRITE_ONLY_BECAME_OPTIONAL = "write-only-property-became-optional", Patch, "the property {name} may be left out of requests",
        Sides::Only { direction: Direction::Request, side: compatible(NOTHING),
            why: "A response never has it." },
        "The property is `writeOnly` and the type is both sent and read: the check before sending goes.",
        Example { frame: Frame::BothWays,
            old: "{type: object, required: [a], properties: {a: {type: string, writeOnly: true}}}",
            new: "{type: object, properties: {a: {type: string, writeOnly: true}}}" };
    BECAME_READ_ONLY = "property-became-read-only", Major, "only the server sets {name}",
        Sides::Both {
            request: risky("Don't send it."),
            response: compatible(NOTHING),
        },
        "A server ignores a `readOnly` property in a request, or refuses it. Its setters are gone.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string}}}",
            new: "{type: object, properties: {a: {type: string, readOnly: true}}}" };
    BECAME_NOT_READ_ONLY = "property-became-not-read-only", Minor, "{name} can be sent",
        Sides::Both {
            request: compatible(NOTHING),
            response: compatible(NOTHING),
        },
        "The property isn't `readOnly` any more, and has setters.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string, readOnly: true}}}",
            new: "{type: object, properties: {a: {type: string}}}" };
    BECAME_WRITE_ONLY = "property-became-write-only", Major, "the server doesn't return {name}",
        Sides::Both {
            request: compatible("Read it as a secret."),
            response: breaking("Do without it in responses."),
        },
        "The property is `writeOnly`: it is a secret, and if it was required a response can't be read without it.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string}}}",
            new: "{type: object, properties: {a: {type: string, writeOnly: true}}}" };
    BECAME_NOT_WRITE_ONLY = "property-became-not-write-only", Major, "the server returns {name}",
        Sides::Both {
            request: compatible("Read it as a plain value."),
            response: compatible(NOTHING),
        },
        "The property isn't `writeOnly` any more, and so no secret by that.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {a: {type: string, writeOnly: true}}}",
            new: "{type: object, properties: {a: {type: string}}}" };
}
