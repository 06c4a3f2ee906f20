//! Before the rule and behind it: grants, payments between members, contributions in kind, years, currencies.

use proto::allocation::{Exact, Grant, GrantAmount, Line, Lines, Reason};
use proto::money::Money;

use super::{Borne, DIGITS, Deriving, step};
use crate::complete::{Paid, in_currency, paid};
use crate::number::{exact, whole};

/// Money as a number.
fn number(money: &Money) -> Exact {
    Exact { decimal: money.amount.normalize(), fraction: None }
}

impl Deriving<'_> {
    /// The cost, the grants, and what they leave.
    pub(super) fn cost(&mut self) -> Option<()> {
        let cost = number(&self.part.component.cost);
        self.common.push(step(Reason::Cost, cost.clone()));
        for (grant, units) in self.part.component.grants.iter().zip(&self.part.grants) {
            let gives = self.units(*units)?;
            self.common.push(step(granted(grant, &cost, &gives), gives));
        }
        if !self.part.grants.is_empty() {
            let left = Reason::Left { cost, granted: self.units(self.part.granted)? };
            self.common.push(step(left, self.units(self.part.shared)?));
        }
        Some(())
    }

    /// What members pay each other on top of their shares.
    pub(super) fn payments(&mut self, shares: &[i128]) -> Option<()> {
        for (transfer, Paid { to, amount, parts, by }) in self.part.component.transfers.iter().zip(paid(self.part, shares)?) {
            let names = || transfer.names.clone();
            for (place, (part, units)) in parts.iter().zip(by).enumerate().filter(|(_, (part, _))| **part != whole(0)) {
                let part = exact(part, DIGITS)?;
                let what = Reason::Pays { names: names(), to: transfer.to.clone(), amount: self.units(amount)?, part };
                let pays = step(what, self.units(units)?);
                self.members.get_mut(place)?.push(pays);
            }
            let gets = step(Reason::Gets { names: names() }, self.units(-amount)?);
            self.members.get_mut(to)?.push(gets);
        }
        Some(())
    }

    /// What is left to pay in money, and when.
    pub(super) fn own_money(&mut self, lines: &Lines) -> Option<()> {
        let component = self.part.component;
        for (steps, (member, line)) in self.members.iter_mut().zip(&lines.members) {
            let borne = number(&borne(line)?);
            if !component.transfers.is_empty() {
                let what = Reason::Borne { share: number(&line.share), on_top: number(&line.transfer) };
                steps.push(step(what, borne.clone()));
            }
            let brought = component.in_kind.iter().filter(|thing| thing.by == *member);
            steps.extend(brought.map(|thing| step(Reason::InKind { names: thing.names.clone() }, number(&thing.value))));
            let own = number(&line.own_money);
            if !component.in_kind.is_empty() {
                steps.push(step(Reason::OwnMoney { borne, in_kind: number(&line.in_kind) }, own.clone()));
            }
            let due = component.instalments.iter().zip(line.instalments.values());
            steps.extend(
                due.map(|((year, percent), due)| {
                    step(Reason::Instalment { year: *year, percent: *percent, own: own.clone() }, number(due))
                }),
            );
        }
        Some(())
    }

    /// What each bears in the model's currency.
    pub(super) fn in_currency(&mut self, lines: &Lines, all: &mut Borne) -> Option<()> {
        let amounts: Vec<Money> = lines.members.values().map(borne).collect::<Option<_>>()?;
        let units: Vec<i128> = amounts.iter().map(|amount| amount.units()).collect::<Option<_>>()?;
        let exchange = self.model.exchange.get(&self.part.component.cost.currency);
        let exchange = exchange.filter(|_| self.part.component.cost.currency != self.model.currency);
        let exchanged = in_currency(self.part, &units)?;
        for (((steps, member), amount), units) in self.members.iter_mut().zip(&self.part.members).zip(amounts).zip(exchanged) {
            let gives = number(&Money::of_units(units, self.model.currency)?);
            if let Some(exchange) = exchange {
                let (rate, on, source) = (exchange.rate, exchange.on, exchange.source.clone());
                steps.push(step(Reason::Exchanged { borne: number(&amount), rate, on, source }, gives.clone()));
            }
            all.entry((*member).clone()).or_default().insert(self.part.id.clone(), gives);
        }
        Some(())
    }
}

/// A share with what is paid and got on top.
fn borne(line: &Line) -> Option<Money> {
    Some(Money { amount: line.share.amount.checked_add(line.transfer.amount)?, ..line.share })
}

fn granted(grant: &Grant, cost: &Exact, gives: &Exact) -> Reason {
    let from = grant.from.clone();
    match &grant.amount {
        GrantAmount::Fixed(_) => Reason::GrantFixed { from },
        GrantAmount::Rate { percent, cap } => match cap.as_ref().map(number) {
            Some(cap) if cap == *gives => Reason::GrantCapped { from, percent: *percent, cost: cost.clone(), cap },
            Some(_) | None => Reason::GrantRate { from, percent: *percent, cost: cost.clone() },
        },
    }
}
