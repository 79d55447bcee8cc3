//! The functions that return the URLs of servers.

use super::names::unique;
use crate::api::{Api, Ident, Server};

/// A function that returns the URL of a server.
#[derive(Clone, Debug)]
pub struct ServerFunction<'a> {
    /// What it is made from.
    pub declared: &'a Server,
    /// The function. Its arguments are the URL's variables.
    pub function: Ident,
}

impl<'a> ServerFunction<'a> {
    pub(super) fn all(api: &'a Api) -> Vec<Self> {
        let function = |(index, declared): (usize, &'a Server)| {
            let name = if index == 0 { "default".to_owned() } else { format!("server_{}", index + 1) };
            Self { declared, function: unique(&name) }
        };
        api.servers.iter().enumerate().map(function).collect()
    }
}
