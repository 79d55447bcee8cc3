//! An in-process HTTP server that answers as a test specifies, and records the requests.
#![allow(dead_code, reason = "no test uses all of it")]

use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use auth0_connections::Client;
use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpListener;

/// A request that the server received.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub method: String,
    /// The path and the query.
    pub target: String,
    /// The body; null if there is none.
    pub body: Value,
    /// The body as it was sent.
    pub text: String,
    pub media_type: Option<String>,
}

impl Asked {
    /// The value of a query parameter.
    pub fn query(&self, name: &str) -> Option<&str> {
        let query = self.target.split_once('?')?.1;
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }
}

/// A running server; it stops with the test's runtime.
pub struct Server {
    pub url: String,
    log: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    /// Starts a server that answers with a status and a body.
    pub async fn start(answer: impl FnMut(&Asked) -> (u16, Value) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api/v2", listener.local_addr().unwrap());
        let log = Arc::new(Mutex::new(Vec::new()));
        let (answer, to) = (Arc::new(Mutex::new(answer)), log.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (answer, log) = (answer.clone(), to.clone());
                let service = service_fn(move |request: hyper::Request<Incoming>| {
                    let (answer, log) = (answer.clone(), log.clone());
                    async move {
                        let (head, body) = request.into_parts();
                        let bytes = body.collect().await.unwrap().to_bytes();
                        let media_type =
                            head.headers.get("content-type").map(|value| value.to_str().unwrap());
                        let asked = Asked {
                            method: head.method.to_string(),
                            target: head.uri.to_string().replacen("/api/v2", "", 1),
                            body: serde_json::from_slice(&bytes).unwrap_or_default(),
                            text: String::from_utf8(bytes.to_vec()).unwrap(),
                            media_type: media_type.map(str::to_owned),
                        };
                        let (status, body) = (answer.lock().unwrap())(&asked);
                        log.lock().unwrap().push(asked);
                        let text = if body.is_null() { String::new() } else { body.to_string() };
                        let response =
                            hyper::Response::builder().status(status).body(Full::new(Bytes::from(text)));
                        Ok::<_, Infallible>(response.unwrap())
                    }
                });
                let connection = hyper::server::conn::http1::Builder::new()
                    .serve_connection(TokioIo::new(stream), service);
                tokio::spawn(connection);
            }
        });
        Self { url, log }
    }

    pub fn client(&self) -> Client {
        Client::new(&self.url, "token").unwrap()
    }

    /// The requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.log.lock().unwrap().clone()
    }
}
