//! The criterion of Kohlberg (1971) for the nucleolus, in the form in which only sets that are not settled count (Benedek, Fliege and Nguyen
//! 2021). Shares are checked together with weights for sets of members at each level of complaint; how both were found does not matter.

use std::cmp::Ordering;

use crate::game::together;

use super::simplex::{Conditions, Game, Held, Says, Shares, Whole};

/// Whether shares of what all save are the nucleolus, by the conditions that hold each level of complaint.
///
/// Why that is enough: take other shares that leave nobody below what it saves alone, whose complaints are no louder, and that give the sets settled so
/// far (at first all members together) what these here give them. At a level no set that is not settled complains louder than those with a weight in the
/// balance. So by the other shares those do not save less than by these, nor do members that have here just what they save alone. But weighted they add
/// up to settled sets, where both give the same; so each of them saves the same by both, and is settled. In the end all members are. How often the
/// level counts for a set changes nothing in that.
pub(super) fn is_nucleolus<N: Whole>(game: &Game<N>, shares: &Shares<N>, levels: &[Conditions<N>]) -> bool {
    let (sums, all) = (together(&shares.each), game.saved.len() - 1);
    let complaints: Vec<N> = game.saved.iter().zip(&sums).map(|(saved, sum)| shares.over.clone() * saved - sum).collect();
    let counted = |set: usize| complaints.get(set).zip(game.times.get(set));
    let compared = |one: usize, other: usize| {
        let ((one, of_one), (other, of_other)) = (counted(one)?, counted(other)?);
        Some((one.clone() * of_other).cmp(&(other.clone() * of_one)))
    };
    let is = |set: usize, which: fn(&N) -> bool| complaints.get(set).is_some_and(which);
    let mut settled = vec![all];
    let mut holds = |level: &Conditions<N>| {
        let (known, others): (Vec<&Held<N>>, Vec<&Held<N>>) = level.held.iter().partition(|held| held.is_settled());
        let in_balance = |says: Says| {
            let all = others.iter().filter(move |held| held.weight().is_positive() && held.condition.says == says);
            all.map(|held| held.condition.set)
        };
        let quietest = in_balance(Says::WithinLevel).min_by(|one, other| compared(*one, *other).unwrap_or(Ordering::Equal));
        let no_louder = |set: usize, than: usize| compared(set, than).is_some_and(Ordering::is_le);
        let holds = is_inverse(game, level, shares.each.len() + 1)
            && known.iter().all(|held| settled.contains(&held.condition.set))
            && others.iter().all(|held| !held.weight().is_negative())
            && in_balance(Says::NotBelowZero).all(|member| is(member, N::is_zero) && member.is_power_of_two())
            && quietest.is_some_and(|quietest| (1..all).all(|set| no_louder(set, quietest) || level.settle(game, set)));
        settled.extend(in_balance(Says::NotBelowZero).chain(in_balance(Says::WithinLevel)));
        holds
    };
    shares.over.is_positive()
        && sums.len() == game.saved.len()
        && game.times.len() == game.saved.len()
        && game.times.iter().take(all).skip(1).all(N::is_positive)
        && is(all, N::is_zero)
        && (0..shares.each.len()).all(|member| is(1 << member, |complaint| !complaint.is_positive()))
        && levels.iter().all(&mut holds)
        && levels.last().is_some_and(|last| last.held.iter().all(|held| held.is_settled() || held.weight().is_positive()))
}

/// Whether what is said to follow from conditions does: there are as many as unknowns, and by each column its own one comes to what all is over and the
/// others to nothing.
fn is_inverse<N: Whole>(game: &Game<N>, level: &Conditions<N>, unknowns: usize) -> bool {
    let own_alone = |(place, held): (usize, &Held<N>)| {
        let mut comes = level.held.iter().map(|other| game.comes(other.condition, &held.column)).enumerate();
        held.column.len() == unknowns && comes.all(|(other, comes)| if other == place { comes == level.over } else { comes.is_zero() })
    };
    level.over.is_positive() && level.held.len() == unknowns && level.held.iter().enumerate().all(own_alone)
}
