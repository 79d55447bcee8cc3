//! Calls a second, beside the same requests written by hand.

use std::time::{Duration, Instant};

use auth0_connections::{Client, connections};

use super::{Load, drive, hand, server};

/// Rounds of each; what they gave is compared by its median, since the machine has other things to do.
const ROUNDS: usize = 7;

pub async fn run(load: &Load) -> bool {
    let (url, _) = server::start(0).await;
    let http = || reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let by_hand = hand::Client { http: http(), base_url: url.clone(), token: "token".to_owned() };
    let client = Client::builder().base_url(url).bearer_token("token").transport(http()).build().unwrap();
    let calls = load.calls / ROUNDS;
    let (mut hand, mut ours) = (Vec::new(), Vec::new());
    // The first round warms up.
    for round in 0..=ROUNDS {
        let (by_hand, client) = (by_hand.clone(), client.clone());
        let start = Instant::now();
        drive(load, calls, move |number| call_by_hand(by_hand.clone(), number)).await;
        let of_hand = start.elapsed();
        let start = Instant::now();
        drive(load, calls, move |number| call(client.clone(), number)).await;
        if round > 0 {
            hand.push(of_hand);
            ours.push(start.elapsed());
        }
    }
    let median = |times: &mut Vec<Duration>| {
        times.sort();
        times[times.len() / 2].as_secs_f64()
    };
    let (hand, ours) = (calls as f64 / median(&mut hand), calls as f64 / median(&mut ours));
    let ratio = ours / hand;
    println!(
        "by hand: {hand:.0} calls a second; generated: {ours:.0}; ratio {ratio:.2}, at least {}",
        load.least_ratio
    );
    ratio >= load.least_ratio
}

/// One call in four changes something.
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
