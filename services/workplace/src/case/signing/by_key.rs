//! Signing by key: what is signed, byte for byte, the command that signs it on one's own machine, and where the signature goes.

use ::signing::{Signature, State};
use gateway::problem::Problem;
use proto::digest::canonical;
use proto::signing::Intent;

use super::intent;
use crate::case::Case;
use crate::{Form, keys};

/// The part of the page for a signatory who can sign now, or who waits for another party to sign first.
pub(super) struct ByKey {
    pub form: Form,
    /// What is signed, as canonical JSON.
    pub intent: String,
    pub agreement: String,
    /// The command that signs it.
    pub command: String,
    /// The keys in force.
    pub keys: Vec<Held>,
    /// Who signs before, where an order is set.
    pub waits_for: Option<String>,
    /// Whether the own signature came into doubt and must be made again.
    pub again: bool,
}

/// A key in force, with its public half by which the script finds it.
pub(super) struct Held {
    pub name: String,
    pub x: String,
    pub y: String,
    pub chosen: bool,
}

impl ByKey {
    pub async fn of(case: &Case, state: &State) -> Result<Option<Self>, Problem> {
        let own = state.signatures.get(&case.government);
        let Some(intent) = intent(case, state).filter(|_| !own.is_some_and(Signature::stands)) else { return Ok(None) };
        let held = keys::held(&case.visit, &case.who, &intent.official).await.map_err(|why| case.visit.failed(why))?;
        let next = state.missing().next().filter(|next| !state.order.is_empty() && **next != case.government);
        let form = case.form("sign");
        let in_force = held.into_iter().filter(|(_, key)| keys::is_in_force(key, &case.visit));
        let keys = in_force.map(|(name, key)| Held {
            chosen: form.took("key", name.as_str(), false),
            name: name.to_string(),
            x: key.public.x,
            y: key.public.y,
        });
        Ok(Some(Self {
            keys: keys.collect(),
            intent: canonical(&intent).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default(),
            agreement: intent.agreement.to_string(),
            command: command(&intent),
            waits_for: next.map(|next| case.called(next).to_owned()),
            again: own.is_some(),
            form,
        }))
    }
}

fn command(intent: &Intent) -> String {
    let Intent { case, agreement, government, official, .. } = intent;
    format!(
        "interlocal sign --key {official}.pem --case {case} \\\n  --agreement {agreement} \\\n  --government {government} --official {official}"
    )
}
