//! Rules about members of the document that no item of the crate stands for.

use super::*;

kinds! { Operation:
    MEMBER_CHANGED = "member-changed", Patch, "{name}: `{member}` was {before} and is {after}",
        Sides::Both {
            request: risky("Read what it means, and check what you send."),
            response: risky("Read what it means, and check that your code expects it."),
        },
        "A member of the document changed that no item of the crate stands for, so that a reader has to tell what it breaks.",
        operation("{parameters: [{name: q, in: query, allowEmptyValue: true, schema: {type: string}}], \
              responses: {'204': {description: Done., headers: {A: {schema: {type: string}}}}}}",
            "{parameters: [{name: q, in: query, schema: {type: string}}], \
              responses: {'204': {description: Done., headers: {A: {content: {text/csv: {schema: {type: string}}}}}}}}");
    HEADER_STYLE_CHANGED = "header-style-changed", Patch, "the header {name} is written as {after}, not as {before}",
        Sides::Only {
            direction: Direction::Response,
            side: breaking("Update the crate: the old one reads the value otherwise than it is meant."),
            why: "A request's headers are parameters.",
        },
        "A value is written in another way: `explode`, or as JSON.",
        operation("{responses: {'204': {description: Done., headers: {A: {schema: {type: string}}}}}}",
            "{responses: {'204': {description: Done., headers: {A: {content: {application/json: {schema: {type: string}}}}}}}}");
    CERTIFICATE_REQUIRED = "certificate-required", Patch, "each way to authenticate needs the certificate {after}",
        Sides::Neither(breaking("Give the client a transport that is configured with the certificate.")),
        "A scheme of the type `mutualTLS` is required beside the credentials, or in place of them. Certificates belong to the \
         transport, so no item of the crate stands for it.",
        document(
            "{paths: {/a: {get: {operationId: a, security: [{k: []}], responses: {'204': {description: Done.}}}}}, \
              components: {securitySchemes: {k: {type: http, scheme: bearer}, tls: {type: mutualTLS}}}}",
            "{paths: {/a: {get: {operationId: a, security: [{k: [], tls: []}], responses: {'204': {description: Done.}}}}}, \
              components: {securitySchemes: {k: {type: http, scheme: bearer}, tls: {type: mutualTLS}}}}",
        );
    CERTIFICATE_NOT_REQUIRED = "certificate-not-required", Patch, "a way to authenticate does without the certificate {before}",
        Sides::Neither(compatible(NOTHING)),
        "A scheme of the type `mutualTLS` was required in each way to authenticate, and is no longer.",
        document(
            "{paths: {/a: {get: {operationId: a, security: [{k: [], tls: []}], responses: {'204': {description: Done.}}}}}, \
              components: {securitySchemes: {k: {type: http, scheme: bearer}, tls: {type: mutualTLS}}}}",
            "{paths: {/a: {get: {operationId: a, security: [{k: []}], responses: {'204': {description: Done.}}}}}, \
              components: {securitySchemes: {k: {type: http, scheme: bearer}, tls: {type: mutualTLS}}}}",
        );
    SECURITY_DETAIL_ADDED = "security-detail-added", Patch, "the security scheme {name}: {member} is new",
        Sides::Neither(compatible(NOTHING)),
        "One more flow or address of a security scheme. No item of the crate stands for it.",
        document(
            "{paths: {/a: {get: {operationId: a, security: [{a: []}], responses: {'204': {description: Done.}}}}}, \
              components: {securitySchemes: {a: {type: http, scheme: bearer}}}}",
            "{paths: {/a: {get: {operationId: a, security: [{a: []}], responses: {'204': {description: Done.}}}}}, \
              components: {securitySchemes: {a: {type: http, scheme: bearer, bearerFormat: JWT}}}}",
        );
    SECURITY_DETAIL_CHANGED = "security-detail-changed", Patch, "the security scheme {name}: {member} was {before} and is {after}",
        Sides::Neither(risky("Check how you get the credential that you give to the client.")),
        "A flow, a scope, an address or the form of tokens is another, or gone. The client sends the credential as before, but \
         you may have to get it otherwise.",
        document(
            "{paths: {/a: {get: {operationId: a, security: [{a: []}], responses: {'204': {description: Done.}}}}}, \
              components: {securitySchemes: {a: {type: openIdConnect, openIdConnectUrl: 'https://a.example'}}}}",
            "{paths: {/a: {get: {operationId: a, security: [{a: []}], responses: {'204': {description: Done.}}}}}, \
              components: {securitySchemes: {a: {type: openIdConnect, openIdConnectUrl: 'https://b.example'}}}}",
        );
}
