//! Rules about enums, unions and objects as a whole.

use super::*;

const ONE_OF_AB: &str = "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]}";
const ONE_OF_ABC: &str = "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]}";

kinds! { Type:
    TYPE_RENAMED = "type-renamed", Major, "the type {before} is called {after}",
        Sides::Neither(compatible("Use the new name.")),
        "The name of a schema isn't sent. The types of schemas without a name are called after where they stand.",
        document(
            "{paths: {/a: {get: {operationId: a, responses: {'200': {description: Done., content: {application/json: {schema: \
              {$ref: '#/components/schemas/A'}}}}}}}}, components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}}",
            "{paths: {/a: {get: {operationId: a, responses: {'200': {description: Done., content: {application/json: {schema: \
              {$ref: '#/components/schemas/B'}}}}}}}}, components: {schemas: {B: {type: object, properties: {a: {type: string}}}}}}",
        );
    TYPE_ATTRIBUTES_CHANGED = "type-attributes-changed", Major, "its attributes are {after}, and were {before}",
        Sides::Neither(compatible("Look at what the attributes do.")),
        "The settings give attributes to types. What a macro makes of them isn't known, so it may be gone.",
        Example { frame: Frame::Settings, old: "{types: {Thing: {attributes: ['allow(dead_code)']}}}", new: "{}" };
    ENUM_VALUE_ADDED = "enum-value-added", Minor, "the value {name} is new",
        Sides::Both {
            request: compatible(NOTHING),
            response: risky("Consider handling it. Until then, it is an unknown value."),
        },
        "Enums are open: a value that the document doesn't list is preserved unchanged, in the variant for unknown values. \
         Code that handles only known values meets an unknown one.",
        schema("{type: string, enum: [a, b]}", "{type: string, enum: [a, b, c]}");
    ENUM_VALUE_REMOVED = "enum-value-removed", Major, "the value {name} is gone",
        Sides::Both {
            request: breaking("Don't send it."),
            response: compatible("Don't rely on it."),
        },
        "The server rejects the value, or no longer sends it.",
        schema("{type: string, enum: [a, b, c]}", "{type: string, enum: [a, b]}");
    ALTERNATIVE_ADDED = "alternative-added", Minor, "the alternative {name} is new",
        Sides::Both {
            request: compatible(NOTHING),
            response: risky("Consider handling it. Until then, it is preserved as JSON."),
        },
        "Unions are open: a value that fits no alternative is preserved as JSON.",
        schema(ONE_OF_AB, ONE_OF_ABC);
    ALTERNATIVE_REMOVED = "alternative-removed", Major, "the alternative {name} is gone",
        Sides::Both {
            request: breaking("Send one of the remaining alternatives."),
            response: compatible("Don't rely on it."),
        },
        "The server rejects values of this form, or no longer sends them.",
        schema(ONE_OF_ABC, ONE_OF_AB);
    DISCRIMINATOR_CHANGED = "discriminator-changed", Patch, "alternatives were distinguished {before}, and are {after}",
        Sides::Both {
            request: breaking("Check that what you send has the property that distinguishes the alternatives."),
            response: breaking("Update the crate, which otherwise mistakes one alternative for another."),
        },
        "A discriminator was added or removed, or names another property or another default.",
        schema(
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind}}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: type}}",
        );
    DISCRIMINATED_BY_CHANGED = "discriminating-property-changed", Patch, "{name}: the alternative is selected {after}, and was {before}",
        Sides::Neither(compatible("Update the crate, so that it reads the value as the right alternative.")),
        "Which property of the object selects the value's alternative (`x-discriminated-by`). That is a fact of the service \
         whether or not the document says it: nothing changes on the wire.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {kind: {type: string}, type: {type: string}, value: {x-discriminated-by: \
              {propertyName: kind, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}}}",
            new: "{type: object, properties: {kind: {type: string}, type: {type: string}, value: {x-discriminated-by: \
              {propertyName: type, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}}}" };
    TAG_ADDED = "tag-added", Patch, "{name} also selects the alternative {alternative}",
        Sides::Both {
            request: compatible(NOTHING),
            response: risky("Update the crate, which otherwise preserves such values as JSON."),
        },
        "One more value of the discriminator's property is mapped to an alternative.",
        schema(
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B', c: '#/components/schemas/B'}}}",
        );
    TAG_REMOVED = "tag-removed", Patch, "{name} no longer selects the alternative {alternative}",
        Sides::Both {
            request: breaking("Send one of the remaining values."),
            response: compatible("Don't rely on it."),
        },
        "A value of the discriminator's property is no longer mapped to the alternative.",
        schema(
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B', c: '#/components/schemas/B'}}}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
        );
    TAG_MOVED = "tag-moved", Patch, "{name} selects the alternative {after}, and selected {before}",
        Sides::Both {
            request: breaking("Check that what you send has the value that selects it."),
            response: breaking("Update the crate, which otherwise mistakes one alternative for another."),
        },
        "A value of the discriminator's property is mapped to another alternative.",
        schema(
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B', c: '#/components/schemas/B'}}}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B', c: '#/components/schemas/A'}}}",
        );
    ADDITIONAL_PROPERTIES_CLOSED = "additional-properties-closed", Major, "additional properties aren't allowed",
        Sides::Both {
            request: breaking("Send only declared properties."),
            response: compatible(NOTHING),
        },
        "`additionalProperties` became `false`: the server rejects requests with additional properties. Those of responses are preserved.",
        schema("{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
            "{type: object, properties: {a: {type: string}}, additionalProperties: false}");
    ADDITIONAL_PROPERTIES_OPENED = "additional-properties-opened", Major, "additional properties are allowed",
        Sides::Both {
            request: compatible(NOTHING),
            response: compatible("Read the additional properties if you need them."),
        },
        "`additionalProperties` is no longer `false`. The crate preserves undeclared properties in either case.",
        schema("{type: object, properties: {a: {type: string}}, additionalProperties: false}",
            "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}");
    ADDITIONAL_PROPERTIES_TYPED = "additional-properties-typed", Major, "additional properties have the type {after}",
        Sides::Both {
            request: breaking("Send only additional properties of this type."),
            response: compatible("Read the additional properties with this type."),
        },
        "`additionalProperties` now has a schema. Any value was allowed before.",
        schema("{type: object, properties: {a: {type: string}}}",
            "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}");
    ADDITIONAL_PROPERTIES_UNTYPED = "additional-properties-untyped", Major, "additional properties can have any type, not only {before}",
        Sides::Both {
            request: compatible("Pass additional properties as JSON."),
            response: breaking("Read the additional properties as JSON."),
        },
        "`additionalProperties` no longer has a schema. The old crate can't read values of other types.",
        schema("{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
            "{type: object, properties: {a: {type: string}}}");
}
