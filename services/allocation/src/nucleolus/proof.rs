//! The criterion of Kohlberg (1971) for the nucleolus, in the form in which only sets that are not settled count (Benedek, Fliege and Nguyen
//! 2021). Shares are checked together with weights for sets of members at each level of complaint; how both were found does not matter.

use crate::game::together;

use super::simplex::{Conditions, Held, Says, Shares};

/// Whether shares of what all save are the nucleolus, by the conditions that hold each level of complaint.
///
/// Why that is enough: take other shares that leave nobody below what it saves alone, whose complaints are no louder, and that give the sets settled so
/// far (at first all members together) what these here give them. At a level no set that is not settled complains louder than those with a weight in the
/// balance. So by the other shares those do not save less than by these, nor do members that have here just what they save alone. But weighted they add
/// up to settled sets, where both give the same; so each of them saves the same by both, and is settled. In the end all members are.
pub(super) fn is_nucleolus(saved: &[i128], shares: &Shares, levels: &[Conditions]) -> bool {
    let (sums, over, all) = (together(&shares.each), shares.over, saved.len() - 1);
    let complaints: Vec<i128> = saved.iter().zip(&sums).map(|(saved, sum)| over * saved - sum).collect();
    let complaint = |set: usize| complaints.get(set).copied().unwrap_or(i128::MIN);
    let mut settled = vec![all];
    let mut holds = |level: &Conditions| {
        let (known, others): (Vec<&Held>, Vec<&Held>) = level.held.iter().partition(|held| held.is_settled());
        let in_balance =
            |says: Says| others.iter().filter(move |held| held.weight() > 0 && held.condition.says == says).map(|held| held.condition.set);
        let loudest = in_balance(Says::WithinLevel).map(complaint).min();
        let holds = is_inverse(level, shares.each.len() + 1)
            && known.iter().all(|held| settled.contains(&held.condition.set))
            && others.iter().all(|held| held.weight() >= 0)
            && in_balance(Says::NotBelowZero).all(|member| complaint(member) == 0 && member.is_power_of_two())
            && loudest.is_some_and(|loudest| (1..all).all(|set| complaint(set) <= loudest || level.settle(set)));
        settled.extend(in_balance(Says::NotBelowZero).chain(in_balance(Says::WithinLevel)));
        holds
    };
    over > 0
        && sums.len() == saved.len()
        && complaint(all) == 0
        && (0..shares.each.len()).all(|member| complaint(1 << member) <= 0)
        && levels.iter().all(&mut holds)
        && levels.last().is_some_and(|last| last.held.iter().all(|held| held.is_settled() || held.weight() > 0))
}

/// Whether what is said to follow from conditions does: there are as many as unknowns, and by each column its own one comes to what all is over and the
/// others to nothing.
fn is_inverse(level: &Conditions, unknowns: usize) -> bool {
    let own_alone = |(place, held): (usize, &Held)| {
        let comes = level.held.iter().map(|other| other.condition.of(&held.column));
        held.column.len() == unknowns && comes.enumerate().all(|(other, comes)| comes == if other == place { level.over } else { 0 })
    };
    level.over > 0 && level.held.len() == unknowns && level.held.iter().enumerate().all(own_alone)
}
