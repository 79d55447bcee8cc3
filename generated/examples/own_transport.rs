//! Uses a custom transport, here one that counts the requests:
//! `AUTH0_TOKEN=... cargo run --example own_transport -- acme.eu.auth0.com con_0000000000000001`

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use auth0_connections::runtime::{
    Body, BoxFuture, ResponseBody, Transport, TransportError, TransportErrorKind,
};
use auth0_connections::{Client, connections, servers};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(tenant), Some(id)) = (arguments.next(), arguments.next()) else {
        return Err("give the tenant's host and the connection's id".into());
    };
    let count = run(&servers::default(&tenant)?, &std::env::var("AUTH0_TOKEN")?, &id).await?;
    println!("{count} requests");
    Ok(())
}

/// Another HTTP stack could take the place of `http`.
struct Counting {
    http: reqwest::Client,
    count: Arc<AtomicUsize>,
}

impl Transport for Counting {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        Box::pin(async move {
            self.count.fetch_add(1, Ordering::Relaxed);
            let request = request.map(|body| body.as_bytes().cloned().unwrap_or_default());
            let request = reqwest::Request::try_from(request).map_err(failed)?;
            let response = self.http.execute(request).await.map_err(failed)?;
            let mut whole = http::Response::new(ResponseBody::default());
            *whole.status_mut() = response.status();
            *whole.headers_mut() = response.headers().clone();
            *whole.body_mut() = response.bytes().await.map_err(failed)?.into();
            Ok(whole)
        })
    }
}

fn failed(error: reqwest::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Other, error.without_url().to_string())
}

/// The client still handles authentication, retries and limits.
pub async fn run(base_url: &str, token: &str, id: &str) -> Result<usize, Box<dyn Error>> {
    let count = Arc::new(AtomicUsize::new(0));
    let transport = Counting { http: reqwest::Client::new(), count: count.clone() };
    let client = Client::builder().base_url(base_url).bearer_token(token).transport(transport).build()?;
    connections::check_status(id).send(&client).await?;
    Ok(count.load(Ordering::Relaxed))
}
