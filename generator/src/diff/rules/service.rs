//! Rules about the service as a whole.

use super::*;

kinds! { Service:
    SERVER_ADDED = "server-added", Minor, "the server {name} is new",
        Sides::Neither(compatible(NOTHING)),
        "Another base URL to choose from. It is a function of the module `servers`.",
        document(
            "{servers: [{url: 'https://a.example'}], paths: {}}",
            "{servers: [{url: 'https://a.example'}, {url: 'https://b.example'}], paths: {}}",
        );
    SERVER_REMOVED = "server-removed", Major, "the server {name} is gone",
        Sides::Neither(breaking("Choose another server.")),
        "A base URL that the document doesn't name any more; whether it still answers isn't said.",
        document(
            "{servers: [{url: 'https://a.example'}, {url: 'https://b.example'}], paths: {}}",
            "{servers: [{url: 'https://a.example'}], paths: {}}",
        );
    DEFAULT_SERVER_CHANGED = "default-server-changed", Major, "the first server was {before} and is {after}",
        Sides::Neither(risky("Give the client the base URL that is meant.")),
        "Who takes the first server gets another one. If both have the same variables no code has to change, which \
         makes it easy to overlook.",
        document(
            "{servers: [{url: 'https://a.example'}], paths: {}}",
            "{servers: [{url: 'https://{b}.example', variables: {b: {default: eu}}}], paths: {}}",
        );
    SERVER_VARIABLE_CHANGED = "server-variable-changed", Patch, "the variables of the server {name} changed",
        Sides::Neither(risky("Look at what is given for the server's variables.")),
        "A variable of the server's URL has another default or other values. Variables are arguments of the server's \
         function, which are the same.",
        document(
            "{servers: [{url: 'https://{a}.example', variables: {a: {default: eu}}}], paths: {}}",
            "{servers: [{url: 'https://{a}.example', variables: {a: {default: us}}}], paths: {}}",
        );
    SECURITY_SCHEME_ADDED = "security-scheme-added", Patch, "the security scheme {name} is new",
        Sides::Neither(compatible(NOTHING)),
        "A way to authenticate that no operation asked for before. Whether it is needed is said at the operations.",
        document(SCHEMES_ONE, SCHEMES_TWO);
    SECURITY_SCHEME_REMOVED = "security-scheme-removed", Patch, "the security scheme {name} is gone",
        Sides::Neither(risky("Authenticate in a way that is left.")),
        "A way to authenticate that no operation asks for any more.",
        document(SCHEMES_TWO, SCHEMES_ONE);
    SECURITY_SCHEME_CHANGED = "security-scheme-changed", Patch, "the security scheme {name} was {before} and is {after}",
        Sides::Neither(breaking("Give the client the kind of credential that is asked for now.")),
        "A credential is sent in another way, or another kind of credential is asked for, or the token's URL is another one.",
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
        Sides::Neither(risky("Look at whether errors, secrets and limits are still read as they should be.")),
        "Names of secrets and of headers, and where a failure says what is wrong, come from the settings. No item of \
         the crate changes, but what it prints and finds.",
        Example { frame: Frame::Settings, old: "{secrets: [token]}", new: "{secrets: [token, key]}" };
}

const SCHEMES_ONE: &str = "{paths: {/things: {get: {operationId: list, security: [{a: []}], responses: {'204': {description: Done.}}}}}, \
      components: {securitySchemes: {a: {type: http, scheme: bearer}, b: {type: http, scheme: basic}}}}";
const SCHEMES_TWO: &str = "{paths: {/things: {get: {operationId: list, security: [{a: []}, {b: []}], responses: {'204': {description: Done.}}}}}, \
      components: {securitySchemes: {a: {type: http, scheme: bearer}, b: {type: http, scheme: basic}}}}";
