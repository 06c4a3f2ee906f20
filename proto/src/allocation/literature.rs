//! Where rules and axioms come from.

use super::{Axiom, RuleKind, Verdict, verdict};

/// A published work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Publication {
    /// Aumann and Maschler 1985.
    AumannMaschler1985,
    /// Castro, Gómez and Tejada 2009.
    Castro2009,
    /// Davis and Maschler 1965.
    DavisMaschler1965,
    /// Gately 1974.
    Gately1974,
    /// Gillies 1959.
    Gillies1959,
    /// Federal Inter-Agency River Basin Committee 1950.
    GreenBook1950,
    /// Grotte 1970.
    Grotte1970,
    /// Littlechild and Thompson 1977.
    LittlechildThompson1977,
    /// Megiddo 1974.
    Megiddo1974,
    /// Moulin 1988.
    Moulin1988,
    /// Peleg and Sudhölter 2007.
    PelegSudholter2007,
    /// Ransmeier 1942.
    Ransmeier1942,
    /// Schmeidler 1969.
    Schmeidler1969,
    /// Shapley 1953.
    Shapley1953,
    /// Shapley 1971.
    Shapley1971,
    /// Sobolev 1975.
    Sobolev1975,
    /// Sprumont 1990.
    Sprumont1990,
    /// Straffin and Heaney 1981.
    StraffinHeaney1981,
    /// Tijs 1981.
    Tijs1981,
    /// Tijs and Driessen 1986.
    TijsDriessen1986,
    /// Young 1985.
    Young1985,
    /// Young 1994.
    Young1994,
    /// Young, Okada and Hashimoto 1982.
    YoungOkadaHashimoto1982,
}

impl Publication {
    /// How it is cited in a word: names and year.
    #[must_use]
    pub fn short(self) -> &'static str {
        match self {
            Self::AumannMaschler1985 => "Aumann and Maschler 1985",
            Self::Castro2009 => "Castro, Gómez and Tejada 2009",
            Self::DavisMaschler1965 => "Davis and Maschler 1965",
            Self::Gately1974 => "Gately 1974",
            Self::Gillies1959 => "Gillies 1959",
            Self::GreenBook1950 => "Federal Inter-Agency River Basin Committee 1950",
            Self::Grotte1970 => "Grotte 1970",
            Self::LittlechildThompson1977 => "Littlechild and Thompson 1977",
            Self::Megiddo1974 => "Megiddo 1974",
            Self::Moulin1988 => "Moulin 1988",
            Self::PelegSudholter2007 => "Peleg and Sudhölter 2007",
            Self::Ransmeier1942 => "Ransmeier 1942",
            Self::Schmeidler1969 => "Schmeidler 1969",
            Self::Shapley1953 => "Shapley 1953",
            Self::Shapley1971 => "Shapley 1971",
            Self::Sobolev1975 => "Sobolev 1975",
            Self::Sprumont1990 => "Sprumont 1990",
            Self::StraffinHeaney1981 => "Straffin and Heaney 1981",
            Self::Tijs1981 => "Tijs 1981",
            Self::TijsDriessen1986 => "Tijs and Driessen 1986",
            Self::Young1985 => "Young 1985",
            Self::Young1994 => "Young 1994",
            Self::YoungOkadaHashimoto1982 => "Young, Okada and Hashimoto 1982",
        }
    }

    /// How it is cited in full.
    #[must_use]
    pub fn cited(self) -> &'static str {
        match self {
            Self::AumannMaschler1985 => {
                "R. J. Aumann, M. Maschler: Game theoretic analysis of a bankruptcy problem from the Talmud. Journal of Economic Theory 36 (1985), 195–213"
            }
            Self::Castro2009 => {
                "J. Castro, D. Gómez, J. Tejada: Polynomial calculation of the Shapley value based on sampling. Computers & Operations Research 36 (2009), 1726–1730"
            }
            Self::DavisMaschler1965 => {
                "M. Davis, M. Maschler: The kernel of a cooperative game. Naval Research Logistics Quarterly 12 (1965), 223–259"
            }
            Self::Gately1974 => {
                "D. Gately: Sharing the gains from regional cooperation: a game theoretic application to planning investment in electric power. International Economic Review 15 (1974), 195–208"
            }
            Self::Gillies1959 => {
                "D. B. Gillies: Solutions to general non-zero-sum games. In: Contributions to the Theory of Games IV, Princeton University Press 1959, 47–85"
            }
            Self::GreenBook1950 => {
                "Federal Inter-Agency River Basin Committee, Subcommittee on Benefits and Costs: Proposed practices for economic analysis of river basin projects (“Green Book”). Washington 1950"
            }
            Self::Grotte1970 => {
                "J. H. Grotte: Computation of and observations on the nucleolus, and the central games. Master's thesis, Cornell University 1970"
            }
            Self::LittlechildThompson1977 => {
                "S. C. Littlechild, G. F. Thompson: Aircraft landing fees: a game theory approach. Bell Journal of Economics 8 (1977), 186–204"
            }
            Self::Megiddo1974 => {
                "N. Megiddo: On the nonmonotonicity of the bargaining set, the kernel and the nucleolus of a game. SIAM Journal on Applied Mathematics 27 (1974), 355–358"
            }
            Self::Moulin1988 => "H. Moulin: Axioms of cooperative decision making. Cambridge University Press 1988",
            Self::PelegSudholter2007 => {
                "B. Peleg, P. Sudhölter: Introduction to the theory of cooperative games. 2nd edition, Springer 2007"
            }
            Self::Ransmeier1942 => {
                "J. S. Ransmeier: The Tennessee Valley Authority: a case study in the economics of multiple purpose stream planning. Vanderbilt University Press 1942"
            }
            Self::Schmeidler1969 => {
                "D. Schmeidler: The nucleolus of a characteristic function game. SIAM Journal on Applied Mathematics 17 (1969), 1163–1170"
            }
            Self::Shapley1953 => {
                "L. S. Shapley: A value for n-person games. In: Contributions to the Theory of Games II, Princeton University Press 1953, 307–317"
            }
            Self::Shapley1971 => "L. S. Shapley: Cores of convex games. International Journal of Game Theory 1 (1971), 11–26",
            Self::Sobolev1975 => {
                "A. I. Sobolev: The characterization of optimality principles in cooperative games by functional equations (in Russian). Mathematical Methods in the Social Sciences 6 (1975), 94–151"
            }
            Self::Sprumont1990 => {
                "Y. Sprumont: Population monotonic allocation schemes for cooperative games with transferable utility. Games and Economic Behavior 2 (1990), 378–394"
            }
            Self::StraffinHeaney1981 => {
                "P. D. Straffin, J. P. Heaney: Game theory and the Tennessee Valley Authority. International Journal of Game Theory 10 (1981), 35–43"
            }
            Self::Tijs1981 => {
                "S. H. Tijs: Bounds for the core and the τ-value. In: O. Moeschlin, D. Pallaschke (eds.): Game Theory and Mathematical Economics, North-Holland 1981, 123–132"
            }
            Self::TijsDriessen1986 => {
                "S. H. Tijs, T. S. H. Driessen: Game theory and cost allocation problems. Management Science 32 (1986), 1015–1028"
            }
            Self::Young1985 => {
                "H. P. Young: Monotonic solutions of cooperative games. International Journal of Game Theory 14 (1985), 65–72"
            }
            Self::Young1994 => {
                "H. P. Young: Cost allocation. In: R. J. Aumann, S. Hart (eds.): Handbook of Game Theory 2, North-Holland 1994, 1193–1235"
            }
            Self::YoungOkadaHashimoto1982 => {
                "H. P. Young, N. Okada, T. Hashimoto: Cost allocation in water resources development. Water Resources Research 18 (1982), 463–475"
            }
        }
    }
}

/// Where a rule comes from and where it is compared with others. Rules by figures alone come from nobody.
#[must_use]
pub fn sources(rule: RuleKind) -> &'static [Publication] {
    match rule {
        RuleKind::Equal | RuleKind::Driver | RuleKind::Mix | RuleKind::Fixed => &[Publication::Moulin1988, Publication::Young1994],
        RuleKind::Scrb => &[Publication::GreenBook1950, Publication::YoungOkadaHashimoto1982, Publication::Young1994],
        RuleKind::AlternateCostAvoided => &[Publication::Ransmeier1942, Publication::StraffinHeaney1981, Publication::TijsDriessen1986],
        RuleKind::Shapley => &[Publication::Shapley1953, Publication::LittlechildThompson1977, Publication::Castro2009],
        RuleKind::Nucleolus => &[Publication::Schmeidler1969, Publication::YoungOkadaHashimoto1982],
        RuleKind::PerCapitaNucleolus => &[Publication::Grotte1970, Publication::YoungOkadaHashimoto1982],
        RuleKind::ProportionalNucleolus => &[Publication::YoungOkadaHashimoto1982],
        RuleKind::Gately => &[Publication::Gately1974, Publication::StraffinHeaney1981],
        RuleKind::Tau => &[Publication::Tijs1981, Publication::TijsDriessen1986],
        RuleKind::Talmud => &[Publication::AumannMaschler1985],
    }
}

/// Where it is shown that a rule keeps an axiom. None where that follows at once from how it is computed, or where it is broken: of that the tests of
/// the laboratory hold an example.
#[must_use]
pub fn source(rule: RuleKind, axiom: Axiom) -> Option<Publication> {
    if verdict(rule, axiom) == Verdict::Breaks {
        return None;
    }
    let nucleolus = matches!(rule, RuleKind::Nucleolus | RuleKind::PerCapitaNucleolus | RuleKind::ProportionalNucleolus);
    match (rule, axiom) {
        (RuleKind::Shapley, Axiom::Core) => Some(Publication::Shapley1971),
        (RuleKind::Shapley, Axiom::EqualTreatment | Axiom::Dummy | Axiom::Additivity | Axiom::Covariance) => Some(Publication::Shapley1953),
        (RuleKind::Shapley, Axiom::AggregateMonotonicity | Axiom::CoalitionalMonotonicity) => Some(Publication::Young1985),
        (RuleKind::Shapley, Axiom::PopulationMonotonicity) => Some(Publication::Sprumont1990),
        (RuleKind::Nucleolus, Axiom::Core | Axiom::EqualTreatment | Axiom::Covariance) => Some(Publication::Schmeidler1969),
        (RuleKind::Nucleolus, Axiom::Dummy) => Some(Publication::PelegSudholter2007),
        (RuleKind::Nucleolus, Axiom::Consistency) => Some(Publication::Sobolev1975),
        (_, Axiom::Core | Axiom::AggregateMonotonicity) if nucleolus => Some(Publication::YoungOkadaHashimoto1982),
        (RuleKind::Tau, Axiom::StandAlone | Axiom::EqualTreatment | Axiom::Dummy | Axiom::Covariance) => Some(Publication::Tijs1981),
        (RuleKind::Talmud, Axiom::Consistency | Axiom::AggregateMonotonicity) => Some(Publication::AumannMaschler1985),
        _ => None,
    }
}

impl Axiom {
    /// Where it was first asked for, or is best read of.
    #[must_use]
    pub fn source(self) -> Publication {
        match self {
            Self::Efficiency | Self::EqualTreatment | Self::Dummy | Self::Additivity => Publication::Shapley1953,
            Self::StandAlone => Publication::Young1994,
            Self::Core => Publication::Gillies1959,
            Self::AggregateMonotonicity => Publication::Megiddo1974,
            Self::CoalitionalMonotonicity => Publication::Young1985,
            Self::Covariance => Publication::PelegSudholter2007,
            Self::Consistency => Publication::DavisMaschler1965,
            Self::PopulationMonotonicity => Publication::Sprumont1990,
        }
    }
}
