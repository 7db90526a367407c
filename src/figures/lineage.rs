//! From a number to what it rests on: the definition, the files, and every condition with its counts.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{Answer, Holdings};
use crate::{
    indicators::{TracedStep, trace},
    snapshot::Input,
};

/// What a number rests on.
#[derive(Clone, Debug)]
pub struct Lineage {
    /// Version of the indicator's rule.
    pub definition_version: &'static str,
    /// When the latest import that it takes account of was received.
    pub as_known_on: Option<DateTime<Utc>>,
    /// The files.
    pub inputs: Vec<Input>,
    /// The conditions in order, from all children of the authority to the number.
    pub steps: Vec<TracedStep>,
    /// Hash over definition, files and question: equal digests mean equal numbers.
    pub digest: String,
    /// The period lies in the first twelve months of the loaded returns, where reviews that began earlier show
    /// misses that are not real (ruling 25).
    pub history_short: bool,
}

impl Holdings {
    /// The lineage of an answer.
    pub fn lineage(&self, answer: &Answer) -> Lineage {
        let on = answer.period.end;
        let reached = self.snapshot.covers(on);
        Lineage {
            definition_version: answer.indicator.version,
            as_known_on: self.known_at,
            inputs: self.snapshot.inputs.clone(),
            steps: if reached { trace(&self.snapshot, answer.indicator, on) } else { Vec::new() },
            digest: self.digest(answer),
            history_short: self.snapshot.history_is_short_on(on),
        }
    }

    fn digest(&self, answer: &Answer) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(text.as_bytes());
            hash.update([0]);
        };
        add(answer.indicator.code);
        add(answer.indicator.version);
        add(&self.snapshot.authority);
        add(&answer.period.end.to_string());
        add(answer.group.map_or("", |group| group.code()));
        let mut files: Vec<&Input> = self.snapshot.inputs.iter().collect();
        files.sort_by(|a, b| (&a.source, &a.sha256).cmp(&(&b.source, &b.sha256)));
        for file in files {
            add(&file.source);
            add(&file.sha256);
        }
        if let Some(population) = self.population(answer.period.end, answer.group) {
            add(&population.to_string());
        }
        let hash = hash.finalize();
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
