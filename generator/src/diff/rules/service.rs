//! Rules about the service as a whole.

use super::*;

kinds! { Service:
    SERVER_ADDED = "server-added", Minor, "the server {name} is new",
        Sides::Neither(compatible(NOTHING)),
        "One more base URL to select from, as a function in the module `servers`.",
        document(
            "{servers: [{url: 'https://a.example'}], paths: {}}",
            "{servers: [{url: 'https://a.example'}, {url: 'https://b.example'}], paths: {}}",
        );
    SERVER_REMOVED = "server-removed", Major, "the server {name} is gone",
        Sides::Neither(breaking("Choose another server.")),
        "The document no longer declares the base URL. It may still respond.",
        document(
            "{servers: [{url: 'https://a.example'}, {url: 'https://b.example'}], paths: {}}",
            "{servers: [{url: 'https://a.example'}], paths: {}}",
        );
    DEFAULT_SERVER_CHANGED = "default-server-changed", Major, "the first server was {before} and is {after}",
        Sides::Neither(risky("Configure the client with the base URL that you want.")),
        "Those who use the first server get another one. If both have the same variables no code has to change, which \
         makes it easy to overlook.",
        document(
            "{servers: [{url: 'https://a.example'}], paths: {}}",
            "{servers: [{url: 'https://{b}.example', variables: {b: {default: eu}}}], paths: {}}",
        );
    SERVER_VARIABLE_CHANGED = "server-variable-changed", Patch, "the variables of the server {name} changed",
        Sides::Neither(risky("Check the values that you pass for the server's variables.")),
        "A variable of the server's URL has another default or other values. Variables are arguments of the server's \
         function, which are the same.",
        document(
            "{servers: [{url: 'https://{a}.example', variables: {a: {default: eu}}}], paths: {}}",
            "{servers: [{url: 'https://{a}.example', variables: {a: {default: us}}}], paths: {}}",
        );
    SECURITY_SCHEME_ADDED = "security-scheme-added", Patch, "the security scheme {name} is new",
        Sides::Neither(compatible(NOTHING)),
        "A way to authenticate that no operation required before. The changes of operations say which ones require it.",
        document(SCHEMES_ONE, SCHEMES_TWO);
    SECURITY_SCHEME_REMOVED = "security-scheme-removed", Patch, "the security scheme {name} is gone",
        Sides::Neither(compatible("Authenticate in one of the remaining ways.")),
        "A way to authenticate that no operation requires any longer. The changes of operations say what they require instead.",
        document(SCHEMES_TWO, SCHEMES_ONE);
    SECURITY_SCHEME_CHANGED = "security-scheme-changed", Patch, "the security scheme {name} was {before} and is {after}",
        Sides::Neither(breaking("Configure the client with the kind of credential that is now required.")),
        "The credential is sent differently, another kind is required, or the token URL has changed.",
        document(
            SCHEMES_ONE,
            "{paths: {/things: {get: {operationId: list, security: [{a: []}], responses: {'204': {description: Done.}}}}}, \
              components: {securitySchemes: {a: {type: apiKey, in: header, name: X-Key}, b: {type: http, scheme: basic}}}}",
        );
    VERSION_CHANGED = "version-changed", Patch, "the document's version was {before} and is {after}",
        Sides::Neither(compatible(NOTHING)),
        "`info.version` is what the service calls the version of its interface; what that means is not said.",
        document("{info: {title: Things, version: '1'}, paths: {}}", "{info: {title: Things, version: '2'}, paths: {}}");
    TITLE_CHANGED = "title-changed", Patch, "the document's title was {before} and is {after}",
        Sides::Neither(compatible(NOTHING)),
        "`info.title` is in the crate's documentation only.",
        document("{info: {title: Things, version: '1'}, paths: {}}", "{info: {title: All things, version: '1'}, paths: {}}");
    FACTS_CHANGED = "settings-changed", Patch, "the setting {name} was {before} and is {after}",
        Sides::Neither(risky("Check that errors, secrets and rate limits are still read correctly.")),
        "Names of secrets and of headers, and where a failure says what is wrong, come from the settings. No item of \
         the crate changes, but what it prints and finds.",
        Example { frame: Frame::Settings, old: "{secrets: [token]}", new: "{secrets: [token, key]}" };
}

const SCHEMES_ONE: &str = "{paths: {/things: {get: {operationId: list, security: [{a: []}], responses: {'204': {description: Done.}}}}}, \
      components: {securitySchemes: {a: {type: http, scheme: bearer}, b: {type: http, scheme: basic}}}}";
const SCHEMES_TWO: &str = "{paths: {/things: {get: {operationId: list, security: [{a: []}, {b: []}], responses: {'204': {description: Done.}}}}}, \
      components: {securitySchemes: {a: {type: http, scheme: bearer}, b: {type: http, scheme: basic}}}}";
