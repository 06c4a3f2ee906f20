//! Services in two processes: the gateway, the ledger and the register here, negotiation and the rest there.

use interlocal::scenario::play;
use interlocal::scenario::script::{self, Step};
use interlocal::scenario::stage::{Place, Stage};
use proto::actor::Service;

use crate::children::Children;

#[tokio::test(flavor = "multi_thread")]
async fn gateway_here_and_negotiation_there() {
    let here = [Service::Gateway, Service::Ledger, Service::Registry, Service::Approvals];
    let mut site = Children::new(|_| {});
    site.start_with_bus("here", &here);
    site.start("there", &[Service::Negotiation]);
    let parties = ["gyeonggi", "gwangmyeong", "guro", "seoul"];
    let people: Vec<_> = parties.iter().flat_map(|party| ["delegate", "approver", "signatory"].map(|role| (*party, role))).collect();
    let mut stage = Stage::new(Place::Http(site.ready(&people).await), "split");
    let lines = script::read(include_str!("../scenarios/guro-gwangmyeong.txt")).unwrap();
    // Up to where mediation begins, which is in neither process.
    let end = lines.iter().position(|line| matches!(&line.step, Step::Act(act) if act.command == "open_dispute")).unwrap();
    play::compare(&mut stage, &lines[..end]).await.unwrap();
}
