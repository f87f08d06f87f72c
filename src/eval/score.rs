//! What answers are worth: the figures of one task, computed as `score.py` beside the shared cases computes them. A
//! case without an answer is wrong, never left out.

use super::case::{Case, Expect, Task};
use super::play::Prediction;
use super::spelling;
use crate::domain::Priority;
use serde_json::{Map, Value, json};

/// A case with what was answered.
pub type Answered<'a> = (&'a Case, Option<&'a Prediction>);

/// Figures by name, in the order they are shown. A share of nothing is left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(Vec<(&'static str, Figure)>);

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    Count(usize),
    Share(f64),
}

impl Figures {
    fn count(&mut self, name: &'static str, count: usize) {
        self.0.push((name, Figure::Count(count)));
    }

    fn share(&mut self, name: &'static str, share: f64) {
        self.0.push((name, Figure::Share(share)));
    }

    /// The share called `name`.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.0.iter().find_map(|(own, figure)| match figure {
            Figure::Share(share) if *own == name => Some(*share),
            _ => None,
        })
    }

    /// The names of the shares.
    pub fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().filter(|(_, figure)| matches!(figure, Figure::Share(_))).map(|(name, _)| *name)
    }

    /// Some of them.
    pub fn only(&self, names: &[&str]) -> Figures {
        Figures(self.0.iter().copied().filter(|(name, _)| names.contains(name)).collect())
    }

    /// All figures, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Figure)> {
        self.0.iter().copied()
    }

    /// As an object.
    pub fn json(&self) -> Map<String, Value> {
        let value = |figure: Figure| match figure {
            Figure::Count(count) => json!(count),
            Figure::Share(share) => json!(share),
        };
        self.0.iter().map(|(name, figure)| ((*name).to_owned(), value(*figure))).collect()
    }
}

/// The figures of some cases of one task.
pub fn score(task: Task, cases: &[Answered<'_>]) -> Figures {
    match task {
        Task::Trigger => trigger(cases),
        Task::Extract => extract(cases),
        Task::Timing => timing(cases),
        Task::Priority => priority(cases),
    }
}

/// The figure that a floor without a name is about.
pub fn main_figure(task: Task) -> &'static str {
    match task {
        Task::Trigger | Task::Extract => "f1",
        Task::Timing => "right",
        Task::Priority => "accuracy",
    }
}

fn trigger(cases: &[Answered<'_>]) -> Figures {
    let (mut hits, mut false_alarms, mut misses) = (0, 0, 0);
    let mut beliefs = Vec::with_capacity(cases.len());
    for (case, answer) in cases {
        let Expect::Trigger(wanted) = case.expect else { continue };
        let (got, belief) = match answer {
            Some(Prediction::Turn { trigger, score, .. }) => (*trigger, f64::from(*score)),
            _ => (!wanted, if wanted { 0.0 } else { 1.0 }),
        };
        beliefs.push((belief, wanted));
        hits += usize::from(wanted && got);
        false_alarms += usize::from(!wanted && got);
        misses += usize::from(wanted && !got);
    }
    let positives = hits + misses;
    let mut figures = Figures::default();
    figures.count("n", cases.len());
    add_f1(&mut figures, hits, false_alarms, misses);
    if let Some(area) = area_under_curve(&mut beliefs) {
        figures.share("auc", area);
    }
    figures.share("error", share(false_alarms + misses, cases.len()));
    if positives < cases.len() {
        figures.share("wrongly_fired", share(false_alarms, cases.len() - positives));
    }
    figures
}

fn extract(cases: &[Answered<'_>]) -> Figures {
    let (mut right, mut wrong, mut missed, mut false_fills, mut absent, mut whole) = (0, 0, 0, 0, 0, 0);
    for (case, answer) in cases {
        let Expect::Gathered(gold) = &case.expect else { continue };
        let got = |name: &str| match answer {
            Some(Prediction::Turn { gathered, .. }) => gathered.get(name),
            _ => None,
        };
        let mut is_all_right = true;
        for field in &case.action.gather {
            let is_right = match (gold.get(&field.name), got(&field.name)) {
                (Some(_), None) => {
                    missed += 1;
                    false
                }
                (Some(spellings), Some(value)) if spelling::is_one_of(value, spellings) => {
                    right += 1;
                    true
                }
                (Some(_), Some(_)) => {
                    wrong += 1;
                    missed += 1;
                    false
                }
                (None, value) => {
                    absent += 1;
                    wrong += usize::from(value.is_some());
                    false_fills += usize::from(value.is_some());
                    value.is_none()
                }
            };
            is_all_right &= is_right;
        }
        whole += usize::from(is_all_right);
    }
    let mut figures = Figures::default();
    figures.count("n", cases.len());
    add_f1(&mut figures, right, wrong, missed);
    figures.share("all_right", share(whole, cases.len()));
    figures.share("false_fill_rate", share(false_fills, absent));
    figures
}

/// Right turn, early, late or never where a handoff is due; false alarms where none is.
fn timing(cases: &[Answered<'_>]) -> Figures {
    /// How far a turn may be off before it counts for little, in turns; a turn is two messages.
    const SPREAD: f64 = 2.0;
    let (mut due, mut right, mut early, mut late, mut never) = (0, 0, 0, 0, 0);
    let (mut not_due, mut false_alarms, mut near) = (0, 0, 0.0);
    for (case, answer) in cases {
        let Expect::FireAt(gold) = case.expect else { continue };
        // No answer counts as one before the first message.
        let got = match answer {
            Some(Prediction::Timing { fired_at, .. }) => fired_at.map(|at| at as f64),
            _ => Some(-1.0),
        };
        let Some(gold) = gold.map(|gold| gold as f64) else {
            not_due += 1;
            false_alarms += usize::from(got.is_some());
            continue;
        };
        due += 1;
        match got {
            None => never += 1,
            Some(got) if got == gold => right += 1,
            Some(got) if got < gold => early += 1,
            Some(_) => late += 1,
        }
        near += got.filter(|got| *got >= 0.0).map_or(0.0, |got| {
            let turns = (got - gold) / 2.0;
            (-(turns * turns) / (2.0 * SPREAD * SPREAD)).exp()
        });
    }
    let mut figures = Figures::default();
    if due > 0 {
        figures.count("n", due);
        for (name, count) in [("right", right), ("early", early), ("late", late), ("never", never)] {
            figures.share(name, share(count, due));
        }
        figures.share("gt_2", near / due as f64);
    }
    if not_due > 0 {
        figures.count("n_none", not_due);
        figures.share("false_alarm", share(false_alarms, not_due));
    }
    figures
}

fn priority(cases: &[Answered<'_>]) -> Figures {
    let pairs: Vec<(Priority, Option<Priority>)> = cases
        .iter()
        .filter_map(|(case, answer)| {
            let Expect::Priority(gold) = case.expect else { return None };
            let got = match answer {
                Some(Prediction::Turn { priority, .. }) => *priority,
                _ => None,
            };
            Some((gold, got))
        })
        .collect();
    let count = |fits: &dyn Fn(Priority, Option<Priority>) -> bool| pairs.iter().filter(|(g, p)| fits(*g, *p)).count();
    let of = |label: Priority| {
        let hits = count(&|gold, got| gold == label && got == Some(label));
        let others = count(&|gold, got| gold != label && got == Some(label));
        let missed = count(&|gold, got| gold == label && got != Some(label));
        f1(hits, others, missed).2
    };
    let mut figures = Figures::default();
    figures.count("n", cases.len());
    figures.share("accuracy", share(count(&|gold, got| got == Some(gold)), cases.len()));
    figures.share("macro_f1", Priority::ALL.into_iter().map(of).sum::<f64>() / Priority::ALL.len() as f64);
    figures
}

fn add_f1(figures: &mut Figures, hits: usize, false_alarms: usize, misses: usize) {
    let (precision, recall, f1) = f1(hits, false_alarms, misses);
    figures.share("precision", precision);
    figures.share("recall", recall);
    figures.share("f1", f1);
}

/// Precision, recall and their harmonic mean; 0 where there is nothing to divide by.
fn f1(hits: usize, false_alarms: usize, misses: usize) -> (f64, f64, f64) {
    let ratio = |part: f64, whole: f64| if whole > 0.0 { part / whole } else { 0.0 };
    let precision = ratio(hits as f64, (hits + false_alarms) as f64);
    let recall = ratio(hits as f64, (hits + misses) as f64);
    (precision, recall, ratio(2.0 * precision * recall, precision + recall))
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// The area under the ROC curve by ranks, ties averaged; none where only one answer is right throughout.
fn area_under_curve(beliefs: &mut [(f64, bool)]) -> Option<f64> {
    let positives = beliefs.iter().filter(|(_, wanted)| *wanted).count();
    let negatives = beliefs.len() - positives;
    if positives == 0 || negatives == 0 {
        return None;
    }
    beliefs.sort_by(|(left, _), (right, _)| left.total_cmp(right));
    let (mut ranks, mut before) = (0.0, 0);
    for tied in beliefs.chunk_by(|(left, _), (right, _)| left == right) {
        let wanted = tied.iter().filter(|(_, wanted)| *wanted).count();
        ranks += (wanted * (2 * before + tied.len() + 1)) as f64 / 2.0;
        before += tied.len();
    }
    let (positives, negatives) = (positives as f64, negatives as f64);
    Some((ranks - positives * (positives + 1.0) / 2.0) / (positives * negatives))
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
