//! What the invariants look at: the case as each service folds it, who is in which office under which mandate, and a book of what was agreed that
//! is kept apart from the rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use proto::access::Official;
use proto::id::{GovernmentId, OfficialId, TermId};
use proto::mandate::Mandates;
use proto::message::Event;
use proto::negotiation::{Event as Said, OfferNo, Package, SoundingNo};
use proto::standing::Standing;
use proto::stream::Stream;
use proto::term::Value;
use runtime::decider::{Decider, Meta};

/// The folds of the case's open stream, and of the register. A clone is cheap: it shares what has not changed.
#[derive(Clone, Default)]
pub struct Folds {
    pub negotiation: Arc<negotiation::State>,
    pub allocation: Arc<allocation::State>,
    pub authority: Arc<authority::State>,
    pub approvals: Arc<approvals::State>,
    pub signing: Arc<signing::State>,
    pub mediation: Arc<mediation::State>,
    pub inbox: Arc<notifications::State>,
    pub register: Arc<Register>,
    pub book: Arc<Book>,
    /// Who has sounded out whom, and under which number.
    pub soundings: Arc<Vec<(GovernmentId, GovernmentId, SoundingNo)>>,
}

/// Who may act for whom.
#[derive(Clone, Default)]
pub struct Register {
    pub officials: BTreeMap<OfficialId, Official>,
    pub mandates: BTreeMap<GovernmentId, Mandates>,
}

/// What was agreed, told by the offers and settlements alone: for each term the offer that was agreed last, and what it says.
#[derive(Clone, Default)]
pub struct Book {
    packages: BTreeMap<OfferNo, Package>,
    pub agreed: BTreeMap<TermId, (OfferNo, Value)>,
}

impl Folds {
    /// How the case stands.
    pub fn standing(&self) -> &Standing {
        &self.negotiation.standing
    }

    /// Takes in one event of whatever stream.
    pub fn evolve(&mut self, event: &Event, of: &Meta) {
        match &of.stream {
            Stream::Case(_) => self.case(event, of),
            Stream::Official(_) | Stream::Mandates(_) => Arc::make_mut(&mut self.register).evolve(event, &of.stream),
            Stream::Sounding(..) => {
                if let Event::Negotiation(Said::SoundingMade { sounding, by, to, .. }) = event {
                    Arc::make_mut(&mut self.soundings).push((by.clone(), to.clone(), *sounding));
                }
            }
            Stream::Internal(..) | Stream::Caucus(..) | Stream::Government(_) | Stream::Calendar => {}
        }
    }

    fn case(&mut self, event: &Event, of: &Meta) {
        fold::<negotiation::Negotiation>(&mut self.negotiation, event, of);
        fold::<allocation::Allocation>(&mut self.allocation, event, of);
        fold::<authority::Authority>(&mut self.authority, event, of);
        fold::<approvals::Approvals>(&mut self.approvals, event, of);
        fold::<signing::Signing>(&mut self.signing, event, of);
        fold::<mediation::Mediation>(&mut self.mediation, event, of);
        fold::<notifications::Notifications>(&mut self.inbox, event, of);
        if let Event::Negotiation(event) = event {
            Arc::make_mut(&mut self.book).evolve(event);
        }
    }
}

fn fold<D: Decider>(state: &mut Arc<D::State>, event: &Event, of: &Meta) {
    D::evolve(Arc::make_mut(state), event, of);
}

impl Register {
    fn evolve(&mut self, event: &Event, stream: &Stream) {
        let Event::Registry(event) = event else { return };
        match stream {
            Stream::Official(official) => self.officials.entry(official.clone()).or_default().evolve(event),
            Stream::Mandates(government) => self.mandates.entry(government.clone()).or_default().evolve(event),
            _ => {}
        }
    }
}

impl Book {
    fn evolve(&mut self, event: &Said) {
        match event {
            Said::OfferTabled { offer, package, .. } => {
                self.packages.insert(*offer, package.clone());
            }
            Said::OfferAgreed { offer } => {
                let package = self.packages.get(offer).cloned().unwrap_or_default();
                self.adopt(*offer, &package);
            }
            Said::SettlementEntered { offer, package, .. } => self.adopt(*offer, package),
            _ => {}
        }
    }

    fn adopt(&mut self, offer: OfferNo, package: &Package) {
        self.agreed.extend(package.terms.iter().map(|(term, value)| (term.clone(), (offer, value.clone()))));
    }
}
