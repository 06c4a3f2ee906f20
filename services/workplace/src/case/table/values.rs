//! Values of terms as people read them: money in the unit in which the amounts of a row can be compared at a glance, always exact, and never a name
//! that parties give a value in its place.

use proto::money::{Currency, Money};
use proto::term::{Kind, Value};
use rust_decimal::Decimal;

use super::super::Case;
use crate::locale;
use gateway::problem::Language;

/// 억, and the smallest part of it that is still written behind its point: 만.
const EOK: i64 = 100_000_000;
const MAN: i64 = 10_000;
const MILLION: i64 = 1_000_000;

/// In what the numbers of a row are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// As it stands behind the term's name: `억원`, `t/day`, `%`.
    pub said: String,
    /// How much of the plain unit one of it is.
    per: Decimal,
    /// Whether it is a share, which changes by points.
    share: bool,
}

impl Unit {
    /// The unit of a term for these values.
    pub fn of<'a>(language: Language, kind: &Kind, values: impl IntoIterator<Item = &'a Value>) -> Self {
        let plain = |said: String| Self { said, per: Decimal::ONE, share: *kind == Kind::Share };
        match kind {
            Kind::Money { currency } => money_unit(language, *currency, values),
            Kind::Share => plain("%".to_owned()),
            Kind::Quantity { unit } => plain(locale::unit(language, unit)),
            Kind::Date | Kind::Duty | Kind::Choice { .. } | Kind::Text => plain(String::new()),
        }
    }

    /// A number of it.
    pub fn number(&self, amount: Decimal) -> String {
        locale::number(self.count(amount))
    }

    /// A change, with its sign.
    pub fn moved(&self, language: Language, delta: Decimal) -> String {
        let change = self.count(delta);
        if self.share { locale::points(language, change) } else { locale::change(change) }
    }

    fn count(&self, amount: Decimal) -> Decimal {
        amount.checked_div(self.per).unwrap_or(amount).normalize()
    }
}

/// 억원 or millions where all the amounts are round enough to be exact in it, else the currency itself.
fn money_unit<'a>(language: Language, currency: Currency, values: impl IntoIterator<Item = &'a Value>) -> Unit {
    let amounts: Vec<Decimal> = values.into_iter().filter_map(Value::number).collect();
    let most = amounts.iter().map(Decimal::abs).max().unwrap_or_default();
    let round = amounts.iter().all(|amount| amount.checked_rem(Decimal::from(MAN)).is_some_and(|rest| rest.is_zero()));
    let won = currency == Currency::KRW;
    let (said, per) = match language {
        Language::Korean if won && round && most >= Decimal::from(EOK) => ("억원".to_owned(), EOK),
        Language::Korean if won => ("원".to_owned(), 1),
        Language::English if round && most >= Decimal::from(MILLION) => (format!("{currency} million"), MILLION),
        Language::Korean | Language::English => (currency.to_string(), 1),
    };
    Unit { said, per: per.into(), share: false }
}

/// A value in a row that says the unit elsewhere.
pub(crate) fn cell(case: &Case, value: &Value, unit: &Unit) -> String {
    value.number().map_or_else(|| whole(case, value), |number| unit.number(number))
}

/// A value that stands for itself, with its unit.
pub(crate) fn whole(case: &Case, value: &Value) -> String {
    let language = case.visit.language;
    match value {
        Value::Money(money) => spoken(language, money).unwrap_or_else(|| case.value(value)),
        Value::Share(_) | Value::Quantity { .. } | Value::Date(_) | Value::Duty { .. } | Value::Choice(_) | Value::Text(_) => {
            case.value(value)
        }
    }
}

/// A value in full, as a tooltip or an echo beside what was typed: the amount to the last won.
pub(crate) fn exact(case: &Case, value: &Value) -> String {
    let exact = case.value(value);
    let spoken = whole(case, value);
    if spoken == exact { exact } else { format!("{exact} ({spoken})") }
}

/// An amount as it is said: `37억 8,000만 원`, `KRW 3,780 million`. None where it is not round enough to be said so.
pub(crate) fn spoken(language: Language, money: &Money) -> Option<String> {
    let amount = money.amount;
    match language {
        Language::Korean if money.currency == Currency::KRW => {
            let whole = amount.abs().checked_rem(Decimal::from(MAN)).filter(Decimal::is_zero).map(|_| amount.abs())?;
            let tens = (whole / Decimal::from(MAN)).trunc();
            let (eok, man) = ((tens / Decimal::from(MAN)).trunc(), tens % Decimal::from(MAN));
            let part = |count: Decimal, unit: &str| (!count.is_zero()).then(|| format!("{}{unit}", locale::number(count)));
            let parts: Vec<String> = [part(eok, "억"), part(man, "만")].into_iter().flatten().collect();
            let minus = if amount.is_sign_negative() { "−" } else { "" };
            (!parts.is_empty()).then(|| format!("{minus}{} 원", parts.join(" ")))
        }
        Language::Korean | Language::English => {
            let round = amount.checked_rem(Decimal::from(MAN)).is_some_and(|rest| rest.is_zero()) && amount.abs() >= Decimal::from(MILLION);
            round.then(|| format!("{} {} million", money.currency, locale::number((amount / Decimal::from(MILLION)).normalize())))
        }
    }
}

/// A value as it is typed into a field: the number without its unit, a day as the browser wants it.
pub(crate) fn typed(value: &Value) -> String {
    match value {
        Value::Money(money) => proto::money::grouped(money.amount, 0),
        Value::Share(number) | Value::Quantity { amount: number, .. } => proto::money::grouped(*number, 0),
        Value::Date(day) => day.to_string(),
        Value::Duty { what, .. } => what.clone(),
        Value::Choice(text) | Value::Text(text) => text.clone(),
    }
}

#[cfg(test)]
mod tests {
    use Language::{English, Korean};

    use super::*;

    fn won(amount: i64) -> Value {
        Value::Money(Money::krw(amount))
    }

    #[test]
    fn amounts_of_a_row_share_one_unit_in_which_all_are_exact() {
        let kind = Kind::Money { currency: Currency::KRW };
        let unit = |values: &[Value], language| Unit::of(language, &kind, values);
        let round = [won(6_300_000_000), won(3_780_000_000)];
        let korean = unit(&round, Korean);
        assert_eq!((korean.said.as_str(), korean.number(3_780_000_000_i64.into())), ("억원", "37.8".to_owned()));
        assert_eq!(korean.moved(Korean, (-2_520_000_000_i64).into()), "−25.2");
        assert_eq!(unit(&round, English).number(3_780_000_000_i64.into()), "3,780");
        let fine = [won(6_300_000_001)];
        assert_eq!(unit(&fine, Korean).number(6_300_000_001_i64.into()), "6,300,000,001");
        assert_eq!((unit(&fine, English).said, unit(&[won(90_000)], Korean).said), ("KRW".to_owned(), "원".to_owned()));
    }

    #[test]
    fn percent_moves_by_points_and_quantities_by_their_unit() {
        let share = Unit::of(Korean, &Kind::Share, &[]);
        assert_eq!((share.number(50.into()), share.moved(Korean, (-20).into())), ("50".to_owned(), "−20 %p".to_owned()));
        assert_eq!([20, 1].map(|points| share.moved(English, points.into())), ["+20 points", "+1 point"]);
        let tons = Unit::of(English, &Kind::Quantity { unit: "t/day".into() }, &[]);
        assert_eq!(
            (tons.said.as_str(), tons.number(180_000.into()), tons.moved(English, 30.into())),
            ("t/day", "180,000".to_owned(), "+30".to_owned())
        );
    }

    #[test]
    fn an_amount_is_said_as_officials_say_it() {
        let said = |language, amount| spoken(language, &Money::krw(amount)).unwrap_or_default();
        assert_eq!(said(Korean, 3_780_000_000), "37억 8,000만 원");
        assert_eq!(said(Korean, -6_300_000_000), "−63억 원");
        assert_eq!((said(Korean, 20_000), said(Korean, 20_001), said(Korean, 0)), ("2만 원".to_owned(), String::new(), String::new()));
        assert_eq!((said(English, 3_780_000_000), said(English, 900_000)), ("KRW 3,780 million".to_owned(), String::new()));
    }
}
