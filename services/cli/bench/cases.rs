//! Cases to negotiate: two parties each, six terms, a mandate for either side, and an offer on the table. Then counter-offers, by turns.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context as _;
use futures::{StreamExt as _, TryStreamExt as _, stream};
use hyper::header::HeaderValue;
use proto::allocation;
use proto::id::{CaseId, GovernmentId, MandateId, OfficialId, ProcedureId, TermId};
use proto::message::{Command, Target};
use proto::money::{Currency, Money};
use proto::negotiation::{self, OfferNo, Package, Rounds};
use proto::procedure::{self, Category, Status};
use proto::registry::{self, Bounds, Mandate, Scope};
use proto::term::{Kind, Value};
use proto::wire::Submission;
use proto::words::Names;
use runtime::clock;
use rust_decimal::Decimal;

use super::client::Connection;
use super::load::Client;
use super::solving;

/// Bodies of the example register that negotiate with each other here.
const PAIRS: [[&str; 2]; 5] =
    [["hwaseong", "bucheon"], ["ansan", "siheung"], ["anyang", "pyeongtaek"], ["gunpo", "uiwang"], ["seoul", "gyeonggi"]];
/// Members of what is computed beside.
const LARGE: u8 = 22;
/// Connections over which cases are prepared.
const AT_ONCE: usize = 32;

/// The headers of everyone who acts.
pub(crate) type Tokens = HashMap<String, HeaderValue>;

/// A case between two governments.
#[derive(Clone)]
pub(crate) struct Table {
    pub(crate) case: CaseId,
    parties: [Party; 2],
    /// The newest offer.
    pub(crate) offer: OfferNo,
}

#[derive(Clone)]
struct Party {
    government: GovernmentId,
    mandate: MandateId,
}

impl Party {
    fn person(&self, role: &str) -> String {
        format!("{}-{role}", self.government)
    }
}

/// A command by whoever issues it.
struct Act<'a> {
    by: &'a Party,
    role: &'a str,
    target: Target,
    command: Command,
}

/// Signs in everyone who acts in any case.
pub(crate) async fn tokens(address: SocketAddr) -> anyhow::Result<Arc<Tokens>> {
    let mut connection = Connection::open(address).await?;
    let mut tokens = Tokens::new();
    for government in PAIRS.iter().flatten() {
        for role in ["delegate", "signatory"] {
            let official = format!("{government}-{role}");
            let token = connection.sign_in(&official, government).await?;
            tokens.insert(official, token);
        }
    }
    Ok(Arc::new(tokens))
}

/// Opens so many cases and brings each to its first offer.
pub(crate) async fn open(address: SocketAddr, tokens: &Arc<Tokens>, count: u64) -> anyhow::Result<Vec<Table>> {
    let tables: Vec<Table> = (0..count).zip(PAIRS.iter().cycle()).map(|(_, pair)| Table::new(pair)).collect::<Result<_, _>>()?;
    let shares: Vec<Vec<Table>> = tables.chunks(tables.len().div_ceil(AT_ONCE)).map(<[Table]>::to_vec).collect();
    // All mandates before the first case: a body's mandates are one stream, and whoever acts on one has read it.
    let all = |acts: fn(&Table) -> anyhow::Result<Vec<Act<'_>>>| {
        let prepared = shares.iter().map(move |share| prepare(address, Arc::clone(tokens), share.clone(), acts));
        stream::iter(prepared).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>()
    };
    all(Table::mandating).await?;
    all(Table::opening).await?;
    Ok(tables)
}

async fn prepare(
    address: SocketAddr,
    tokens: Arc<Tokens>,
    tables: Vec<Table>,
    acts: fn(&Table) -> anyhow::Result<Vec<Act<'_>>>,
) -> anyhow::Result<()> {
    let mut connection = Connection::open(address).await?;
    for table in &tables {
        for (nth, act) in acts(table)?.into_iter().enumerate() {
            post(&mut connection, &tokens, act, &format!("prepare:{}:{nth}", table.case)).await?;
        }
    }
    Ok(())
}

async fn post(connection: &mut Connection, tokens: &Tokens, act: Act<'_>, key: &str) -> anyhow::Result<()> {
    let path = format!("/api/v1/{}/commands", act.target.path());
    let body = serde_json::to_vec(&Submission::from(act.command))?;
    let token = tokens.get(&act.by.person(act.role)).context("nobody is signed in for this")?;
    let (status, answer) = connection.post(&path, Some(token), key, body).await?;
    anyhow::ensure!(status.is_success(), "{path}: {status} {}", String::from_utf8_lossy(&answer));
    Ok(())
}

/// Asks in private for so many nucleoli of many members.
pub(crate) async fn ask_beside(address: SocketAddr, tokens: &Tokens, table: &Table, count: u8) -> anyhow::Result<()> {
    let mut connection = Connection::open(address).await?;
    for nth in 0..count {
        let model = solving::model(proto::allocation::Rule::Nucleolus, LARGE)?;
        let command = allocation::Command::Compute { run: format!("large-{nth}").parse()?, model, members: Some(LARGE) };
        post(&mut connection, tokens, table.by_guest(command), &format!("compute:{}:{nth}", table.case)).await?;
    }
    Ok(())
}

/// Takes them back. Fails where the last is not waiting any more.
pub(crate) async fn take_back(address: SocketAddr, tokens: &Tokens, table: &Table, count: u8) -> anyhow::Result<()> {
    let mut connection = Connection::open(address).await?;
    for nth in (0..count).rev() {
        let command = allocation::Command::Cancel { run: format!("large-{nth}").parse()? };
        let cancelled = post(&mut connection, tokens, table.by_guest(command), &format!("cancel:{}:{nth}", table.case)).await;
        if nth + 1 == count {
            cancelled.context("the load was over after what was computed beside: ask for fewer seconds")?;
        }
    }
    Ok(())
}

impl Table {
    fn by_guest(&self, command: allocation::Command) -> Act<'_> {
        let [_, guest] = &self.parties;
        Act { by: guest, role: "delegate", target: Target::Case(self.case), command: command.into() }
    }

    fn new(pair: &[&str; 2]) -> anyhow::Result<Self> {
        let party = |name: &str| anyhow::Ok(Party { government: name.parse()?, mandate: MandateId(clock::uuid()) });
        let [one, other] = pair;
        Ok(Self { case: CaseId(clock::uuid()), parties: [party(one)?, party(other)?], offer: 1 })
    }

    fn mandating(&self) -> anyhow::Result<Vec<Act<'_>>> {
        self.parties.iter().map(|party| self.grant(party)).collect()
    }

    fn grant<'a>(&self, party: &'a Party) -> anyhow::Result<Act<'a>> {
        let share = Bounds { floor: Some(Decimal::from(5)), ceiling: Some(Decimal::from(95)) };
        let mandate = Mandate {
            mandate: party.mandate,
            case: self.case,
            delegate: party.person("delegate").parse::<OfficialId>()?,
            scope: Scope::All,
            bounds: BTreeMap::from([("construction-share".parse()?, share)]),
            until: "2099-12-31".parse()?,
            legal_basis: "order of the mayor".to_owned(),
            may_delegate: false,
            parent: None,
        };
        let government = party.government.clone();
        let target = Target::Government(government.clone());
        Ok(Act { by: party, role: "signatory", target, command: registry::Command::GrantMandate { government, mandate }.into() })
    }

    fn opening(&self) -> anyhow::Result<Vec<Act<'_>>> {
        let [host, guest] = &self.parties;
        let act =
            |by, command: negotiation::Command| Act { by, role: "delegate", target: Target::Case(self.case), command: command.into() };
        let title = Names::new("Joint treatment of waste and sewage", "폐기물·하수 공동 처리");
        let mut acts = vec![
            act(host, negotiation::Command::OpenCase { title, procedure: form()?, rounds: Rounds::Alternating, as_party: true }),
            act(host, negotiation::Command::Invite { government: guest.government.clone() }),
            act(guest, negotiation::Command::Join { mandate: guest.mandate }),
        ];
        for (term, en, ko, kind) in terms()? {
            acts.push(act(host, negotiation::Command::DefineTerm { term, names: Names::new(en, ko), kind }));
        }
        let (to, package, mandate) = (Vec::new(), package(self.offer)?, host.mandate);
        acts.push(act(host, negotiation::Command::TableOffer { to, package, mandate, expires: None }));
        Ok(acts)
    }

    /// The answer to the newest offer, by the party whose turn it is.
    fn counter(&self) -> anyhow::Result<Act<'_>> {
        let [host, guest] = &self.parties;
        let by = if self.offer % 2 == 1 { guest } else { host };
        let (to, package, mandate) = (self.offer, moved(self.offer + 1)?, by.mandate);
        let command = negotiation::Command::CounterOffer { to, package, mandate, expires: None };
        Ok(Act { by, role: "delegate", target: Target::Case(self.case), command: command.into() })
    }
}

fn terms() -> anyhow::Result<[(TermId, &'static str, &'static str, Kind); 6]> {
    let krw = || Kind::Money { currency: Currency::KRW };
    let quantity = |unit: &str| Kind::Quantity { unit: unit.to_owned() };
    Ok([
        ("construction-share".parse()?, "Share of construction", "건설비 분담률", Kind::Share),
        ("construction-cost".parse()?, "Cost of construction", "건설비", krw()),
        ("resident-support".parse()?, "Support for residents", "주민지원기금", krw()),
        ("running-share".parse()?, "Share of running cost", "운영비 분담률", Kind::Share),
        ("waste".parse()?, "Waste taken in", "폐기물 반입량", quantity("t/day")),
        ("sewage".parse()?, "Sewage taken in", "하수 반입량", quantity("t/day")),
    ])
}

/// What the offer of this number moves: two of the terms by turns, the others stand as in the offer it answers.
fn moved(offer: OfferNo) -> anyhow::Result<Package> {
    let mut package = package(offer)?;
    let turn = (offer % 3) as usize;
    let two: BTreeSet<TermId> = package.terms.keys().skip(2 * turn).take(2).cloned().collect();
    package.terms.retain(|term, _| two.contains(term));
    Ok(package)
}

/// What an offer of this number would say of all terms: of each something else than the ones shortly before.
fn package(offer: OfferNo) -> anyhow::Result<Package> {
    let step = i64::from(offer % 40);
    let money = |won: i64| Value::Money(Money::krw(won));
    let quantity = |amount: i64| Value::Quantity { amount: amount.into(), unit: "t/day".to_owned() };
    let terms = [
        ("construction-share", Value::Share(Decimal::new(2_000 + 50 * step, 2))),
        ("construction-cost", money(22_270_000_000 + 10_000_000 * step)),
        ("resident-support", money(5_000_000_000 - 10_000_000 * step)),
        ("running-share", Value::Share(Decimal::from(10 + step))),
        ("waste", quantity(120 + step)),
        ("sewage", quantity(180_000 - 1_000 * step)),
    ];
    let terms = terms.into_iter().map(|(term, value)| Ok((term.parse()?, value))).collect::<anyhow::Result<_>>()?;
    Ok(Package { terms, ..Package::default() })
}

/// A client who leads the conversations of some cases, one counter-offer in each by turns.
pub(crate) struct Negotiator {
    connection: Connection,
    tokens: Arc<Tokens>,
    pub(crate) tables: Vec<Table>,
    next: usize,
}

impl Negotiator {
    /// So many clients, with the cases dealt out among them.
    pub(crate) async fn deal(address: SocketAddr, tokens: &Arc<Tokens>, tables: Vec<Table>, clients: u64) -> anyhow::Result<Vec<Self>> {
        let clients = usize::try_from(clients)?.min(tables.len());
        let mut all = Vec::with_capacity(clients);
        for _ in 0..clients {
            let connection = Connection::open(address).await?;
            all.push(Self { connection, tokens: Arc::clone(tokens), tables: Vec::new(), next: 0 });
        }
        for (nth, table) in tables.into_iter().enumerate() {
            if let Some(negotiator) = all.get_mut(nth % clients) {
                negotiator.tables.push(table);
            }
        }
        Ok(all)
    }
}

impl Client for Negotiator {
    async fn once(&mut self) -> anyhow::Result<()> {
        let count = self.tables.len();
        let table = self.tables.get_mut(self.next % count).context("a client without a case")?;
        self.next += 1;
        let key = format!("counter:{}:{}", table.case, table.offer);
        post(&mut self.connection, &self.tokens, table.counter()?, &key).await?;
        table.offer += 1;
        Ok(())
    }
}

/// The shortest legal form in force for two bodies: what is measured is the negotiation, not the procedure.
fn form() -> anyhow::Result<ProcedureId> {
    let forms =
        procedure::register().values().filter(|p| p.category == Category::Form && p.status == Status::InForce && p.parties_min <= 2);
    forms.min_by_key(|p| p.steps.len()).map(|p| p.id.clone()).context("the register has no form in force")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_counter_offer_moves_two_terms_and_keeps_to_their_kinds() {
        let terms = terms().unwrap();
        let mut stands = package(1).unwrap().terms;
        for offer in 2..=200 {
            let moves = moved(offer).unwrap().terms;
            assert_eq!(moves.len(), 2);
            assert!(moves.iter().all(|(term, value)| stands.insert(term.clone(), value.clone()) != Some(value.clone())), "{offer}");
            assert!(terms.iter().all(|(term, _, _, kind)| kind.admits(&stands[term])), "{offer}");
        }
    }

    #[test]
    fn parties_answer_by_turns() {
        let mut table = Table::new(&PAIRS[0]).unwrap();
        assert_eq!(table.counter().unwrap().by.government, "bucheon".parse().unwrap());
        table.offer = 2;
        assert_eq!(table.counter().unwrap().by.government, "hwaseong".parse().unwrap());
    }
}
