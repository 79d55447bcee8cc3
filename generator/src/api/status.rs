//! Statuses of responses.

/// A status or a range of them (OpenAPI 3.1, 4.8.16.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// One status code.
    Code(u16),
    /// The range with this first digit, such as 4 for `4XX`.
    Range(u8),
    /// Any status that isn't declared.
    Default,
}

impl Status {
    /// Its name: the reason phrase (RFC 9110, section 15) as one word, such as `NotFound`, or `Status4Xx`.
    pub fn name(self) -> String {
        let code = match self {
            Self::Code(code) => code,
            Self::Range(digit) => return format!("Status{digit}Xx"),
            Self::Default => return "Default".to_owned(),
        };
        let name = match code {
            200 => "Ok",
            201 => "Created",
            202 => "Accepted",
            203 => "NonAuthoritativeInformation",
            204 => "NoContent",
            205 => "ResetContent",
            206 => "PartialContent",
            301 => "MovedPermanently",
            302 => "Found",
            303 => "SeeOther",
            304 => "NotModified",
            307 => "TemporaryRedirect",
            308 => "PermanentRedirect",
            400 => "BadRequest",
            401 => "Unauthorized",
            402 => "PaymentRequired",
            403 => "Forbidden",
            404 => "NotFound",
            405 => "MethodNotAllowed",
            406 => "NotAcceptable",
            408 => "RequestTimeout",
            409 => "Conflict",
            410 => "Gone",
            411 => "LengthRequired",
            412 => "PreconditionFailed",
            413 => "ContentTooLarge",
            415 => "UnsupportedMediaType",
            416 => "RangeNotSatisfiable",
            421 => "MisdirectedRequest",
            422 => "UnprocessableContent",
            426 => "UpgradeRequired",
            429 => "TooManyRequests",
            500 => "InternalServerError",
            501 => "NotImplemented",
            502 => "BadGateway",
            503 => "ServiceUnavailable",
            504 => "GatewayTimeout",
            other => return format!("Status{other}"),
        };
        name.to_owned()
    }
}
