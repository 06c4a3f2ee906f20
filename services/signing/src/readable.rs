//! The agreement as a text for people: Markdown, in Korean or in English. The canonical document governs; this shows it.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::civil::Date;
use proto::authority::{Function, Power};
use proto::id::{ClauseId, ComponentId, GovernmentId};
use proto::money::{Currency, Money, grouped};
use proto::negotiation::{AgreedClause, AgreedTerm};
use proto::term::Value;
use proto::words::{Names, Wording};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::agreement::Agreement;
use crate::decide::{Allocation, Signature};

/// In which language headings, labels and names are written. What was agreed in one language only is shown in that one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Language {
    /// Korean.
    Korean,
    /// English.
    English,
}

impl Language {
    fn say<'a>(self, ko: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Korean => ko,
            Self::English => en,
        }
    }

    fn name(self, names: &Names) -> &str {
        self.say(&names.ko, &names.en)
    }

    fn wording(self, wording: &Wording) -> &str {
        let (first, second) = match self {
            Self::Korean => (&wording.ko, &wording.en),
            Self::English => (&wording.en, &wording.ko),
        };
        first.as_ref().or(second.as_ref()).map_or("", String::as_str)
    }

    fn date(self, date: Date) -> String {
        match self {
            Self::Korean => format!("{}년 {}월 {}일", date.year(), date.month(), date.day()),
            Self::English => date.strftime("%-d %B %Y").to_string(),
        }
    }
}

/// Writes an agreement. `names` says what the bodies are called; one that is missing there is called by its id.
///
/// ```
/// use std::collections::BTreeMap;
/// use signing::readable::{Language, money};
/// use proto::money::Money;
/// assert_eq!(money(Money::krw(27_270_000_000), Language::English), "KRW 27,270,000,000");
/// assert_eq!(money(Money::krw(27_270_000_000), Language::Korean), "27,270,000,000원 (272억 7,000만 원)");
/// ```
#[must_use]
pub fn readable(agreement: &Agreement, names: &BTreeMap<GovernmentId, Names>, language: Language) -> String {
    let writer = Writer { names, language };
    let mut out = String::new();
    for part in [
        writer.head(agreement),
        writer.clauses(&agreement.text.clauses),
        writer.terms(&agreement.text.terms),
        agreement.allocation.as_ref().map_or_else(String::new, |allocation| writer.allocation(allocation)),
        agreement.matrix.as_ref().map_or_else(String::new, |matrix| writer.matrix(matrix.values())),
        writer.signatures(agreement),
    ] {
        if !part.is_empty() {
            out.push_str(&part);
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// An amount as people read it: digits in groups, and in Korean the sum in 억 and 만 beside it.
#[must_use]
pub fn money(money: Money, language: Language) -> String {
    let digits = grouped(money.amount, money.currency.minor_digits());
    match (language, money.currency) {
        (Language::English, currency) => format!("{currency} {digits}"),
        (Language::Korean, Currency::KRW) => match in_myriads(money.amount) {
            Some(words) => format!("{digits}원 ({words} 원)"),
            None => format!("{digits}원"),
        },
        (Language::Korean, currency) => format!("{digits} {currency}"),
    }
}

/// Whole won from 1 만 on, in units of ten thousand (만) and their squares and cubes (억, 조).
fn in_myriads(amount: Decimal) -> Option<String> {
    let won = amount.to_u64().filter(|won| *won >= 10_000 && Decimal::from(*won) == amount)?;
    let parts = [(won / 1_000_000_000_000, "조"), (won / 100_000_000 % 10_000, "억"), (won / 10_000 % 10_000, "만"), (won % 10_000, "")];
    let said = parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{}{unit}", grouped((*count).into(), 0)));
    Some(said.collect::<Vec<_>>().join(" "))
}

/// The number at the end of a name counts as a number, so that `article-10` comes after `article-2`.
fn natural(id: &str) -> (&str, u64) {
    let prefix = id.trim_end_matches(|c: char| c.is_ascii_digit());
    (prefix, id.strip_prefix(prefix).and_then(|digits| digits.parse().ok()).unwrap_or(0))
}

/// A cell of a table: nothing in it may end the cell or the row.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<_> = cells.into_iter().map(|text| cell(&text)).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn head(cells: Vec<String>) -> String {
    let rule = "|---".repeat(cells.len());
    format!("{}{rule}|\n", row(cells))
}

struct Writer<'a> {
    names: &'a BTreeMap<GovernmentId, Names>,
    language: Language,
}

impl Writer<'_> {
    fn say(&self, ko: &str, en: &str) -> String {
        self.language.say(ko, en).to_owned()
    }

    fn body(&self, id: &GovernmentId) -> String {
        self.names.get(id).map_or_else(|| id.to_string(), |names| self.language.name(names).to_owned())
    }

    fn bodies<'b>(&self, ids: impl IntoIterator<Item = &'b GovernmentId>) -> String {
        ids.into_iter().map(|id| self.body(id)).collect::<Vec<_>>().join(", ")
    }

    fn head(&self, agreement: &Agreement) -> String {
        let mut out = format!("# {}\n\n", cell(self.language.name(&agreement.text.title)));
        for (label, value) in [
            (self.say("당사자", "Parties"), self.bodies(&agreement.text.parties)),
            (self.say("법적 형식", "Legal form"), agreement.text.procedure.to_string()),
            (self.say("사건", "Case"), agreement.case.to_string()),
            (self.say("서명 대상 (SHA-256)", "What is signed (SHA-256)"), agreement.agreement.to_string()),
        ] {
            let _ = writeln!(out, "- {label}: {value}");
        }
        out
    }

    fn clauses(&self, clauses: &BTreeMap<ClauseId, AgreedClause>) -> String {
        let mut ordered: Vec<_> = clauses.iter().collect();
        ordered.sort_by_key(|(id, _)| natural(id.as_str()));
        let mut out = String::new();
        for (id, clause) in ordered {
            let heading = cell(self.language.name(&clause.heading));
            let _ = writeln!(out, "## {id}. {heading}\n\n{}\n", self.language.wording(&clause.wording).trim());
        }
        out.truncate(out.trim_end().len());
        if out.is_empty() { out } else { out + "\n" }
    }

    fn terms<K>(&self, terms: &BTreeMap<K, AgreedTerm>) -> String {
        if terms.is_empty() {
            return String::new();
        }
        let mut out = format!("## {}\n\n", self.say("합의 값", "Agreed values"));
        out += &head(vec![self.say("항목", "Term"), self.say("값", "Value")]);
        for term in terms.values() {
            let called = term.label.as_ref().map_or_else(String::new, |label| format!(" ({}: {label})", self.say("통칭", "called")));
            out += &row([self.language.name(&term.names).to_owned(), self.agreed(term) + &called]);
        }
        out
    }

    fn agreed(&self, term: &AgreedTerm) -> String {
        term.option.as_ref().map_or_else(|| self.value(&term.value), |names| self.language.name(names).to_owned())
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Money(amount) => money(*amount, self.language),
            Value::Share(percent) => format!("{}%", grouped(*percent, 0)),
            Value::Quantity { amount, unit } => format!("{} {unit}", grouped(*amount, 0)),
            Value::Date(date) => self.language.date(*date),
            Value::Duty { who, what } => format!("{}: {what}", self.body(who)),
            Value::Choice(text) | Value::Text(text) => text.clone(),
        }
    }

    fn allocation(&self, allocation: &Allocation) -> String {
        let result = &allocation.result;
        let mut out = format!("## {}\n\n", self.say("비용 분담", "Who pays what"));
        let payers = result.total.keys().map(|payer| self.body(payer));
        let first = [self.say("구성 항목", "Component"), self.say("외부 재원", "External money")];
        out += &head(first.into_iter().chain(payers).collect());
        let shown = |amount: Option<&Money>| amount.map_or_else(|| "–".to_owned(), |amount| money(*amount, self.language));
        for (id, shares) in &result.components {
            let amounts = result.total.keys().map(|payer| shown(shares.shares.get(payer)));
            out += &row([self.component(allocation, id), shown(Some(&shares.granted))].into_iter().chain(amounts));
        }
        let totals = result.total.values().map(|amount| shown(Some(amount)));
        out += &row([self.say("합계", "Total"), String::new()].into_iter().chain(totals));
        out
    }

    fn component(&self, allocation: &Allocation, id: &ComponentId) -> String {
        allocation.model.components.get(id).map_or_else(|| id.to_string(), |component| self.language.name(&component.names).to_owned())
    }

    fn matrix<'b>(&self, functions: impl Iterator<Item = &'b Function>) -> String {
        let mut out = format!("## {}\n\n", self.say("권한", "Who decides, pays, operates"));
        let columns = [
            (Power::Decide, self.say("결정", "Decides")),
            (Power::Fund, self.say("재원 부담", "Pays")),
            (Power::Operate, self.say("운영", "Operates")),
            (Power::BeConsulted, self.say("협의", "Is consulted")),
        ];
        let headings = columns.iter().map(|(_, heading)| heading.clone());
        out += &head([self.say("기능", "Function")].into_iter().chain(headings).collect());
        for function in functions {
            let holders = columns.iter().map(|(power, _)| self.holders(function, *power));
            out += &row([self.language.name(&function.names).to_owned()].into_iter().chain(holders));
        }
        out
    }

    fn holders(&self, function: &Function, power: Power) -> String {
        let held = function.holders.iter().flat_map(|(holder, holdings)| holdings.iter().map(move |holding| (holder, holding)));
        let said = held.filter(|(_, holding)| holding.power == power).map(|(holder, holding)| match &holding.legal_basis {
            Some(law) => format!("{} ({law})", self.body(holder)),
            None => self.body(holder),
        });
        said.collect::<Vec<_>>().join("; ")
    }

    fn signatures(&self, agreement: &Agreement) -> String {
        let mut out = format!("## {}\n\n", self.say("서명", "Signatures"));
        for party in &agreement.text.parties {
            let said = agreement.signatures.get(party).map_or_else(|| self.say("서명 없음", "not signed"), |s| self.signature(s));
            let _ = writeln!(out, "- {}: {said}", self.body(party));
        }
        out
    }

    fn signature(&self, signature: &Signature) -> String {
        match signature {
            Signature::Key { official, key, at, in_doubt_since, .. } => {
                let signed = match self.language {
                    Language::Korean => format!("{official}, 열쇠 `{key}`로 서명, {at}"),
                    Language::English => format!("{official}, signed with key `{key}`, {at}"),
                };
                let doubt = in_doubt_since.map_or_else(String::new, |since| match self.language {
                    Language::Korean => format!("; **의심**: {since}부터 열쇠 유출"),
                    Language::English => format!("; **in doubt**: the key was compromised from {since}"),
                });
                signed + &doubt
            }
            Signature::Paper { official, on, scan, attested_by } => {
                let clerks = attested_by.iter().map(|a| format!("{} ({})", a.clerk, self.body(&a.government)));
                let (on, clerks) = (self.language.date(*on), clerks.collect::<Vec<_>>().join(", "));
                match self.language {
                    Language::Korean => format!("{official}, {on} 종이 서명, 확인: {clerks}; 스캔 SHA-256 {}", scan.digest),
                    Language::English => format!("{official}, {on}, paper, attested by {clerks}; scan SHA-256 {}", scan.digest),
                }
            }
        }
    }
}
