//! The snippets of the pages, each in a function that gives it what the page speaks of.

#![allow(unused_variables, reason = "as the pages show it")]

use std::error::Error;
use std::time::Duration;

use auth0_connections::models::ConnectionOptions;
use auth0_connections::{Client, connections};

type Done = Result<(), Box<dyn Error>>;

#[rustfmt::skip]
mod readme {
    use auth0_connections::{Client, connections, servers};

    #[tokio::main]
    async fn main() -> Result<(), Box<dyn std::error::Error>> {
        let client = Client::new(servers::default("acme.eu.auth0.com")?, std::env::var("AUTH0_TOKEN")?)?;
        let updated = connections::update("con_0000000000000001")
            .display_name("Staff")
            .realms(["acme.com"])
            .send(&client)
            .await?;
        println!("{:?} {:?}", updated.name, updated.realms);
        Ok(())
    }
}

#[rustfmt::skip]
mod readme_of_the_crate {
    use auth0_connections::{Client, connections, servers};

    #[tokio::main]
    async fn main() -> Result<(), Box<dyn std::error::Error>> {
        let client = Client::new(servers::default("acme.eu.auth0.com")?, std::env::var("AUTH0_TOKEN")?)?;
        let updated = connections::update("con_0000000000000001").display_name("Staff").send(&client).await?;
        println!("{:?}", updated.name);
        Ok(())
    }
}

#[rustfmt::skip]
async fn modified(client: Client, id: &str) -> Done {
    let change = connections::modify(id, |connection| {
        // The options can be those of another strategy, or have a form that the document doesn't allow.
        let Some(ConnectionOptions::Auth0(database)) = connection.options.value_mut() else {
            return Err("these aren't the options of a database");
        };
        database.import_mode = Some(true);
        Ok(())
    });
    println!("{}", change.clone().plan(&client).await?);    // what it would send, secrets redacted
    change.send(&client).await?;
    Ok(())
}

#[rustfmt::skip]
async fn by_credentials(id: &str, secret: &str) -> Done {
    use auth0_connections::{Client, connections, servers};
    use auth0_connections::runtime::ClientCredentials;

    let client = Client::builder()
        .base_url(servers::default("acme.eu.auth0.com")?)
        .client_credentials(ClientCredentials::new(id, secret))
        .build()?;
    let connection = connections::get("con_0000000000000001").send(&client).await?;
    Ok(())
}

#[rustfmt::skip]
async fn with_options(client: Client) -> Done {
    use auth0_connections::runtime::{CallOptions, RetryPolicy};

    let careful = client.with(CallOptions::new().retry(RetryPolicy::never()));
    let patient = client.with(CallOptions::new().timeout(Duration::from_secs(300)).idempotent(true));
    connections::update("con_0000000000000001").display_name("Staff").send(&patient).await?;
    connections::delete("con_0000000000000001").send(&careful).await?;
    Ok(())
}

async fn unchecked(client: Client) -> Done {
    use auth0_connections::runtime::CallOptions;

    let unchecked = client.with(CallOptions::new().validate(false));
    let read = connections::get("con_0000000000000001").send(&unchecked).await?;
    connections::update("con_0000000000000001").body(read).send(&unchecked).await?;
    Ok(())
}

async fn listed(client: Client) -> Done {
    let mut items = connections::list().items(&client);
    while let Some(item) = items.try_next().await? {
        println!("{:?}", item.name);
    }
    Ok(())
}

async fn resumed(client: Client) -> Done {
    let page = connections::list().pages(&client).try_next().await?;
    if let Some(next) = page.and_then(|page| page.next) {
        let rest = connections::list().items(&client).starting_at(next);
    }
    Ok(())
}

fn transported(url: &str, my_reqwest_client: reqwest::Client) -> Done {
    let client = Client::builder().base_url(url).transport(my_reqwest_client).build()?;
    Ok(())
}

#[rustfmt::skip]
fn blocking(client: Client) -> Done {
    use auth0_connections::runtime::blocking;

    let client = blocking::Client::new(client)?;
    let connection = connections::get("con_0000000000000001").send_blocking(&client)?;
    for connection in client.iter(|client| connections::list().items(client)) {
        println!("{:?}", connection?.name);
    }
    Ok(())
}

#[rustfmt::skip]
fn seen(connection: &auth0_connections::models::GetConnectionResponseContent) {
    match &connection.options {
        Some(ConnectionOptions::Samlp(saml)) => println!("{:?}", saml.sign_in_endpoint),
        Some(ConnectionOptions::Unknown(raw)) => println!("{:?}: {:?}", raw.tag, raw.reason),
        _ => {}
    }
}

#[rustfmt::skip]
async fn modified_saml(client: Client, id: &str) -> Done {
    connections::modify(id, |connection| {
        let Some(ConnectionOptions::Samlp(saml)) = connection.options.value_mut() else { return };
        saml.sign_in_endpoint = Some("https://idp.example.org/sso".to_owned());
    }).send(&client).await?;
    Ok(())
}

#[rustfmt::skip]
async fn modified_or_refused(client: Client, id: &str) -> Done {
    let changed = connections::modify(id, |connection| {
        let Some(ConnectionOptions::Samlp(saml)) = connection.options.value_mut() else { return Err("it isn't SAML") };
        saml.sign_in_endpoint = Some("https://idp.example.org/sso".to_owned());
        Ok(())
    })
    .send(&client)
    .await?;
    Ok(())
}

#[rustfmt::skip]
fn with_certificates(url: &str) -> Result<Client, Box<dyn Error>> {
    let client = Client::builder()
        .base_url(url)
        .root_certificates(std::fs::read("authority.pem")?)                         // trusted beside the platform's
        .client_certificate(std::fs::read("client.pem")?, std::fs::read_to_string("client.key")?)
        .build()?;
    Ok(client)
}

#[rustfmt::skip]
async fn for_one_call(client: Client, id: &str, trace: http::HeaderValue) -> Done {
    let connection = connections::get(id).timeout(Duration::from_secs(5)).send(&client).await?;
    let response = connections::create_samlp("staff")
        .idempotency_key("staff-1")
        .header("x-trace", trace)
        .respond(&client)
        .await?;
    println!("{} {:?}", response.status(), response.headers().get("x-request-id"));
    Ok(())
}

#[rustfmt::skip]
mod errors {
    use auth0_connections::{Client, connections};

    async fn rename(client: &Client, id: &str) -> Result<(), auth0_connections::Error> {
        let connection = connections::get(id).send(client).await?;
        connections::update(id).display_name(connection.name.unwrap_or_default()).send(client).await?;
        Ok(())
    }
}

#[cfg(feature = "test-util")]
#[rustfmt::skip]
async fn with_a_mock() -> Done {
    use auth0_connections::connections::Get;
    use auth0_connections::models::GetConnectionResponseContent;
    use auth0_connections::runtime::mock::Mock;

    let mock = Mock::new();
    mock.on::<Get>().returns(GetConnectionResponseContent::default().name("staff").realms(["acme.com"]));
    let connection = connections::get("con_0000000000000001").send(&mock.client()).await?;
    assert_eq!(connection.name.as_deref(), Some("staff"));
    Ok(())
}
