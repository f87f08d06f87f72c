//! Floors: the figures that must be reached, as `--floor` names them. A floor about something that was not measured
//! is a mistake, never a pass.

use super::report::Report;
use super::score;
use std::fmt;
use std::str::FromStr;

/// Figures that should agree may differ by as much in their last digits.
const SLACK: f64 = 1e-9;

/// One floor or ceiling: `TASK=0.9`, `TASK.FIGURE=0.9`, `TASK.SLICE.FIGURE<=0.1`. In a slice `*` stands for anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Floor {
    task: String,
    /// The slices it is about; none: all cases of the task.
    slice: Option<String>,
    /// None: the task's main figure.
    figure: Option<String>,
    bound: Bound,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Bound {
    AtLeast(f64),
    AtMost(f64),
}

impl FromStr for Floor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let how = "write TASK=0.9, TASK.FIGURE=0.9 or TASK.SLICE.FIGURE<=0.1";
        let (name, number, is_ceiling) = match text.split_once("<=") {
            Some((name, number)) => (name, number, true),
            None => text.split_once('=').map(|(name, number)| (name, number, false)).ok_or(how)?,
        };
        let number: f64 = number.trim().parse().map_err(|_| format!("`{}` is no number; {how}", number.trim()))?;
        if !(0.0..=1.0).contains(&number) {
            return Err(format!("{number} is not between 0 and 1"));
        }
        let parts: Vec<&str> = name.trim().split('.').collect();
        let (task, slice, figure) = match parts.as_slice() {
            [task] => (*task, None, None),
            [task, figure] => (*task, None, Some(*figure)),
            [task, slice, figure] => (*task, Some(*slice), Some(*figure)),
            _ => return Err(how.into()),
        };
        if parts.iter().any(|part| part.is_empty() || part.contains(['<', '>', ' '])) {
            return Err(how.into());
        }
        let bound = if is_ceiling { Bound::AtMost(number) } else { Bound::AtLeast(number) };
        Ok(Self { task: task.to_owned(), slice: slice.map(str::to_owned), figure: figure.map(str::to_owned), bound })
    }
}

impl fmt::Display for Floor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [Some(&self.task), self.slice.as_ref(), self.figure.as_ref()];
        f.write_str(&parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join("."))?;
        match self.bound {
            Bound::AtLeast(number) => write!(f, "={number}"),
            Bound::AtMost(number) => write!(f, "<={number}"),
        }
    }
}

impl Floor {
    /// Checks a report: none if the floor is reached, otherwise a sentence.
    ///
    /// # Errors
    /// When nothing that it is about was measured.
    pub fn check(&self, report: &Report<'_>) -> Result<Option<String>, String> {
        let Some(group) = report.groups.iter().find(|group| group.name == self.task) else {
            let known: Vec<&str> = report.groups.iter().map(|group| group.name).collect();
            return Err(format!("the floor {self} names a task without cases; measured: {}", known.join(", ")));
        };
        let figures = match &self.slice {
            None => group.figures.clone(),
            Some(pattern) => {
                let inside = group.inside(|slice| fits(pattern, slice));
                if inside.is_empty() {
                    let known: Vec<&str> = group.slices.iter().map(|(name, _)| *name).collect();
                    return Err(format!(
                        "the floor {self} names a slice without cases; measured: {}",
                        known.join(", ")
                    ));
                }
                score::score(group.task, &inside)
            }
        };
        let name = self.figure.as_deref().unwrap_or(score::main_figure(group.task));
        let Some(measured) = figures.get(name) else {
            let known: Vec<&str> = figures.names().collect();
            return Err(format!("the floor {self} names a figure that was not measured; known: {}", known.join(", ")));
        };
        let what = match &self.slice {
            None => format!("{} {name}", self.task),
            Some(slice) => format!("{} {slice} {name}", self.task),
        };
        Ok(match self.bound {
            Bound::AtLeast(floor) if measured < floor - SLACK => {
                Some(format!("{what} is {measured:.4}, below its floor {floor}."))
            }
            Bound::AtMost(ceiling) if measured > ceiling + SLACK => {
                Some(format!("{what} is {measured:.4}, above its ceiling {ceiling}."))
            }
            _ => None,
        })
    }
}

/// Whether a text fits a pattern in which `*` stands for anything.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((head, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut left) = text.strip_prefix(head) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = left.find(part) else { return false };
        left = &left[at + part.len()..];
    }
    left.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        text.parse::<Floor>().map(|floor| floor.to_string())
    }

    #[test]
    fn floors_are_read_as_they_are_written() {
        for text in ["extract=0.93", "timing.gather.early<=0.03", "a.auc=0.9", "a.*/neg_excluded.error<=0.25", "a=1"] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
        assert_eq!(read(" a.f1 = 0.5 ").as_deref(), Ok("a.f1=0.5"));
        for text in ["", "a", "a=b", "a=1.5", "a=-0.1", "a=NaN", "=0.5", "a.=0.5", "a.b.c.d=0.5", "a.f1>=0.5", "a<0.5"]
        {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, text, expected) in [
            ("long/pos", "long/pos", true),
            ("long/pos", "long/pos2", false),
            ("*/neg_excluded", "long/neg_excluded", true),
            ("*/neg_excluded", "long/neg_excluded2", false),
            ("neg*", "neg", true),
            ("neg*", "pos/neg", false),
            ("*", "", true),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c", false),
            ("a*ab", "ab", false),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} | {text}");
        }
    }
}
