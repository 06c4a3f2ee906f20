//! Which axioms a rule keeps: one table, which the tests of the laboratory check by computation, cell by cell.
//!
//! What is said of a rule holds wherever it has a solution. Members are compared by costs of coalitions, and by the figures that the rule goes by.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RuleKind;

/// What one can ask of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Axiom {
    /// The shares add up to what is to be shared.
    Efficiency,
    /// Nobody pays more than alone, unless all alone would cost less than all together.
    StandAlone,
    /// No set of members pays more than it would on its own, where there are such shares (the core: Gillies 1959).
    Core,
    /// Who is alike in all costs and figures pays the same.
    EqualTreatment,
    /// Who adds to the cost of every set just what it would pay alone pays just that (the dummy axiom); so who adds nothing pays nothing.
    Dummy,
    /// Two projects shared one by one cost each as much as both shared as one (Shapley 1953).
    Additivity,
    /// When only the cost of all together rises, nobody's share falls (Megiddo 1974).
    AggregateMonotonicity,
    /// When only costs of sets with a member in them rise, this member's share does not fall (Young 1985).
    CoalitionalMonotonicity,
    /// Another unit of money, and a cost that one member has in any set, change the shares in the same way (strategic equivalence).
    Covariance,
    /// When a member pays its share and goes, the rule gives the rest what it gave them: over what is left of the costs when the one who went may be
    /// had back for its share (Davis and Maschler 1965), or of a rule by figures or claims, over the same figures or claims.
    Consistency,
    /// Where each adds the less the larger the set it joins, nobody pays more because one more joins (Sprumont 1990).
    PopulationMonotonicity,
}

impl Axiom {
    /// All, in the order of the table.
    pub const ALL: [Self; 11] = [
        Self::Efficiency,
        Self::StandAlone,
        Self::Core,
        Self::EqualTreatment,
        Self::Dummy,
        Self::Additivity,
        Self::AggregateMonotonicity,
        Self::CoalitionalMonotonicity,
        Self::Covariance,
        Self::Consistency,
        Self::PopulationMonotonicity,
    ];

    /// Its name in data and texts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Efficiency => "efficiency",
            Self::StandAlone => "stand_alone",
            Self::Core => "core",
            Self::EqualTreatment => "equal_treatment",
            Self::Dummy => "dummy",
            Self::Additivity => "additivity",
            Self::AggregateMonotonicity => "aggregate_monotonicity",
            Self::CoalitionalMonotonicity => "coalitional_monotonicity",
            Self::Covariance => "covariance",
            Self::Consistency => "consistency",
            Self::PopulationMonotonicity => "population_monotonicity",
        }
    }
}

/// Whether a rule keeps an axiom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AxiomVerdict")]
pub enum Verdict {
    /// Always.
    Keeps,
    /// Where the costs are so.
    KeepsWhere(Condition),
    /// Not always: there is a counter-example.
    Breaks,
}

/// What costs can be like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "AxiomCondition")]
pub enum Condition {
    /// There are shares by which no set of members pays more than it would on its own.
    Core,
    /// There are such shares, and no set costs less than a part of it.
    CoreAndRising,
    /// Two sets without a common member never cost more together than apart.
    Subadditive,
    /// Each adds the less the larger the set it joins.
    Submodular,
}

impl Condition {
    /// Its name in data and texts.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Core => "core",
            Self::CoreAndRising => "core_and_rising",
            Self::Subadditive => "subadditive",
            Self::Submodular => "submodular",
        }
    }
}

const YES: Verdict = Verdict::Keeps;
const NO: Verdict = Verdict::Breaks;
const CORE: Verdict = Verdict::KeepsWhere(Condition::Core);
const RISE: Verdict = Verdict::KeepsWhere(Condition::CoreAndRising);
const SUB: Verdict = Verdict::KeepsWhere(Condition::Subadditive);
const MOD: Verdict = Verdict::KeepsWhere(Condition::Submodular);

/// Rule by axiom, in the order of [`RuleKind::ALL`] and [`Axiom::ALL`].
#[rustfmt::skip]
const TABLE: [[Verdict; 11]; 13] = [
    // efficiency, stand-alone, core, equals, dummy, additive, aggregate, coalitional, covariant, consistent, population
    [YES, NO,  NO,  YES, NO,   YES, YES,  YES, NO,  YES,  NO ], // equal
    [YES, NO,  NO,  YES, NO,   YES, YES,  YES, NO,  YES,  NO ], // driver
    [YES, NO,  NO,  YES, NO,   YES, YES,  YES, NO,  NO,   NO ], // mix
    [YES, NO,  NO,  NO,  NO,   NO,  NO,   NO,  NO,  NO,   NO ], // fixed
    [YES, SUB, NO,  YES, YES,  NO,  NO,   NO,  YES, NO,   NO ], // separable costs - remaining benefits
    [YES, SUB, NO,  YES, YES,  NO,  NO,   NO,  YES, NO,   NO ], // alternate cost avoided
    [YES, SUB, MOD, YES, YES,  YES, YES,  YES, YES, NO,   YES], // Shapley
    [YES, YES, YES, YES, YES,  NO,  NO,   NO,  YES, CORE, NO ], // nucleolus
    [YES, YES, YES, YES, CORE, NO,  CORE, NO,  YES, NO,   NO ], // per capita
    [YES, YES, YES, YES, CORE, NO,  RISE, NO,  NO,  NO,   NO ], // proportional
    [YES, YES, NO,  YES, YES,  NO,  NO,   NO,  YES, NO,   NO ], // Gately
    [YES, YES, NO,  YES, YES,  NO,  NO,   NO,  YES, NO,   NO ], // tau
    [YES, YES, NO,  YES, NO,   NO,  YES,  YES, NO,  YES,  NO ], // Talmud
];

/// Whether a rule keeps an axiom.
#[must_use]
pub fn verdict(rule: RuleKind, axiom: Axiom) -> Verdict {
    let row = RuleKind::ALL.into_iter().zip(TABLE).find(|(kind, _)| *kind == rule);
    let cells = row.into_iter().flat_map(|(_, row)| Axiom::ALL.into_iter().zip(row));
    cells.into_iter().find(|(asked, _)| *asked == axiom).map_or(NO, |(_, verdict)| verdict)
}
