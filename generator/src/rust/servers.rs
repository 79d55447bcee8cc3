//! The functions that give the URLs of servers.

use super::names::unique;
use crate::api::{Api, Ident, Server};

/// A function that gives the URL of a server.
#[derive(Clone, Debug)]
pub struct ServerFunction<'a> {
    /// What it is made from.
    pub declared: &'a Server,
    /// The function; it takes the variables of the URL.
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
