//! The report: figures by task and slice, how long decisions took; as a table for people and as JSON.

use super::case::{Case, Task};
use super::play::{Played, Prediction};
use super::score::{self, Answered, Figure, Figures};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Duration;

/// Before the name of a slice.
const INDENT: &str = "  ";
/// How wide a figure's column is at least.
const CELL: usize = 6;

/// Everything that was measured.
pub struct Report<'a> {
    pub groups: Vec<Group<'a>>,
    /// How many cases were decided, counted or not.
    pub cases: usize,
    /// Who decided: one name, unless an engine fell back to another.
    models: BTreeSet<&'a str>,
    /// One per decision, shortest first.
    latencies: Vec<Duration>,
}

/// The figures of one task.
pub struct Group<'a> {
    pub name: &'static str,
    pub task: Task,
    pub figures: Figures,
    /// By slice, in the order of their names.
    pub slices: Vec<(&'a str, Figures)>,
    answered: Vec<Answered<'a>>,
}

impl<'a> Group<'a> {
    /// The cases of some slices.
    pub fn inside(&self, fits: impl Fn(&str) -> bool) -> Vec<Answered<'a>> {
        self.answered.iter().copied().filter(|(case, _)| fits(&case.slice)).collect()
    }

    /// One row for all cases, then one a slice.
    fn table(&self) -> String {
        let mut rows = vec![(self.name, self.figures.clone())];
        if self.slices.len() > 1 {
            // Of a decision between yes and no, a slice is all of one kind: only its errors mean anything.
            let shown = |figures: &Figures| match self.task {
                Task::Trigger => figures.only(&["n", "error"]),
                Task::Extract | Task::Timing | Task::Priority => figures.clone(),
            };
            rows.extend(self.slices.iter().map(|(slice, figures)| (*slice, shown(figures))));
        }
        let mut columns: Vec<&'static str> = Vec::new();
        for (name, _) in rows.iter().flat_map(|(_, figures)| figures.iter()) {
            if !columns.contains(&name) {
                columns.push(name);
            }
        }
        let head = rows.iter().map(|(name, _)| name.chars().count() + INDENT.len()).max().unwrap_or(0);
        let mut out = format!("{:head$}", "");
        columns.iter().for_each(|column| out += &format!("  {column:>CELL$}"));
        out.push('\n');
        for (at, (name, figures)) in rows.iter().enumerate() {
            let name = if at == 0 { (*name).to_owned() } else { format!("{INDENT}{name}") };
            let mut row = format!("{name:head$}");
            for column in &columns {
                let cell = figures.iter().find(|(name, _)| name == column).map_or(String::new(), |(_, f)| shown(f));
                row += &format!("  {cell:>width$}", width = column.len().max(CELL));
            }
            out += row.trim_end();
            out.push('\n');
        }
        out
    }
}

fn shown(figure: Figure) -> String {
    match figure {
        Figure::Count(count) => count.to_string(),
        Figure::Share(share) => format!("{share:.3}"),
    }
}

impl<'a> Report<'a> {
    /// Measures what was played. Groups come in the order in which their first cases do.
    pub fn new(cases: &'a [Case], played: &'a [Played]) -> Self {
        let by_id: BTreeMap<&str, &Prediction> = played.iter().map(|p| (p.prediction.id(), &p.prediction)).collect();
        let mut names: Vec<(&'static str, Task)> = Vec::new();
        let counted: Vec<Answered<'a>> = cases
            .iter()
            .filter(|case| !case.is_left_out)
            .map(|case| (case, by_id.get(case.id.as_str()).copied()))
            .collect();
        for (case, _) in &counted {
            if !names.contains(&(case.group, case.task)) {
                names.push((case.group, case.task));
            }
        }
        let groups = names.into_iter().map(|(name, task)| group(name, task, &counted)).collect();
        let mut latencies: Vec<Duration> = played.iter().flat_map(|played| played.latencies.iter().copied()).collect();
        latencies.sort_unstable();
        let models = played.iter().map(|played| played.model.as_str()).collect();
        Self { groups, cases: cases.len(), models, latencies }
    }

    /// As an object: `tasks` in the shape of `score.py --json`, and how long decisions took.
    pub fn json(&self) -> Value {
        let tasks: Map<String, Value> =
            self.groups.iter().map(|group| (group.name.to_owned(), Value::Object(group_json(group)))).collect();
        json!({
            "engine": self.engine(),
            "cases": self.cases,
            "tasks": tasks,
            "decisions": self.latencies.len(),
            "latency_ms": { "p50": in_ms(self.latency(50)), "p99": in_ms(self.latency(99)) },
        })
    }

    /// As a table.
    pub fn table(&self) -> String {
        let mut out = String::new();
        let counted: usize = self.groups.iter().map(|group| group.answered.len()).sum();
        let left_out = match self.cases - counted {
            0 => String::new(),
            some => format!(" {some} are ambiguous or suspect and not counted."),
        };
        let _ = writeln!(out, "{} cases decided by {}.{left_out}", self.cases, self.engine());
        for group in &self.groups {
            out.push('\n');
            out.push_str(&group.table());
        }
        let (decisions, p50, p99) = (self.latencies.len(), in_ms(self.latency(50)), in_ms(self.latency(99)));
        let _ = writeln!(out, "\n{decisions} decisions: p50 {p50:.2} ms, p99 {p99:.2} ms");
        out
    }

    fn engine(&self) -> String {
        self.models.iter().copied().collect::<Vec<_>>().join(" and ")
    }

    /// The duration below or at which so many of a hundred decisions lie.
    fn latency(&self, percent: usize) -> Duration {
        let place = (self.latencies.len() * percent).div_ceil(100).max(1) - 1;
        self.latencies.get(place).copied().unwrap_or_default()
    }
}

fn group<'a>(name: &'static str, task: Task, counted: &[Answered<'a>]) -> Group<'a> {
    let answered: Vec<Answered<'a>> = counted.iter().copied().filter(|(case, _)| case.group == name).collect();
    let names: BTreeSet<&'a str> = answered.iter().map(|(case, _)| case.slice.as_str()).collect();
    let of = |slice: &str| -> Vec<Answered<'a>> {
        answered.iter().copied().filter(|(case, _)| case.slice == slice).collect()
    };
    Group {
        name,
        task,
        figures: score::score(task, &answered),
        slices: names.into_iter().map(|slice| (slice, score::score(task, &of(slice)))).collect(),
        answered,
    }
}

fn group_json(group: &Group<'_>) -> Map<String, Value> {
    let by_slice = |value: &dyn Fn(&Figures) -> Value| -> Map<String, Value> {
        group.slices.iter().map(|(slice, figures)| ((*slice).to_owned(), value(figures))).collect()
    };
    match group.task {
        Task::Timing => by_slice(&|figures| Value::Object(figures.json())),
        Task::Trigger => {
            let mut whole = group.figures.json();
            let errors = by_slice(&|figures| json!(figures.get("error")));
            whole.insert("error_rate_by_slice".into(), Value::Object(errors));
            whole
        }
        Task::Extract | Task::Priority => group.figures.json(),
    }
}

fn in_ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
