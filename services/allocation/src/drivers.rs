//! Parts of the whole, by drivers.

use coopgame::game::exact::Rational;
use proto::allocation::{Driver, Model, Part, Refusal};
use proto::id::{ComponentId, DriverId, GovernmentId};
use rust_decimal::Decimal;

use crate::number::{rational, whole};

/// The drivers of a model, asked for one component.
pub(crate) struct Drivers<'a> {
    pub(crate) model: &'a Model,
    pub(crate) component: &'a ComponentId,
    pub(crate) members: &'a [&'a GovernmentId],
}

impl Drivers<'_> {
    /// What a driver says of each member.
    pub(crate) fn figures(&self, id: &DriverId) -> Result<Vec<Decimal>, Refusal> {
        let unknown = || Refusal::UnknownDriver { component: self.component.clone(), driver: id.clone() };
        let driver: &Driver = self.model.drivers.get(id).ok_or_else(unknown)?;
        let figure = |member: &GovernmentId| driver.values.get(member).copied().filter(|value| *value >= Decimal::ZERO);
        let gap = |member: &GovernmentId| Refusal::DriverGap { driver: id.clone(), member: member.clone() };
        self.members.iter().map(|member| figure(member).ok_or_else(|| gap(member))).collect()
    }

    /// Each member's part by one driver.
    pub(crate) fn driven(&self, id: &DriverId) -> Result<Vec<Rational>, Refusal> {
        let figures: Vec<Rational> = self.figures(id)?.into_iter().map(rational).collect();
        let total: Rational = figures.iter().sum();
        if total == whole(0) {
            return Err(Refusal::DriverZero { component: self.component.clone(), driver: id.clone() });
        }
        Ok(figures.into_iter().map(|figure| figure / &total).collect())
    }

    /// Each member's part by a weighted mix.
    pub(crate) fn mixed(&self, parts: &[Part]) -> Result<Vec<Rational>, Refusal> {
        if let Err(percent) = hundred(parts.iter().map(|part| &part.percent)) {
            return Err(Refusal::MixNotWhole { component: self.component.clone(), percent });
        }
        let mut mixed = vec![whole(0); self.members.len()];
        for part in parts {
            let shares = part.driver.as_ref().map_or_else(|| Ok(self.equally()), |driver| self.driven(driver))?;
            let weight = rational(part.percent) / whole(100);
            mixed.iter_mut().zip(shares).for_each(|(sum, share)| *sum += share * &weight);
        }
        Ok(mixed)
    }

    /// The same part for each member.
    pub(crate) fn equally(&self) -> Vec<Rational> {
        self.members.iter().map(|_| Rational::new(1.into(), self.members.len().into())).collect()
    }
}

/// Whether percentages are each zero or more and add up to 100. If not: what they add up to, as text.
pub(crate) fn hundred<'d>(percentages: impl IntoIterator<Item = &'d Decimal>) -> Result<(), String> {
    let percentages: Vec<Decimal> = percentages.into_iter().copied().collect();
    let sum: Rational = percentages.iter().copied().map(rational).sum();
    if sum == whole(100) && percentages.iter().all(|percent| *percent >= Decimal::ZERO) {
        return Ok(());
    }
    let decimal = percentages.iter().try_fold(Decimal::ZERO, |sum, percent| sum.checked_add(*percent));
    Err(decimal.map_or_else(|| sum.to_string(), |sum| sum.normalize().to_string()))
}
