//! Sends over a transport of one's own, here one that counts what goes through it:
//! `AUTH0_TOKEN=... cargo run --example own_transport -- acme.eu.auth0.com con_0000000000000001`

use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use auth0_connections::runtime::{BoxFuture, ReqwestTransport, ResponseBody, Transport, TransportError};
use auth0_connections::{Client, connections, runtime, servers};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(tenant), Some(id)) = (arguments.next(), arguments.next()) else {
        return Err("give the tenant's host and the connection's id".into());
    };
    let count = run(&servers::default(&tenant), &std::env::var("AUTH0_TOKEN")?, &id).await?;
    println!("{count} requests");
    Ok(())
}

/// Another HTTP stack would stand where `inner` is.
struct Counting<T> {
    inner: T,
    count: Arc<AtomicUsize>,
}

impl<T: Transport> Transport for Counting<T> {
    fn send(
        &self,
        request: http::Request<runtime::Body>,
    ) -> BoxFuture<'_, Result<http::Response<ResponseBody>, TransportError>> {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.inner.send(request)
    }
}

/// Authentication, retries and limits stay the client's.
pub async fn run(base_url: &str, token: &str, id: &str) -> Result<usize, Box<dyn Error>> {
    let count = Arc::new(AtomicUsize::new(0));
    let transport = Counting { inner: ReqwestTransport::new()?, count: count.clone() };
    let client = Client::builder().base_url(base_url).bearer_token(token).transport(transport).build()?;
    connections::check_status(id).send(&client).await?;
    Ok(count.load(Ordering::Relaxed))
}
