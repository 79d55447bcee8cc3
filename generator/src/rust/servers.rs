//! The functions that return the URLs of servers.

use super::names::{Case, Scope, unique};
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
    /// The functions of the service's servers, which are numbered, and of the servers of operations, which are called
    /// after their URLs.
    pub(super) fn all(api: &'a Api) -> Vec<Self> {
        let function = |(index, declared): (usize, &'a Server)| {
            let name = if index == 0 { "default".to_owned() } else { format!("server_{}", index + 1) };
            Self { declared, function: unique(&name) }
        };
        let mut functions: Vec<Self> = api.servers.iter().enumerate().map(function).collect();
        let mut own: Vec<&'a Server> = Vec::new();
        for server in api.operations.iter().flat_map(|operation| &operation.servers) {
            let is_known = |known: &&'a Server| known.is_like(server);
            if !functions.iter().any(|function| is_known(&function.declared)) && !own.iter().any(is_known) {
                own.push(server);
            }
        }
        let mut scope = Scope::with(functions.iter().map(|function| function.function.as_str()));
        let names = scope.take_all(own.iter().map(|server| words(&server.url)), Case::Snake);
        functions.extend(own.into_iter().zip(names).map(|(declared, function)| Self { declared, function }));
        functions
    }
}

/// The part of a URL that tells servers apart.
fn words(url: &str) -> &str {
    let words = url.split_once("://").map_or(url, |(_, rest)| rest).trim_matches('/');
    if words.is_empty() { "root" } else { words }
}
