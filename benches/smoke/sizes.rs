//! What browsers have to load, compressed as it is sent.

use crate::{Line, line};
use std::path::Path;
use std::process::Command;

/// A larger wasm file is a development build: compressing it well takes minutes and says nothing.
const WASM_BYTES_MAX: u64 = 8 * 1_024 * 1_024;

/// Prints the size of the files that its arguments name, compressed by node's own library: gzip or brotli, each at its best.
const COMPRESS: &str = r#"
const zlib = require("node:zlib"), fs = require("node:fs");
const [how, ...files] = process.argv.slice(1);
const best = { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } };
const size = (data) => (how === "gzip" ? zlib.gzipSync(data, { level: 9 }) : zlib.brotliCompressSync(data, best)).length;
console.log(files.map((file) => size(fs.readFileSync(file))).reduce((one, other) => one + other, 0));
"#;

/// The widget's files, and the pages' wasm if it was built.
pub fn measure(root: &Path) -> Vec<Line> {
    let public = root.join("public");
    let widget =
        ["widget.js", "widget/frame.html", "widget/frame.css", "widget/frame.js"].map(|name| public.join(name));
    let names: Vec<_> = widget.iter().map(|path| path.to_string_lossy().into_owned()).collect();
    vec![
        line("widget, all files, gzipped", compressed("gzip", &names), "15 KB"),
        line("admin wasm, brotli", wasm(&root.join("target/site/pkg/baton.wasm")), "350 KB, goal 250"),
    ]
}

fn wasm(path: &Path) -> String {
    match path.metadata() {
        Err(_) => "not built".to_owned(),
        Ok(about) if about.len() > WASM_BYTES_MAX => {
            format!("{} MB uncompressed, a development build", about.len() / 1_024 / 1_024)
        }
        Ok(_) => compressed("brotli", &[path.to_string_lossy().into_owned()]),
    }
}

fn compressed(how: &str, files: &[String]) -> String {
    let output = Command::new("node").arg("-e").arg(COMPRESS).arg(how).args(files).output().expect("node can be run");
    assert!(output.status.success(), "node: {}", String::from_utf8_lossy(&output.stderr));
    let bytes: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("a number of bytes");
    format!("{:.1} KB", bytes / 1_000.0)
}
