//! The main acts of a case, the newest first. Everything else stands in its record.

use gateway::record::{Question, Read};
use proto::entry::{Body, Entry};
use proto::message::Event;
use proto::{allocation, approvals, mediation, negotiation, signing};

use super::super::Case;
use crate::said::{Teller, Things, brief};
use crate::{When, entries};

/// Acts that are shown.
const SHOWN: usize = 14;
/// Entries asked for at once, and how often.
const PAGE: u32 = 200;
const PAGES: usize = 10;

/// An act in words.
pub(super) struct Act {
    pub at: When,
    pub what: String,
    /// Whether it happened since whoever looks was here last.
    pub new: bool,
}

/// The newest of the main acts, and how many there are before them.
pub(super) async fn of(case: &Case) -> (Vec<Act>, usize) {
    let things = Things::of(&case.state);
    let teller = Teller { language: case.visit.language, bodies: &case.bodies, things: &things };
    let mut acts = Vec::new();
    let mut from = 0;
    for _ in 0..PAGES {
        let question = Question::of_case(case.id, from, PAGE);
        let Ok(page) = entries::ask(&case.visit, &case.who, &question).await else { break };
        acts.extend(page.entries.iter().filter_map(|read| act(case, &teller, read)));
        if !page.more {
            break;
        }
        from = page.next;
    }
    let earlier = acts.len().saturating_sub(SHOWN);
    (acts.into_iter().skip(earlier).rev().collect(), earlier)
}

fn act(case: &Case, teller: &Teller<'_>, read: &Read) -> Option<Act> {
    let entry: Entry = serde_json::from_str(&read.entry).ok()?;
    let Body::Open(act) = &entry.body else { return None };
    let what = brief(act.events.iter().filter(|event| is_main(event)).map(|event| teller.event(&act.actor, event)));
    (!what.is_empty()).then(|| Act { at: case.visit.instant(&entry.at), what, new: case.seen.is_some_and(|seen| entry.position > seen) })
}

/// Whether an event brings a case on its way, or back.
fn is_main(event: &Event) -> bool {
    match event {
        Event::Negotiation(event) => is_main_of_negotiation(event),
        Event::Mediation(event) => matches!(
            event,
            mediation::Event::DisputeOpened { .. }
                | mediation::Event::FacilitatorAccepted { agreed: true, .. }
                | mediation::Event::ProposalPut { .. }
                | mediation::Event::ProposalFailed { .. }
                | mediation::Event::Settled { .. }
        ),
        Event::Approvals(event) => matches!(
            event,
            approvals::Event::PassedAmended { .. } | approvals::Event::SigningOpened { .. } | approvals::Event::EnteredIntoForce { .. }
        ),
        Event::Signing(event) => {
            matches!(event, signing::Event::Signed { .. } | signing::Event::PaperAttested { .. } | signing::Event::Completed { .. })
        }
        Event::Allocation(event) => matches!(event, allocation::Event::RunTabled { .. }),
        Event::Authority(_) | Event::Calendar(_) | Event::Registry(_) => false,
    }
}

fn is_main_of_negotiation(event: &negotiation::Event) -> bool {
    use negotiation::Event as E;
    match event {
        E::CaseOpened { .. }
        | E::Joined { .. }
        | E::Declined { .. }
        | E::Left { .. }
        | E::AgendaSet(_)
        | E::OfferTabled { .. }
        | E::OfferAgreed { .. }
        | E::OfferSentBack { .. }
        | E::SettlementEntered { .. }
        | E::TextFrozen { .. }
        | E::TextReopened { .. } => true,
        E::Invited { .. }
        | E::FactStated { .. }
        | E::PositionTaken { .. }
        | E::InformationRequested { .. }
        | E::InformationAnswered { .. }
        | E::InformationLacking { .. }
        | E::TermDefined { .. }
        | E::ClauseAdded { .. }
        | E::WordingProposed { .. }
        | E::WordingSupported { .. }
        | E::ClauseReserved { .. }
        | E::ClauseCommented { .. }
        | E::PublicationAgreed { .. }
        | E::AgreementPublished { .. }
        | E::OfferDrafted { .. }
        | E::SoundingMade { .. }
        | E::SoundingAnswered { .. }
        | E::SoundingWithdrawn { .. }
        | E::OfferAccepted { .. }
        | E::OfferWithdrawn { .. }
        | E::OfferLapsed { .. }
        | E::Initialled { .. } => false,
    }
}
