//! What must hold after every command, whoever asked and whatever the answer. Each invariant is a function with the name under which it is told.

mod book;
mod inbox;
mod phases;
mod record;
mod steps;

use crate::folds::Folds;
use crate::secrets::Secrets;
use crate::world::Entry;
use proto::message::Refusal;

/// One command with what was before and after it.
pub struct Seen<'a> {
    pub before: &'a Folds,
    pub after: &'a Folds,
    /// What was recorded: the command and what the services did about it. Nothing if it was refused.
    pub new: &'a [Entry],
    /// Why it was refused, if it was.
    pub refused: Option<&'a Refusal>,
    /// Whether any stream has grown.
    pub grown: bool,
    /// What must not be told.
    pub secrets: &'a Secrets,
}

/// Answers what is wrong, if something is.
type Told = Result<(), String>;

/// The names of the invariants that do not hold, each with what is wrong. Where nothing was recorded, nothing else can be.
pub fn broken(seen: &Seen) -> Vec<String> {
    if seen.new.is_empty() && !seen.grown {
        return Vec::new();
    }
    let all = [
        told(seen, record::a_refusal_leaves_no_trace),
        told(seen, record::the_record_alone_decides_the_same),
        told(seen, record::sealed_content_stays_sealed),
        told(seen, record::findings_tell_only_what_all_may_know),
        told(seen, record::everyone_acts_in_an_office_they_hold),
        told(seen, record::acts_stand_under_the_name_of_whoever_acted),
        told(seen, record::only_parties_act_as_parties),
        told(seen, record::every_offer_and_answer_is_within_a_mandate),
        told(seen, record::nothing_late_is_accepted),
        told(seen, record::shares_add_up_exactly),
        told(seen, phases::all_services_see_the_same_standing),
        told(seen, phases::phases_move_along_allowed_edges),
        told(seen, phases::what_is_frozen_has_the_digest_that_stands),
        told(seen, phases::an_agreement_in_force_never_changes),
        told(seen, phases::initials_are_of_parties_and_fall_with_the_text),
        told(seen, book::offers_never_change_and_closed_ones_stay_closed),
        told(seen, book::agreed_offers_were_accepted_by_all_who_were_asked),
        told(seen, book::each_term_has_the_one_value_agreed_last),
        told(seen, book::disputed_terms_move_only_by_settlement),
        told(seen, book::settlements_are_entered_at_once),
        told(seen, book::facilitators_hear_no_opponent),
        told(seen, steps::approvals_of_another_text_do_not_count),
        told(seen, steps::signing_opens_when_nothing_before_it_is_missing),
        told(seen, steps::signatures_are_complete_when_every_party_has_signed),
        told(seen, steps::entry_into_force_is_a_conjunction),
        told(seen, inbox::an_open_case_waits_for_somebody),
        told(seen, inbox::a_frozen_case_waits_for_somebody),
        told(seen, inbox::initials_wait_for_those_who_have_not_given_them),
        told(seen, inbox::offers_wait_for_those_who_were_asked),
        told(seen, inbox::steps_wait_for_those_who_can_take_them),
        told(seen, inbox::signatures_are_asked_for_in_their_order),
        told(seen, inbox::proposals_wait_for_both_sides),
        told(seen, inbox::moves_are_of_bodies_that_may_read_the_case),
    ];
    all.into_iter().flatten().collect()
}

/// What an invariant tells, under its name.
fn told(seen: &Seen, holds: impl Fn(&Seen) -> Told) -> Option<String> {
    let name = std::any::type_name_of_val(&holds).rsplit("::").next().unwrap_or_default();
    Some(format!("{name}: {}", holds(seen).err()?))
}

/// Tells what is wrong unless it is right.
fn ensure(right: bool, wrong: impl FnOnce() -> String) -> Told {
    if right { Ok(()) } else { Err(wrong()) }
}

/// Tells of two things that should be the same.
fn same<T: PartialEq + std::fmt::Debug>(found: &T, expected: &T) -> Told {
    ensure(found == expected, || format!("found {found:?}, expected {expected:?}"))
}
