//! Allocations, solved again: whether the shares and answers on record are those that the rules of sharing give.

use std::collections::HashMap;
use std::path::Path;

use proto::allocation::{Answer, Computation, Event, MOST_MEMBERS, Model, Refusal, Study};
use proto::digest::Digest;

use crate::fault::Fault;
use crate::report::Counts;

/// Tables of costs that models name as documents.
#[derive(Debug, Default)]
pub struct Tables(HashMap<Digest, Vec<u8>>);

impl Tables {
    /// The files of a folder, under whatever names.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn of(folder: &Path) -> std::io::Result<Self> {
        let mut tables = HashMap::new();
        for file in std::fs::read_dir(folder)? {
            let file = file?;
            if file.file_type()?.is_file() {
                let bytes = std::fs::read(file.path())?;
                tables.insert(Digest::of(&bytes), bytes);
            }
        }
        Ok(Self(tables))
    }
}

/// What is needed to solve again.
pub(crate) struct Recompute<'a> {
    tables: &'a Tables,
    /// Models by the digests of their results: studies are about them.
    models: HashMap<Digest, Model>,
}

impl<'a> Recompute<'a> {
    pub(crate) fn new(tables: &'a Tables) -> Self {
        Self { tables, models: HashMap::new() }
    }

    /// Solves what an event records. Money comes from exact fractions by one rule, so it is the same to the last unit.
    pub(crate) fn check(&mut self, event: &Event, counts: &mut Counts) -> Result<(), Fault> {
        match event {
            Event::Computed { digest, model, result, .. } | Event::RunTabled { digest, model, result, .. } => {
                self.models.insert(*digest, model.clone());
                self.run(model, result, counts)
            }
            Event::Studied { study, answer, .. } | Event::StudyTabled { study, answer, .. } => self.study(study, answer, counts),
            Event::WorkAsked { .. } | Event::WorkFailed { .. } | Event::WorkCancelled { .. } | Event::StandTaken { .. } => Ok(()),
        }
    }

    fn run(&self, model: &Model, result: &Computation, counts: &mut Counts) -> Result<(), Fault> {
        let Some(model) = self.whole(model)? else { return Ok(()) };
        let again = allocation::solve(&model, MOST_MEMBERS.into()).map_err(|refusal| refused(&refusal))?;
        // The solver may be a later version by now; what it says may not differ.
        if (Computation { solver: result.solver.clone(), ..again }) != *result {
            return Err(Fault::OtherComputation);
        }
        counts.recomputed += 1;
        Ok(())
    }

    /// A study of a run that cannot be seen here is left as it is.
    fn study(&self, study: &Study, answer: &Answer, counts: &mut Counts) -> Result<(), Fault> {
        let Some(model) = self.models.get(&study.of).map(|model| self.whole(model)).transpose()?.flatten() else { return Ok(()) };
        let again = allocation::answer(study, &model, MOST_MEMBERS.into()).map_err(|refusal| refused(&refusal))?;
        if again != *answer {
            return Err(Fault::OtherComputation);
        }
        counts.recomputed += 1;
        Ok(())
    }

    /// The model with its tables; none where one is not at hand.
    fn whole(&self, model: &Model) -> Result<Option<Model>, Fault> {
        match allocation::with_tables(model, |digest| self.tables.0.get(digest).cloned()) {
            Ok(model) => Ok(Some(model)),
            Err(Refusal::TableElsewhere { .. }) => Ok(None),
            Err(refusal) => Err(refused(&refusal)),
        }
    }
}

fn refused(refusal: &Refusal) -> Fault {
    Fault::Refused { code: String::new(), why: refusal.to_string() }
}
