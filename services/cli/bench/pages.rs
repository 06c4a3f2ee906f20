//! The workplace under people: how long its pages take while a hundred officials look at them, and how much the first page weighs.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use hyper::StatusCode;

use super::client::Connection;
use super::load::{Measured, Tally};
use crate::scenario::stage::{Place, Stage};
use crate::scenario::{Http, play, script};

/// Who looks at pages at the same time.
const USERS: u64 = 100;
/// How long someone looks at a page before asking for the next.
const READS: Duration = Duration::from_secs(1);
/// The case that they look at, up to where text and authority begin: facts, offers, a settled dispute, runs of everything.
const CASE: &str = include_str!("../../../tests/scenarios/guro-gwangmyeong.txt");
const UNTIL: &str = "\n## Approvals";
/// The officials, each in several browsers.
const PERSONS: [(&str, &str); 4] = [("seoul", "delegate"), ("gwangmyeong", "delegate"), ("guro", "approver"), ("gyeonggi", "mediator")];

/// What was measured.
pub(crate) struct Pages {
    /// All pages together, and each by its address.
    pub(crate) all: Measured,
    pub(crate) each: Vec<(String, Measured)>,
    /// Bytes over the wire of the first page with all that it needs, fonts aside.
    pub(crate) first: u64,
}

/// Plays the case, then lets everyone look at its pages for some time.
pub(crate) async fn measure(address: SocketAddr, time: Duration) -> anyhow::Result<Pages> {
    let (text, _) = CASE.split_once(UNTIL).context("the script has no such chapter")?;
    let mut stage = Stage::new(Place::Http(Http::new(&format!("http://{address}"))?), &runtime::clock::uuid().to_string());
    for line in script::read(text)? {
        play::line(&mut stage, &line).await.with_context(|| format!("line {}", line.number))?;
    }
    let case = stage.case().to_string();
    let mut cookies = Vec::new();
    for (government, role) in PERSONS {
        cookies.push(Connection::open(address).await?.enter(&format!("{government}-{role}"), government).await?);
    }
    let first = cookies.first().context("nobody is signed in")?;
    let addresses = addresses(address, first, &case).await?;
    let weight = weight(address, first).await?;
    let until = Instant::now() + time;
    let looking = (0..USERS).zip(cookies.iter().cycle()).map(|(user, cookie)| {
        let from = usize::try_from(user).unwrap_or_default();
        tokio::spawn(look(address, cookie.clone(), addresses.clone(), from, until))
    });
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    for task in looking.collect::<Vec<_>>() {
        for (page, tally) in task.await?? {
            tallies.entry(page).or_default().add(tally);
        }
    }
    let mut all = Tally::default();
    let mut each = Vec::new();
    for (page, tally) in tallies {
        all.add(tally.clone());
        each.push((page.replace(&case, "…"), tally.measured(USERS, time)));
    }
    Ok(Pages { all: all.measured(USERS, time), each, first: weight })
}

/// One person: a page, some time to read it, the next page.
async fn look(
    address: SocketAddr,
    cookie: String,
    pages: Vec<String>,
    from: usize,
    until: Instant,
) -> anyhow::Result<BTreeMap<String, Tally>> {
    let mut connection = Connection::open(address).await?;
    let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
    // Not all begin at once.
    tokio::time::sleep(READS * u32::try_from(from).unwrap_or_default() / u32::try_from(USERS)?).await;
    for page in pages.iter().cycle().skip(from) {
        let start = Instant::now();
        if start >= until {
            break;
        }
        let answer = connection.get(page, &cookie).await;
        let right = answer.and_then(|answer| anyhow::Ok(anyhow::ensure!(answer.status == StatusCode::OK, "{page}: {}", answer.status)));
        tallies.entry(page.clone()).or_default().note(start.elapsed(), right);
        tokio::time::sleep(READS.saturating_sub(start.elapsed())).await;
    }
    Ok(tallies)
}

/// The pages to which the first page and the case lead whoever is signed in.
async fn addresses(address: SocketAddr, cookie: &str, case: &str) -> anyhow::Result<Vec<String>> {
    let mut connection = Connection::open(address).await?;
    let mut found = BTreeSet::from(["/".to_owned()]);
    for page in ["/".to_owned(), format!("/cases/{case}")] {
        let answer = connection.get(&page, cookie).await?;
        let html = String::from_utf8_lossy(&answer.plain()?).into_owned();
        let ours = |link: &&str| {
            let other = link.starts_with("/cases/") && !link.contains(case);
            link.starts_with('/')
                && !other
                && !link.contains(['?', '#', '.'])
                && !["/api", "/assets", "/sign-"].iter().any(|no| link.starts_with(no))
        };
        found.extend(links(&html, "href").filter(ours).map(str::to_owned));
    }
    Ok(found.into_iter().collect())
}

/// Bytes over the wire of the first page, its stylesheet, scripts and icons.
async fn weight(address: SocketAddr, cookie: &str) -> anyhow::Result<u64> {
    let mut connection = Connection::open(address).await?;
    let page = connection.get("/", cookie).await?;
    let html = String::from_utf8_lossy(&page.plain()?).into_owned();
    let mut bytes = page.body.len() as u64;
    let parts: BTreeSet<&str> = links(&html, "href").chain(links(&html, "src")).filter(|link| link.starts_with("/assets/")).collect();
    let files: BTreeSet<&str> = parts.into_iter().map(|link| link.split('#').next().unwrap_or(link)).collect();
    for file in files {
        bytes += connection.get(file, cookie).await?.body.len() as u64;
    }
    Ok(bytes)
}

/// The values of an attribute.
fn links<'a>(html: &'a str, attribute: &'static str) -> impl Iterator<Item = &'a str> {
    html.split(attribute).skip(1).filter_map(|rest| rest.strip_prefix("=\"")?.split('"').next())
}
