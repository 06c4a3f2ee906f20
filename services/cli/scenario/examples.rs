//! Models and questions of published cases, which scripts name: `$model.tva`, `$question.anyang-2019`. What their figures rest on stands in
//! `tests/models/README.md`.

use serde_json::Value;

const MODELS: &[(&str, &str)] = &[
    ("guro-gwangmyeong-2000", include_str!("../../../tests/models/guro-gwangmyeong-2000.json")),
    ("hambaeksan-2015", include_str!("../../../tests/models/hambaeksan-2015.json")),
    ("hambaeksan-2019", include_str!("../../../tests/models/hambaeksan-2019.json")),
    ("skane", include_str!("../../../tests/models/skane.json")),
    ("tva", include_str!("../../../tests/models/tva.json")),
];

const QUESTIONS: &[(&str, &str)] = &[
    ("anyang-2019", include_str!("../../../tests/models/anyang-2019.question.json")),
    ("gunpo-2022", include_str!("../../../tests/models/gunpo-2022.question.json")),
    ("settlement-2021", include_str!("../../../tests/models/settlement-2021.question.json")),
    ("siheung-at-most-120", include_str!("../../../tests/models/siheung-at-most-120.question.json")),
];

/// A model by its name.
pub(super) fn model(name: &str) -> anyhow::Result<Value> {
    of(MODELS, name)
}

/// A question by its name.
pub(super) fn question(name: &str) -> anyhow::Result<Value> {
    of(QUESTIONS, name)
}

fn of(examples: &[(&str, &str)], name: &str) -> anyhow::Result<Value> {
    let found = examples.iter().find(|(known, _)| *known == name).ok_or_else(|| anyhow::anyhow!("there is no example `{name}`"))?;
    Ok(serde_json::from_str(found.1)?)
}
