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
    ENUM_VALUE_ADDED = "enum-value-added", Minor, "the value {name} is new",
        Sides::Both {
            request: compatible(NOTHING),
            response: risky("Consider handling it; until then it is an unknown value."),
        },
        "Enums are open: a value that the document doesn't list is preserved unchanged, in the variant for unknown values. \
         Code that handles only known values meets one more.",
        schema("{type: string, enum: [a, b]}", "{type: string, enum: [a, b, c]}");
    ENUM_VALUE_REMOVED = "enum-value-removed", Major, "the value {name} is gone",
        Sides::Both {
            request: breaking("Don't send it."),
            response: compatible("Don't wait for it."),
        },
        "The server refuses the value, or doesn't send it any more.",
        schema("{type: string, enum: [a, b, c]}", "{type: string, enum: [a, b]}");
    ALTERNATIVE_ADDED = "alternative-added", Minor, "the alternative {name} is new",
        Sides::Both {
            request: compatible(NOTHING),
            response: risky("Consider handling it; until then it is kept as JSON."),
        },
        "Unions are open: a value that fits no alternative is kept as JSON.",
        schema(ONE_OF_AB, ONE_OF_ABC);
    ALTERNATIVE_REMOVED = "alternative-removed", Major, "the alternative {name} is gone",
        Sides::Both {
            request: breaking("Send one of the alternatives that are left."),
            response: compatible("Don't wait for it."),
        },
        "The server refuses values of this form, or doesn't send them any more.",
        schema(ONE_OF_ABC, ONE_OF_AB);
    DISCRIMINATOR_CHANGED = "discriminator-changed", Patch, "alternatives were told apart {before}, and are {after}",
        Sides::Both {
            request: breaking("Look at whether what is sent has what tells the alternatives apart."),
            response: breaking("Update the crate, which else takes one alternative for another."),
        },
        "A discriminator was added or removed, or names another property.",
        schema(
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind}}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: type}}",
        );
    DISCRIMINATED_BY_CHANGED = "discriminating-property-changed", Patch, "{name}: the alternative is selected {after}, and was {before}",
        Sides::Neither(compatible("Update the crate to have the value as the alternative that is meant.")),
        "Which property beside a value says what form it has (`x-discriminated-by`). That is a fact of the service \
         whether or not the document says it: nothing changes on the wire.",
        Example { frame: Frame::BothWays,
            old: "{type: object, properties: {kind: {type: string}, type: {type: string}, value: {x-discriminated-by: \
              {propertyName: kind, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}}}",
            new: "{type: object, properties: {kind: {type: string}, type: {type: string}, value: {x-discriminated-by: \
              {propertyName: type, mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}}}" };
    TAG_ADDED = "tag-added", Patch, "{name} stands for the alternative {alternative} too",
        Sides::Both {
            request: compatible(NOTHING),
            response: risky("Update the crate, which else keeps such values as JSON."),
        },
        "One more value of the discriminator's property is mapped to an alternative.",
        schema(
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B', c: '#/components/schemas/B'}}}",
        );
    TAG_REMOVED = "tag-removed", Patch, "{name} doesn't stand for the alternative {alternative} any more",
        Sides::Both {
            request: breaking("Send one of the values that are left."),
            response: compatible("Don't wait for it."),
        },
        "A value of the discriminator's property isn't mapped to the alternative any more.",
        schema(
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B', c: '#/components/schemas/B'}}}",
            "{oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: {propertyName: kind, \
              mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}}}",
        );
    ADDITIONAL_PROPERTIES_CLOSED = "additional-properties-closed", Major, "other properties aren't allowed",
        Sides::Both {
            request: breaking("Send only declared properties."),
            response: compatible(NOTHING),
        },
        "`additionalProperties` became `false`: a request with others is refused. Those of a response are kept all the same.",
        schema("{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
            "{type: object, properties: {a: {type: string}}, additionalProperties: false}");
    ADDITIONAL_PROPERTIES_OPENED = "additional-properties-opened", Major, "other properties are allowed",
        Sides::Both {
            request: compatible(NOTHING),
            response: compatible("Look into the additional properties if they are of use."),
        },
        "`additionalProperties` isn't `false` any more. The crate keeps properties that aren't declared in any case.",
        schema("{type: object, properties: {a: {type: string}}, additionalProperties: false}",
            "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}");
    ADDITIONAL_PROPERTIES_TYPED = "additional-properties-typed", Major, "other properties are of type {after}",
        Sides::Both {
            request: breaking("Send other properties of this type only."),
            response: compatible("Read the additional properties as of this type."),
        },
        "`additionalProperties` has a schema, and had none: any value was allowed.",
        schema("{type: object, properties: {a: {type: string}}}",
            "{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}");
    ADDITIONAL_PROPERTIES_UNTYPED = "additional-properties-untyped", Major, "other properties are of any type, not {before}",
        Sides::Both {
            request: compatible("Give other properties as JSON."),
            response: breaking("Read the additional properties as JSON."),
        },
        "`additionalProperties` had a schema and has none: the old crate can't read a value of another type.",
        schema("{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}",
            "{type: object, properties: {a: {type: string}}}");
}
