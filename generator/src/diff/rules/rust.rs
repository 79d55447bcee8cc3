//! Rules about public items of the generated crate, for what no change on the wire accounts for.

use super::*;

const A_ONLY_RESPONSE: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}}}}}, components: {schemas: {Thing: {type: object, properties: {a: {type: string}}}}}}";
const READ_ONLY_RESPONSE: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}}}, put: {operationId: put, responses: {'204': {description: Done.}}}}}, \
      components: {schemas: {Thing: {type: object, properties: {a: {type: string, readOnly: true}}}}}}";
const READ_ONLY_BOTH: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}}}, put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}, responses: {'204': {description: Done.}}}}}, \
      components: {schemas: {Thing: {type: object, properties: {a: {type: string, readOnly: true}}}}}}";
const EIGHT: &str = "{type: object, required: [a, b, c, d, e, f, g, h], properties: {a: {type: string}, b: {type: string}, \
      c: {type: string}, d: {type: string}, e: {type: string}, f: {type: string}, g: {type: string}, h: {type: string}}}";
const SIX: &str = "{type: object, required: [a, b, c, d, e, f], properties: {a: {type: string}, b: {type: string}, \
      c: {type: string}, d: {type: string}, e: {type: string}, f: {type: string}, g: {type: string}, h: {type: string}}}";
const CONVERTS: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Got'}}}}}}, put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Put'}}}}, responses: {'204': {description: Done.}}}}}, components: {schemas: \
      {Got: {type: object, properties: {a: {type: string}, b: {type: string}}}, Put: {type: object, properties: {a: {type: string}}}}}}";
const CONVERTS_NOT: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Got'}}}}}}, put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Put'}}}}, responses: {'204': {description: Done.}}}}}, components: {schemas: \
      {Got: {type: object, properties: {b: {type: string}}}, Put: {type: object, properties: {a: {type: string}}}}}}";
const ONE_SUCCESS: &str =
    "{responses: {'200': {description: Done., content: {application/json: {schema: {type: string}}}}}}";
const TWO_SUCCESSES: &str = "{responses: {'200': {description: Done., content: {application/json: {schema: {type: string}}}}, \
      '202': {description: Begun.}}}";
const IN_RESPONSE_A: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}}}}}, components: {schemas: {Thing: {type: object, properties: {a: {type: string}}}}}}";
const IN_REQUEST_AB: &str = "{paths: {/a: {put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}, responses: {'204': {description: Done.}}}}}, components: {schemas: {Thing: {type: object, properties: {a: {type: string}, b: {type: string}}}}}}";
const ENUM_IN_RESPONSE: &str = "{paths: {/a: {get: {operationId: get, responses: {'200': {description: Done., content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}}}}}, components: {schemas: {Thing: {type: string, enum: [a]}}}}";
const ENUM_IN_REQUEST: &str = "{paths: {/a: {put: {operationId: put, requestBody: {required: true, content: {application/json: {schema: \
      {$ref: '#/components/schemas/Thing'}}}}, responses: {'204': {description: Done.}}}}}, components: {schemas: {Thing: {type: string, enum: [a, b]}}}}";
const VARIANT_NAMES_A: &str = "{type: string, enum: [a, b], x-enum-varnames: [First, Second]}";
const VARIANT_NAMES_B: &str = "{type: string, enum: [a, b], x-enum-varnames: [First, Last]}";
const INTEGERS: &str = "{type: integer, enum: [1, 2]}";
const NUMBERS: &str = "{type: number, enum: [1, 2, 0.5]}";

kinds! { Rust:
    TYPE_ADDED = "type-added", Minor, "the type `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "A new schema, or one that an operation now uses.",
        document(
            "{paths: {/a: {get: {operationId: get, responses: {'204': {description: Done.}}}}}}",
            A_ONLY_RESPONSE,
        );
    TYPE_REMOVED = "type-removed", Major, "the type `{name}` is gone",
        Sides::Neither(compatible("Stop using it.")),
        "Its schema is gone, or no operation uses it any longer.",
        document(
            A_ONLY_RESPONSE,
            "{paths: {/a: {get: {operationId: get, responses: {'204': {description: Done.}}}}}}",
        );
    DEFINITION_CHANGED = "definition-changed", Major, "`{name}` was {before} and is {after}",
        Sides::Neither(compatible("Adapt your code to the new definition.")),
        "A struct became an enum or an alias, or the other way round, or an alias has another target.",
        schema("{type: object, required: [kind], properties: {kind: {type: string}, type: {type: string}, a: {type: string}}}",
            "{$ref: '#/components/schemas/A'}");
    FIELD_ADDED = "field-added", Minor, "the field `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "Structs are `#[non_exhaustive]`, so code outside the crate can't depend on having all fields.",
        document(IN_RESPONSE_A, IN_REQUEST_AB);
    FIELD_REMOVED = "field-removed", Major, "the field `{name}` is gone",
        Sides::Neither(compatible("Stop using it.")),
        "Code that reads or sets the field no longer compiles.",
        document(IN_REQUEST_AB, IN_RESPONSE_A);
    FIELD_RENAMED = "field-renamed", Major, "the field `{before}` is called `{after}`",
        Sides::Neither(compatible("Use the new name.")),
        "The property has the same name on the wire, but another one in Rust. Two names that differ in signs alone need \
         names of their own.",
        schema("{type: object, properties: {a-b: {type: string}}}", "{type: object, properties: {a_b: {type: string}, a-b: {type: string}}}");
    FIELD_CHANGED = "field-type-changed", Major, "the field `{name}` was `{before}` and is `{after}`",
        Sides::Neither(compatible("Adapt your code to the new type.")),
        "The type in Rust is another one, although the wire sees no difference: a secret, a box, or the type that stands \
         for a schema.",
        Example { frame: Frame::Settings, old: "{}", new: "{secrets: [name]}" };
    VARIANT_ADDED = "variant-added", Minor, "the variant `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "Enums are `#[non_exhaustive]`, so every match already has an arm for other variants.",
        document(ENUM_IN_RESPONSE, ENUM_IN_REQUEST);
    VARIANT_REMOVED = "variant-removed", Major, "the variant `{name}` is gone",
        Sides::Neither(compatible("Stop using it.")),
        "Code that names the variant no longer compiles.",
        document(ENUM_IN_REQUEST, ENUM_IN_RESPONSE);
    VARIANT_RENAMED = "variant-renamed", Major, "the variant `{before}` is called `{after}`",
        Sides::Neither(compatible("Use the new name.")),
        "The value is the same on the wire, but has another name in Rust.",
        schema(VARIANT_NAMES_A, VARIANT_NAMES_B);
    VARIANT_CHANGED = "variant-type-changed", Major, "the variant `{name}` held `{before}` and holds `{after}`",
        Sides::Neither(compatible("Adapt your code to the new payload.")),
        "An enum's values or an alternative have another type in Rust.",
        schema(INTEGERS, NUMBERS);
    FUNCTION_ADDED = "function-added", Minor, "the function `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "A function or method, such as the setter of a read-only property in a type that requests can no longer contain.",
        document(READ_ONLY_BOTH, READ_ONLY_RESPONSE);
    FUNCTION_REMOVED = "function-removed", Major, "the function `{name}` is gone",
        Sides::Neither(compatible("Stop using it.")),
        "A function or method, such as the setter of a read-only property in a type that requests can now contain.",
        document(READ_ONLY_RESPONSE, READ_ONLY_BOTH);
    FUNCTION_RENAMED = "function-renamed", Major, "the function `{before}` is called `{after}`",
        Sides::Neither(compatible("Use the new name.")),
        "A setter's name comes from the property; another name makes way for it where a parameter has the same.",
        operation(
            "{parameters: [], requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}, \
              responses: {'204': {description: Done.}}}",
            "{parameters: [{name: name, in: query, schema: {type: string}}], requestBody: {required: true, content: \
              {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}, responses: {'204': {description: Done.}}}",
        );
    ARGUMENT_ADDED = "argument-added", Major, "`{function}` takes `{name}`",
        Sides::Neither(compatible("Pass the argument.")),
        "A function has one more argument. Each required value is an argument, unless there are too many.",
        schema(EIGHT, SIX);
    ARGUMENT_REMOVED = "argument-removed", Major, "`{function}` no longer takes `{name}`",
        Sides::Neither(compatible("Remove the argument. There may be a setter instead.")),
        "A function has one argument fewer. With more than seven required values, the body is a single argument.",
        schema(SIX, EIGHT);
    ARGUMENT_CHANGED = "argument-type-changed", Major, "`{function}` took `{before}` for `{name}` and takes `{after}`",
        Sides::Neither(compatible("Pass a value of the new type.")),
        "An argument has another type in Rust, although the wire sees no difference.",
        Example { frame: Frame::Settings, old: "{}", new: "{secrets: [name]}" };
    ARGUMENTS_REORDERED = "arguments-reordered", Major, "`{function}` took {before} and takes {after}",
        Sides::Neither(compatible("Pass the arguments in the new order. The compiler doesn't notice a wrong order of arguments of the same type.")),
        "Arguments are in the document's order. If two of the same type swap places, code still compiles but means something else.",
        schema("{type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}",
            "{type: object, required: [a, b], properties: {b: {type: string}, a: {type: string}}}");
    TRAIT_GAINED = "trait-gained", Minor, "`{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "The type implements one more trait, such as `Default` if nothing is required any longer.",
        schema("{type: object, required: [a], properties: {a: {type: string}}}", "{type: object, properties: {a: {type: string}}}");
    TRAIT_LOST = "trait-lost", Major, "`{name}` is gone",
        Sides::Neither(compatible("Stop using it. Create values with `new`.")),
        "The type implements one trait fewer, such as `Copy`, or `Default` if something is now required.",
        schema("{type: object, properties: {a: {type: string}}}", "{type: object, required: [a], properties: {a: {type: string}}}");
    CONVERSION_GAINED = "conversion-gained", Minor, "`{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "A response that has each of the request's properties converts to it.",
        document(CONVERTS_NOT, CONVERTS);
    CONVERSION_LOST = "conversion-lost", Major, "`{name}` is gone",
        Sides::Neither(compatible("Create the value property by property.")),
        "The response lacks a property of the request, so it no longer converts without loss.",
        document(CONVERTS, CONVERTS_NOT);
    OUTPUT_CHANGED = "output-changed", Major, "`{name}` was `{before}` and is `{after}`",
        Sides::Neither(compatible("Use the new type.")),
        "An operation's output or error has another type in Rust. Successes of several types become an enum.",
        operation(ONE_SUCCESS, TWO_SUCCESSES);
    FEATURE_ADDED = "feature-added", Minor, "the feature `{name}` is new",
        Sides::Neither(compatible(NOTHING)),
        "A group of operations, or a set of alternatives, has a cargo feature. It is on by default.",
        Example { frame: Frame::Large,
            old: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}}",
            new: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}, \
              /c: {get: {operationId: c, tags: [c], responses: {'204': {description: Done.}}}}}" };
    FEATURE_REMOVED = "feature-removed", Major, "the feature `{name}` is gone",
        Sides::Neither(compatible("Remove it from the manifest.")),
        "Cargo rejects a manifest that names the feature.",
        Example { frame: Frame::Large,
            old: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}, \
              /c: {get: {operationId: c, tags: [c], responses: {'204': {description: Done.}}}}}",
            new: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}}" };
    GATE_NARROWED = "gate-narrowed", Major, "`{name}` is compiled with {after}, and was with {before}",
        Sides::Neither(compatible("Turn on one of the features that compile it.")),
        "A type, an alternative or a group of operations is compiled by fewer features than before. Those who have all of them, as is the \
         default, sees no difference.",
        Example { frame: Frame::Large, old: "{}",
            new: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}}" };
    GATE_WIDENED = "gate-widened", Patch, "`{name}` is compiled with {after}, and was with {before}",
        Sides::Neither(compatible(NOTHING)),
        "A type, an alternative or a group of operations is compiled by more features than before.",
        Example { frame: Frame::Large,
            old: "{/a/x: {get: {operationId: x, tags: [a], responses: {'204': {description: Done.}}}}}", new: "{}" };
}
