//! From a number to what it rests on: the definition, the files, and every condition with its counts.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{Answer, AuthorityData, AuthorityView, Source};
use crate::{
    access::Level,
    care::Child,
    comparators::Document,
    indicators::{Part, TracedStep, cohort, trace},
    period::Date,
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
    /// What in the records behind the number is blank or was repaired, with how many children it concerns; what
    /// concerns nobody is left out (methodology M2).
    pub data_quality: Vec<Concern>,
    /// Hash over definition, files and question: equal digests mean equal numbers.
    pub digest: String,
    /// The period lies in the first twelve months of the loaded returns, where reviews that began earlier show
    /// misses that are not real (ruling 25).
    pub history_short: bool,
}

/// Something that makes a number less sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Concern {
    /// What it is.
    pub text: &'static str,
    /// How many of the children whom the number is, or may be, about it concerns.
    pub children: u64,
}

/// Whether something concerns a child.
type Concerns = fn(&Child) -> bool;

/// What is looked for in the history of each child behind a number.
const CONCERNS: [(&str, Concerns); 7] = [
    ("care began before the first loaded return", |child| child.periods.iter().any(|p| p.start_unknown)),
    ("an episode says that care goes on (X1), but none follows", |child| child.periods.iter().any(|p| p.gap_after)),
    ("an episode was left out because a newer return corrects it or takes it back", |child| child.repairs.replaced > 0),
    ("an open episode was closed because a later one exists", |child| child.repairs.closed > 0),
    ("overlapping episodes were cut", |child| child.repairs.cut > 0),
    ("episodes that end before they begin were left out", |child| child.repairs.impossible > 0),
    ("care was recorded past the 18th birthday, on which it ended", |child| child.repairs.adult > 0),
];

impl AuthorityView {
    /// The lineage of an answer; none for those who may not see true values.
    pub fn lineage(&self, answer: &Answer) -> Option<Lineage> {
        let level = self.totals(answer.indicator.domain);
        (level == Ok(Level::Exact)).then(|| self.data().lineage(answer))
    }
}

impl AuthorityData {
    fn lineage(&self, answer: &Answer) -> Lineage {
        let on = answer.period.end;
        let counted = answer.source == Source::Records;
        let reached = counted && self.reach(answer.indicator, on).is_ok();
        Lineage {
            definition_version: answer.indicator.version(),
            as_known_on: self.known_at,
            inputs: if counted { self.snapshot.inputs.clone() } else { Vec::new() },
            steps: if reached { trace(&self.snapshot, answer.indicator, on) } else { Vec::new() },
            data_quality: if reached { self.concerns(answer) } else { Vec::new() },
            digest: self.digest(answer),
            history_short: counted && self.snapshot.history_is_short_on(on),
        }
    }

    fn concerns(&self, answer: &Answer) -> Vec<Concern> {
        let children = cohort(&self.snapshot, answer.indicator, answer.period.end, Part::Denominator);
        let of_histories = CONCERNS.iter().map(|(text, concerns)| Concern {
            text,
            children: children.iter().filter(|child| concerns(child)).count() as u64,
        });
        let blank = Concern {
            text: "the records do not say whether the child is to be counted",
            children: answer.not_known.unwrap_or_default(),
        };
        [blank, self.lost_by(answer.period.end)]
            .into_iter()
            .chain(of_histories)
            .filter(|concern| concern.children > 0)
            .collect()
    }

    /// Children whom the returns stopped holding by the day, although they were looked after: whether a figure is about
    /// them nobody can tell, so all of them concern it (ruling 14 (d)).
    fn lost_by(&self, on: Date) -> Concern {
        let is_lost = |child: &&Child| child.periods.iter().any(|period| period.lost && period.start <= on);
        Concern {
            text: "an open episode is missing from the newer returns, so how care went on is not known",
            children: self.snapshot.children.iter().filter(is_lost).count() as u64,
        }
    }

    fn digest(&self, answer: &Answer) -> String {
        let mut hash = Sha256::new();
        let mut add = |text: &str| {
            hash.update(text.as_bytes());
            hash.update([0]);
        };
        add(answer.indicator.code);
        add(answer.indicator.version());
        add(&self.snapshot.authority);
        add(&answer.period.end.to_string());
        add(answer.group.map_or("", |group| group.code()));
        match &answer.source {
            Source::Records => self.rests_on(answer).iter().for_each(|part| add(part)),
            Source::Published(Document { publisher, name }) => {
                [publisher, name, &answer.display()].into_iter().for_each(|part| add(part));
            }
        }
        let hash = hash.finalize();
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What a counted figure rests on: the files, the child population, and how far they reach.
    fn rests_on(&self, answer: &Answer) -> Vec<String> {
        let mut files: Vec<&Input> = self.snapshot.inputs.iter().collect();
        files.sort_by(|a, b| (&a.source, &a.sha256).cmp(&(&b.source, &b.sha256)));
        let files = files.into_iter().flat_map(|file| [file.source.clone(), file.sha256.clone()]);
        let on = answer.period.end;
        let population = self.population(on, answer.group).map(|children| children.to_string());
        let end = self.reach(answer.indicator, on).err().map(|absence| absence.display().to_owned());
        files.chain(population).chain(end).collect()
    }
}
