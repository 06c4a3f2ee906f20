//! Families and kinds of events, for choosing among them.

/// Each family with its kinds, in the order in which a case meets them.
pub(super) const KINDS: [(&str, &[&str]); 8] = [
    (
        "negotiation",
        &[
            "case_opened",
            "invited",
            "joined",
            "declined",
            "left",
            "agenda_set",
            "fact_stated",
            "position_taken",
            "information_requested",
            "information_answered",
            "information_lacking",
            "term_defined",
            "clause_added",
            "wording_proposed",
            "wording_supported",
            "clause_reserved",
            "clause_commented",
            "offer_drafted",
            "sounding_made",
            "sounding_answered",
            "sounding_withdrawn",
            "offer_tabled",
            "offer_accepted",
            "offer_agreed",
            "offer_sent_back",
            "offer_withdrawn",
            "offer_lapsed",
            "settlement_entered",
            "initialled",
            "text_frozen",
            "text_reopened",
            "publication_agreed",
            "agreement_published",
        ],
    ),
    ("allocation", &["computed", "work_asked", "studied", "work_failed", "work_cancelled", "run_tabled", "study_tabled", "stand_taken"]),
    ("authority", &["function_set", "function_removed", "finding_allowed", "rechecked"]),
    (
        "mediation",
        &[
            "dispute_opened",
            "facilitator_proposed",
            "facilitator_accepted",
            "note_sent",
            "proposal_delivered",
            "proposal_put",
            "proposal_answered",
            "proposal_failed",
            "settled",
            "dispute_closed",
        ],
    ),
    (
        "approvals",
        &[
            "condition_decided",
            "step_recorded",
            "sign_off_recorded",
            "clock_started",
            "step_lapsed",
            "passed_amended",
            "signing_opened",
            "signatures_noted",
            "entered_into_force",
        ],
    ),
    ("signing", &["order_set", "signed", "paper_attested", "completed", "marked_in_doubt"]),
    (
        "registry",
        &[
            "government_registered",
            "population_recorded",
            "appointed",
            "appointment_ended",
            "key_registered",
            "key_revoked",
            "key_used",
            "mandate_granted",
            "mandate_revoked",
        ],
    ),
    ("calendar", &["calendar_set"]),
];

/// Whether there is such a family (`signing`) or kind (`signing.completed`).
pub(super) fn is_one(name: &str) -> bool {
    let (family, kind) = name.split_once('.').map_or((name, None), |(family, kind)| (family, Some(kind)));
    let found = KINDS.iter().find(|(known, _)| *known == family);
    found.is_some_and(|(_, kinds)| kind.is_none_or(|kind| kinds.contains(&kind)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn all_kinds_of_the_contract_can_be_chosen() {
        let ours: BTreeSet<String> =
            KINDS.iter().flat_map(|(family, kinds)| kinds.iter().map(move |kind| format!("{family}.{kind}"))).collect();
        assert_eq!(ours, crate::said::kinds());
    }

    #[test]
    fn what_is_no_kind_is_not_taken() {
        assert!(is_one("signing") && is_one("signing.completed"));
        for none in ["", "signing.", "signing.x", "other", "completed"] {
            assert!(!is_one(none), "{none}");
        }
    }
}
