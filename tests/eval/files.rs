//! Case files in, predictions and figures out.

use crate::{beside, complained, eval, figures, printed, write};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Command;

fn predictions(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn what_the_engine_decides_is_written_one_line_a_case_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("predictions.jsonl");
    let output = eval(&[&beside("cases.jsonl"), "--out", &out.display().to_string()]);
    assert_eq!(output.status.code(), Some(0), "{}", complained(&output));
    let all = predictions(&out);
    let ids: Vec<&str> = all.iter().map(|p| p["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 14);
    assert_eq!((ids[0], ids[5], ids[13]), ("ask-1", "met-1", "tier-2"));
    let of = |id: &str| all.iter().find(|p| p["id"] == id).unwrap();

    assert_eq!(
        (&of("ask-1")["trigger"], &of("ask-1")["handoff"], &of("ask-1")["score"]),
        (&json!(true), &json!(true), &json!(1.0))
    );
    // Wanted, but a value is missing: no handoff yet.
    assert_eq!(
        (&of("met-1")["trigger"], &of("met-1")["handoff"], &of("met-1")["missing"]),
        (&json!(true), &json!(false), &json!(["email"]))
    );
    // Wanted, but the AI tries first.
    assert_eq!((&of("met-3")["trigger"], &of("met-3")["handoff"]), (&json!(true), &json!(false)));
    assert_eq!(of("value-1")["gathered"], json!({ "email": "ana@example.com" }));
    assert_eq!((&of("tier-1")["priority"], &of("tier-2")["priority"]), (&json!("urgent"), &json!(null)));
    assert_eq!(*of("turn-1"), json!({ "id": "turn-1", "fired_at": 4 }));
    assert_eq!(*of("turn-2"), json!({ "id": "turn-2", "fired_at": null }));
}

#[test]
fn one_thread_and_many_write_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let written = |threads: &str| {
        let out = folder.path().join(threads);
        let output = eval(&[&beside("cases.jsonl"), "--threads", threads, "--out", &out.display().to_string()]);
        assert!(output.status.success(), "{}", complained(&output));
        std::fs::read_to_string(out).unwrap()
    };
    assert_eq!(written("1"), written("8"));
}

#[test]
fn figures_are_told_by_task_and_slice_without_the_unclear_cases() {
    let output = eval(&[&beside("cases.jsonl"), "--json"]);
    let all = figures(&output);
    assert_eq!(all["cases"], 14);
    let tasks = &all["tasks"];
    assert_eq!((&tasks["explicit_request"]["n"], &tasks["explicit_request"]["f1"]), (&json!(4), &json!(1.0)));
    assert_eq!(tasks["explicit_request"]["error_rate_by_slice"], json!({ "asks": 0.0, "trap": 0.0 }));
    assert_eq!(tasks["extract"]["false_fill_rate"], 0.0);
    assert_eq!(
        (&tasks["timing"]["gathers"]["right"], &tasks["timing"]["none"]["false_alarm"]),
        (&json!(1.0), &json!(0.0))
    );
    assert_eq!(tasks["priority"]["accuracy"], 0.5);
    // Timing is decided after each message of the customer: 3 and 2 instead of one each.
    assert_eq!(all["decisions"], 12 + 5);
    assert!(all["latency_ms"]["p99"].as_f64() >= all["latency_ms"]["p50"].as_f64());

    let table = printed(&eval(&[&beside("cases.jsonl")]));
    for words in [
        "14 cases decided by built-in",
        "1 are ambiguous",
        "explicit_request",
        "  trap",
        "false_alarm",
        "17 decisions: p50",
    ] {
        assert!(table.contains(words), "{words} is missing in:\n{table}");
    }
}

#[test]
fn a_file_named_like_a_task_gives_its_figures_that_name() {
    let folder = tempfile::tempdir().unwrap();
    let cases = std::fs::read_to_string(beside("cases.jsonl")).unwrap();
    let met: String =
        cases.lines().filter(|line| line.contains("condition_match")).map(|line| format!("{line}\n")).collect();
    write(&folder, "exclusion_match.jsonl", &met);
    write(&folder, "notes.txt", "not a case");
    let all = figures(&eval(&[&folder.path().display().to_string(), "--json"]));
    assert_eq!(all["tasks"]["exclusion_match"]["n"], 3);
    assert_eq!(all["tasks"].as_object().unwrap().len(), 1);
}

#[test]
fn an_action_of_its_own_takes_the_place_of_every_cases() {
    let folder = tempfile::tempdir().unwrap();
    let action = write(&folder, "action.json", r#"{"when_to_use":"Keywords that always escalate: mug","gather":[]}"#);
    let out = folder.path().join("predictions.jsonl");
    let (action, out_name) = (action.display().to_string(), out.display().to_string());
    let output = eval(&[&beside("cases.jsonl"), "--action", &action, "--out", &out_name]);
    assert!(output.status.success(), "{}", complained(&output));
    let all = predictions(&out);
    let trigger = |id: &str| all.iter().find(|p| p["id"] == id).unwrap()["trigger"].clone();
    assert_eq!((trigger("met-1"), trigger("met-2")), (json!(false), json!(true)));
}

#[test]
fn a_line_that_is_no_case_is_named_with_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let good = std::fs::read_to_string(beside("cases.jsonl")).unwrap();
    let good = good.lines().next().unwrap();
    let table = [
        ("{", "EOF while parsing"),
        ("{\"id\":\"x\"}", "missing field `task`"),
        (&good.replace("explicit_request", "guess"), "unknown task `guess`"),
        (&good.replace("\"trigger\":true", ""), "missing field `trigger` in `expect`"),
        (&good.replace("\"trigger\":true", "\"trigger\":1"), "must be true or false"),
        (&good.replace("when_to_use", "when"), "missing field `when_to_use` in `action`"),
        (&good.replace("customer\",", "bot\","), "unknown role `bot`"),
        (&good.replace("\"role\":\"customer\"", "\"role\":\"ai\""), "no message of the customer"),
        (
            &good.replace("asks for a person.\"", "asks.\",\"gather\":[{\"name\":\"1st\"}]"),
            "Start the name with a letter",
        ),
        (
            &good.replace("asks for a person.\"", "asks.\",\"gather\":[{\"name\":\"a\",\"type\":\"odd\"}]"),
            "unknown variant `odd`",
        ),
        (good, "the id `ask-1` was used before"),
    ];
    for (line, what) in table {
        let path = write(&folder, "bad.jsonl", &format!("{good}\n\n{line}\n"));
        let output = eval(&[&path.display().to_string()]);
        assert_eq!(output.status.code(), Some(2), "{line}");
        let said = complained(&output);
        assert!(said.contains("bad.jsonl:3: ") && said.contains(what), "{line} | {said}");
        assert!(printed(&output).is_empty());
    }
    for path in ["/nowhere/at/all.jsonl", &folder.path().join("none").display().to_string()] {
        let output = eval(&[path]);
        assert_eq!(output.status.code(), Some(2));
        assert!(complained(&output).contains(path));
    }
    let empty = tempfile::tempdir().unwrap();
    assert!(complained(&eval(&[&empty.path().display().to_string()])).contains("no *.jsonl file"));
    assert_eq!(eval(&[]).status.code(), Some(2));
}

#[test]
fn a_figure_below_its_floor_is_named_and_a_floor_about_nothing_is_an_error() {
    let with = |floors: &[&str]| {
        let cases = beside("cases.jsonl");
        let mut arguments = vec![cases.as_str()];
        arguments.extend(floors.iter().flat_map(|floor| ["--floor", floor]));
        let output = eval(&arguments);
        (output.status.code(), complained(&output))
    };
    let reached = [
        "explicit_request=1",
        "timing=0.9",
        "priority.accuracy<=0.5",
        "explicit_request.tr*.error<=0",
        "timing.none.false_alarm<=0",
    ];
    assert_eq!(with(&reached), (Some(0), String::new()));

    let (status, said) = with(&["explicit_request=1", "priority=0.6", "priority.words.accuracy<=0.4"]);
    assert_eq!(status, Some(1));
    assert!(said.contains("priority accuracy is 0.5000, below its floor 0.6."), "{said}");
    assert!(said.contains("priority words accuracy is 0.5000, above its ceiling 0.4."), "{said}");

    for (floor, what) in [
        ("timing_sgd=0.1", "a task without cases"),
        ("explicit_request.nowhere.error<=1", "a slice without cases"),
        ("explicit_request.unclear.error<=1", "a slice without cases"),
        ("extract.auc=0", "was not measured"),
        ("explicit_request.asks.wrongly_fired<=1", "was not measured"),
        ("explicit_request.n=0", "was not measured"),
        ("explicit_request>0.5", "write TASK=0.9"),
    ] {
        let (status, said) = with(&[floor]);
        assert_eq!(status, Some(2), "{floor}");
        assert!(said.contains(what), "{floor} | {said}");
    }
}

/// Where the shared cases are, if they are.
fn shared() -> Option<PathBuf> {
    let named = std::env::var_os("BATON_TEST_EVAL").map(PathBuf::from);
    let folder = named.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval"));
    folder.join("score.py").is_file().then_some(folder)
}

#[test]
fn figures_equal_those_of_score_py_on_the_shared_cases() {
    let Some(folder) = shared() else {
        println!("skipped: the shared cases (../shared/eval) are not here");
        return;
    };
    if Command::new("python3").arg("--version").output().is_err() {
        println!("skipped: there is no python3");
        return;
    }
    let out = tempfile::tempdir().unwrap();
    let predictions = out.path().join("predictions.jsonl");
    let dev = folder.join("dev").display().to_string();
    let ours = figures(&eval(&[&dev, "--json", "--out", &predictions.display().to_string()]));
    let scored = Command::new("python3")
        .arg(folder.join("score.py"))
        .arg(&dev)
        .arg(&predictions)
        .arg("--json")
        .output()
        .unwrap();
    assert!(scored.status.success(), "{}", complained(&scored));
    let theirs = figures(&scored);
    assert_eq!(theirs.as_object().unwrap().len(), ours["tasks"].as_object().unwrap().len());
    let compared = compare(&theirs, &ours["tasks"], "");
    assert!(compared > 50, "only {compared} figures were compared");
}

/// Compares every figure of theirs with ours, and counts them.
fn compare(theirs: &Value, ours: &Value, place: &str) -> usize {
    if let Value::Object(inside) = theirs {
        return inside.iter().map(|(name, value)| compare(value, &ours[name], &format!("{place}/{name}"))).sum();
    }
    let (theirs, ours) = (theirs.as_f64().unwrap(), ours.as_f64().unwrap_or(f64::NAN));
    // That script rounds these to three digits.
    let slack = if place.contains("error_rate_by_slice") { 0.000_5 + 1e-9 } else { 1e-9 };
    assert!((theirs - ours).abs() <= slack, "{place}: score.py says {theirs}, baton eval {ours}");
    1
}
