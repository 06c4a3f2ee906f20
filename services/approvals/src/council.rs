//! Whether the votes of a council carry the result that is recorded.

use proto::approvals::{CouncilEnd, Refusal, Votes};
use proto::procedure::{Majority, Step};

/// Votes must carry a passing and must not carry a rejection; a tie is a rejection (지방자치법 제73조). An act that did not come to an end is not
/// judged by them. Councils that pass without a count (이의 없음) record none.
pub(crate) fn votes_carry(step: &Step, end: CouncilEnd, votes: Votes) -> Result<(), Refusal> {
    let carried = carries(step.majority.as_ref().map(|majority| majority.is), votes);
    let holds = match end {
        CouncilEnd::Passed | CouncilEnd::PassedAmended => carried,
        CouncilEnd::Rejected => !carried,
        CouncilEnd::Deferred | CouncilEnd::Withdrawn | CouncilEnd::LapsedWithTerm => true,
    };
    if holds { Ok(()) } else { Err(Refusal::VotesDoNotCarry { yes: votes.yes, no: votes.no }) }
}

fn carries(majority: Option<Majority>, votes: Votes) -> bool {
    let [yes, no, abstain] = [votes.yes, votes.no, votes.abstain].map(u64::from);
    match majority {
        Some(Majority::Present) => yes > no + abstain,
        Some(Majority::Cast) | None => yes > no,
    }
}
