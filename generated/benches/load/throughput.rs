//! Calls per second, compared to the same requests written by hand.

use std::collections::BTreeSet;
use std::time::Instant;

use auth0_connections::{Client, connections};

use super::server::KEPT;
use super::{Load, drive, hand, server};

/// The rounds of each, a tenth of a second long. Other work on the machine mostly takes longer than that, so
/// the two are compared within a round.
const ROUNDS: usize = 49;

/// The user agent that both send.
const USER_AGENT: &str = "load/1";

pub async fn run(load: &Load) -> bool {
    let (url, seen) = server::start(0).await;
    let http_client = || reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    let asked =
        http::HeaderMap::from_iter([(http::header::ACCEPT_ENCODING, http::HeaderValue::from_static("gzip"))]);
    let of_hand = http_client().user_agent(USER_AGENT).default_headers(asked).build().unwrap();
    let by_hand = hand::Client { http: of_hand, base_url: url.clone(), token: "token".to_owned() };
    let client = Client::builder().base_url(url).bearer_token("token").user_agent(USER_AGENT);
    let client = client.transport(http_client().build().unwrap()).build().unwrap();
    for number in 0..KEPT / 2 {
        call_by_hand(by_hand.clone(), number).await;
        call(client.clone(), number).await;
    }
    for pair in seen.first.lock().unwrap().chunks(2) {
        assert_eq!(lines(&pair[0]), lines(&pair[1]), "the requests are not the same");
    }
    let calls = load.calls / ROUNDS;
    let (mut hand, mut ours, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    // The first round warms up.
    for round in 0..=ROUNDS {
        let (by_hand, client) = (by_hand.clone(), client.clone());
        let drive_hand =
            async || seconds(drive(load, calls, move |n| call_by_hand(by_hand.clone(), n))).await;
        let drive_ours = async || seconds(drive(load, calls, move |n| call(client.clone(), n))).await;
        // They take turns going first.
        let (of_hand, of_ours) = if round % 2 == 0 {
            let of_hand = drive_hand().await;
            (of_hand, drive_ours().await)
        } else {
            let of_ours = drive_ours().await;
            (drive_hand().await, of_ours)
        };
        if round > 0 {
            hand.push(of_hand);
            ours.push(of_ours);
            ratios.push(of_hand / of_ours);
        }
    }
    let (hand, ours, ratio) = (median(hand), median(ours), median(ratios));
    println!(
        "by hand: {:.0} calls a second; generated: {:.0}; ratio in a round {ratio:.2}, at least {}",
        calls as f64 / hand,
        calls as f64 / ours,
        load.least_ratio
    );
    ratio >= load.least_ratio
}

async fn seconds(work: impl Future<Output = ()>) -> f64 {
    let start = Instant::now();
    work.await;
    start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The lines of a request as a set, since the order of headers has no meaning.
fn lines(request: &[u8]) -> BTreeSet<&[u8]> {
    request.split(|byte| *byte == b'\n').collect()
}

/// One call in four is a write.
async fn call(client: Client, number: usize) {
    let found = match number % 4 {
        0 => {
            let update = connections::update("con_0000000000000001").display_name("Staff");
            let updated = update.realms(vec!["acme.com".to_owned()]).send(&client).await.unwrap();
            updated.name
        }
        _ => connections::get("con_0000000000000001").send(&client).await.unwrap().name,
    };
    assert_eq!(found.as_deref(), Some("staff"));
}

async fn call_by_hand(client: hand::Client, number: usize) {
    let found = match number % 4 {
        0 => client.update("con_0000000000000001", "Staff", &["acme.com".to_owned()]).await.unwrap(),
        _ => client.get("con_0000000000000001").await.unwrap(),
    };
    assert_eq!(std::hint::black_box(found).name.as_deref(), Some("staff"));
}
