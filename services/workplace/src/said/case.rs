//! Events of the negotiation and of mediation: what their sentences tell.

use std::collections::BTreeSet;

use proto::mediation::{self, Closing};
use proto::negotiation::{self, Position, PublicPart, Rounds};
use proto::words::Deadline;
use serde_json::{Value, json};

use super::{Teller, quoted, short};
use crate::locale;
use gateway::texts;

pub(super) fn negotiation(teller: &Teller<'_>, event: &negotiation::Event) -> Value {
    use negotiation::Event as E;
    let (language, things) = (teller.language, teller.things);
    match event {
        E::CaseOpened { by, title, procedure, rounds, .. } => json!({
            "who": teller.body(by),
            "title": texts::named(language, title),
            "form": texts::named(language, &procedure.names),
            "rounds": teller.t(match rounds {
                Rounds::Alternating => "rounds-alternating",
                Rounds::Circulated => "rounds-circulated",
                Rounds::Free => "rounds-free",
            }),
        }),
        E::Invited { government, .. } | E::TextReopened { government } => json!({ "government": teller.body(government) }),
        E::Joined { government, .. } | E::Declined { government, .. } | E::Left { government, .. } => {
            json!({ "who": teller.body(government) })
        }
        E::AgendaSet(agenda) => json!({
            "round": agenda.round,
            "count": agenda.items.len(),
            "meeting": agenda.meeting.as_ref().map(|meeting| format!("{} {}", locale::day(language, meeting.on), quoted(&meeting.place))),
        }),
        E::FactStated { by, names, value, estimated_by, estimated_on, .. } => json!({
            "who": teller.body(by),
            "fact": texts::named(language, names),
            "value": teller.value(value),
            "source": quoted(estimated_by),
            "day": locale::day(language, *estimated_on),
        }),
        E::PositionTaken { fact, by, position } => {
            json!({ "who": teller.body(by), "fact": things.fact(language, fact), "position": stand(teller, position) })
        }
        E::InformationRequested { request, by, to, due, .. } => {
            json!({ "who": teller.body(by), "to": teller.body(to), "request": request, "until": until(teller, due.as_ref()) })
        }
        E::InformationAnswered { request, by, .. } | E::InformationLacking { request, by, .. } => {
            json!({ "who": teller.body(by), "request": request })
        }
        E::TermDefined { names, .. } => json!({ "term": texts::named(language, names) }),
        E::ClauseAdded { by, heading, wording, .. } => {
            json!({ "who": teller.body(by), "clause": texts::named(language, heading), "wording": teller.wording(wording) })
        }
        E::WordingProposed { clause, by, wording } => {
            json!({ "who": teller.body(by), "clause": things.clause(language, clause), "wording": teller.wording(wording) })
        }
        E::WordingSupported { clause, by, .. } | E::ClauseReserved { clause, by } | E::ClauseCommented { clause, by, .. } => {
            json!({ "who": teller.body(by), "clause": things.clause(language, clause) })
        }
        E::OfferDrafted { draft, package } => json!({ "draft": quoted(draft), "package": teller.package(package) }),
        E::SoundingMade { sounding, by, to, package, text } => json!({
            "who": teller.body(by),
            "to": teller.body(to),
            "sounding": sounding,
            "package": teller.package(package),
            "text": text.as_ref().map(|text| format!(" {}", quoted(text))).unwrap_or_default(),
        }),
        E::SoundingAnswered { sounding, by, text } => json!({ "who": teller.body(by), "sounding": sounding, "text": quoted(text) }),
        E::SoundingWithdrawn { sounding, by } => json!({ "who": teller.body(by), "sounding": sounding }),
        E::OfferTabled { .. } => tabled(teller, event),
        E::OfferAccepted { offer, by } | E::OfferSentBack { offer, by, .. } => json!({ "who": teller.body(by), "offer": offer }),
        E::OfferAgreed { offer } | E::OfferWithdrawn { offer } | E::OfferLapsed { offer } => json!({ "offer": offer }),
        E::SettlementEntered { offer, dispute, package } => {
            json!({ "offer": offer, "dispute": things.dispute(language, *dispute), "package": teller.package(package) })
        }
        E::Initialled { by, frozen } => json!({ "who": teller.body(by), "digest": short(&frozen.text) }),
        E::PublicationAgreed { by, parts, .. } => json!({ "who": teller.body(by), "parts": public_parts(teller, parts) }),
        E::AgreementPublished { parts, .. } => json!({ "parts": public_parts(teller, parts) }),
        E::TextFrozen { agreement, .. } => json!({ "digest": short(agreement) }),
    }
}

fn tabled(teller: &Teller<'_>, event: &negotiation::Event) -> Value {
    let negotiation::Event::OfferTabled { offer, by, to, counters, improves, package, expires } = event else { return Value::Null };
    // Which of the three it is chooses the words.
    let (manner, before) = match (counters, improves) {
        (Some(before), _) => ("counters", Some(before)),
        (None, Some(before)) => ("improves", Some(before)),
        (None, None) => ("opens", None),
    };
    json!({
        "who": teller.body(by),
        "offer": offer,
        "to": teller.bodies_of(to),
        "manner": manner,
        "before": before,
        "package": teller.package(package),
        "until": until(teller, expires.as_ref()),
    })
}

/// ` (by 15 Feb 2000)`, or nothing.
fn until(teller: &Teller<'_>, deadline: Option<&Deadline>) -> String {
    deadline.map(|due| teller.told("said-until", &json!({ "day": locale::day(teller.language, due.on) }))).unwrap_or_default()
}

/// What is public besides what always is.
fn public_parts(teller: &Teller<'_>, parts: &BTreeSet<PublicPart>) -> String {
    let part = |part: &PublicPart| {
        teller.t(match part {
            PublicPart::Terms => "said-part-terms",
            PublicPart::Wording => "said-part-wording",
        })
    };
    std::iter::once(teller.t("said-part-always")).chain(parts.iter().map(part)).collect::<Vec<_>>().join(", ")
}

fn stand(teller: &Teller<'_>, position: &Position) -> String {
    match position {
        Position::Accepts => teller.t("said-stand-accepts"),
        Position::Disputes { own: None } => teller.t("said-stand-disputes"),
        Position::Disputes { own: Some(own) } => teller.told("said-stand-disputes_own", &json!({ "value": teller.value(own) })),
        Position::NoData => teller.t("said-stand-no_data"),
    }
}

pub(super) fn mediation(teller: &Teller<'_>, event: &mediation::Event) -> Value {
    use mediation::Event as E;
    let number = |dispute: &mediation::DisputeNo| teller.things.dispute(teller.language, *dispute);
    let values = |proposal: &mediation::Proposal| {
        let mediation::Proposal { terms, labels, .. } = proposal.clone();
        teller.package(&negotiation::Package { terms, labels, ..negotiation::Package::default() })
    };
    match event {
        E::DisputeOpened { dispute, by, names, terms, parties, due } => {
            let terms: Vec<String> = terms.iter().map(|term| teller.things.term(teller.language, term)).collect();
            json!({
                "who": teller.body(by),
                "dispute": dispute,
                "title": texts::named(teller.language, names),
                "terms": teller.several(&terms),
                "parties": teller.bodies_of(parties),
                "until": until(teller, due.as_ref()),
            })
        }
        E::FacilitatorProposed { dispute, by, facilitator, .. } => {
            json!({ "who": teller.body(by), "dispute": number(dispute), "facilitator": teller.body(facilitator) })
        }
        E::FacilitatorAccepted { dispute, by, facilitator, agreed, .. } => json!({
            "who": teller.body(by),
            "dispute": number(dispute),
            "facilitator": teller.body(facilitator),
            "extent": if *agreed { "all" } else { "some" },
        }),
        E::NoteSent { dispute, by, text } => json!({ "who": teller.body(by), "dispute": number(dispute), "note": quoted(text) }),
        E::ProposalDelivered { dispute, number: proposal, proposal: what } | E::Settled { dispute, number: proposal, proposal: what } => {
            json!({ "dispute": number(dispute), "proposal": proposal, "package": values(what) })
        }
        E::ProposalPut { dispute, number: proposal, due, .. } => {
            json!({ "dispute": number(dispute), "proposal": proposal, "until": until(teller, due.as_ref()) })
        }
        E::ProposalAnswered { dispute, number: proposal, accept } => {
            json!({ "dispute": number(dispute), "proposal": proposal, "reply": if *accept { "yes" } else { "no" } })
        }
        E::ProposalFailed { dispute, number: proposal } => json!({ "dispute": number(dispute), "proposal": proposal }),
        E::DisputeClosed { dispute, how } => {
            let manner = match how {
                Closing::Settled => "settled",
                Closing::TakenBack => "taken_back",
            };
            json!({ "dispute": number(dispute), "manner": manner })
        }
    }
}
