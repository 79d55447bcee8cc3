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
    /// What the function returns: a value may not fit its variable's place in the URL.
    pub fn returns(&self) -> &'static str {
        if self.declared.variables.is_empty() {
            "-> String"
        } else {
            "-> Result<String, InvalidServerVariable>"
        }
    }

    /// The functions of the service's servers, which are numbered, and of the servers of operations, which are called
    /// after their URLs. Those that the document names have these names instead.
    pub(super) fn all(api: &'a Api) -> Vec<Self> {
        let number = |index: usize| match index {
            0 => "default".to_owned(),
            index => format!("server_{}", index + 1),
        };
        let numbered = |(index, server): (usize, &Server)| server.name.is_none().then(|| number(index));
        let numbers: Vec<Option<String>> = api.servers.iter().enumerate().map(numbered).collect();
        let mut scope = Scope::with(numbers.iter().flatten().map(String::as_str));
        let named = api.servers.iter().filter_map(|server| server.name.as_deref());
        let mut named = scope.take_all(named, Case::Snake).into_iter();
        let function = |(declared, number): (&'a Server, Option<String>)| {
            let function = number.map(|number| unique(&number)).or_else(|| named.next())?;
            Some(Self { declared, function })
        };
        let mut functions: Vec<Self> = api.servers.iter().zip(numbers).filter_map(function).collect();
        let mut own: Vec<&'a Server> = Vec::new();
        for server in api.operations.iter().flat_map(|operation| &operation.servers) {
            let is_known = |known: &&'a Server| known.is_like(server);
            if !functions.iter().any(|function| is_known(&function.declared)) && !own.iter().any(is_known) {
                own.push(server);
            }
        }
        let wish = |server: &&'a Server| server.name.as_deref().unwrap_or_else(|| words(&server.url));
        let names = scope.take_all(own.iter().map(wish), Case::Snake);
        functions.extend(own.into_iter().zip(names).map(|(declared, function)| Self { declared, function }));
        functions
    }
}

/// The part of a URL that tells servers apart.
fn words(url: &str) -> &str {
    let words = url.split_once("://").map_or(url, |(_, rest)| rest).trim_matches('/');
    if words.is_empty() { "root" } else { words }
}
