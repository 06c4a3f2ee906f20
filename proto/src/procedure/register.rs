//! The register as it ships with the program.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Gate, Procedure};
use crate::id::ProcedureId;

/// The register as it ships, a file per jurisdiction. Tests state that every file parses, so nothing is ever left out of the maps below.
const FILES: [&str; 9] = [
    include_str!("../../procedures/coe.json"),
    include_str!("../../procedures/de.json"),
    include_str!("../../procedures/eu.json"),
    include_str!("../../procedures/fr.json"),
    include_str!("../../procedures/gb.json"),
    include_str!("../../procedures/intl.json"),
    include_str!("../../procedures/jp.json"),
    include_str!("../../procedures/kr.json"),
    include_str!("../../procedures/us.json"),
];

const GATES: &str = include_str!("../../procedures/gates.json");

static REGISTER: LazyLock<BTreeMap<ProcedureId, Procedure>> = LazyLock::new(|| {
    let all = FILES.iter().flat_map(|file| serde_json::from_str::<Vec<Procedure>>(file).unwrap_or_default());
    all.map(|procedure| (procedure.id.clone(), procedure)).collect()
});

static GATE_REGISTER: LazyLock<BTreeMap<String, Gate>> = LazyLock::new(|| {
    let all = serde_json::from_str::<Vec<Gate>>(GATES).unwrap_or_default();
    all.into_iter().map(|gate| (gate.id.clone(), gate)).collect()
});

/// All procedures that ship with the program, by name.
///
/// ```
/// use proto::procedure::{Category, register};
/// assert_eq!(register().values().filter(|p| p.category == Category::DisputeProcedure).count(), 6);
/// ```
#[must_use]
pub fn register() -> &'static BTreeMap<ProcedureId, Procedure> {
    &REGISTER
}

/// The financial gates that steps name, by name.
#[must_use]
pub fn gates() -> &'static BTreeMap<String, Gate> {
    &GATE_REGISTER
}
