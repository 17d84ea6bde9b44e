//! How fast Gouji is, native and wasm, beside two floors of the same machine in the same minute; and whether its time grows linearly.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::browser::evaluate;
use crate::command::{output, root, say};
use crate::{pack, setup};

/// Lengths at which the growth is measured, in MB.
const LENGTHS: [usize; 4] = [1, 2, 5, 10];

const HEAD: &str = "\
Written by `cargo xtask bench --update`. The machine is shared and noisy: the MB/s are only of that hour, the ratios are what counts.
check: gouji::check. utf8: one pass of UTF-8 validation. digits: one pass that only finds the runs of digits. Best of several runs.
peak: bytes that one check holds at most (its report included), over the length of the text in UTF-8.

";

/// Measures; prints the table, and keeps it where `update` says so.
pub fn run(update: bool) -> Result<()> {
    let texts = texts()?;
    let folder = root().join("target/bench");
    fs::create_dir_all(&folder)?;
    let mut paths = texts.clone();
    let all = texts.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?.join("\n");
    for length in LENGTHS {
        let path = folder.join(format!("{length} MB"));
        fs::write(&path, repeated(&all, length * 1_000_000))?;
        paths.push(path);
    }

    say("Measuring natively (compiles the library with optimisation first)");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .current_dir(root())
        .args(["run", "--quiet", "--release", "--package", "gouji-bench", "--bin", "throughput", "--"])
        .args(&paths);
    let native = rows(&serde_json::from_str(&output(&mut cargo)?)?)?;

    let module = pack::build()?;
    say("Measuring in Chromium");
    let wasm = rows(&in_browser(&paths)?)?;

    let mut table = HEAD.to_owned();
    writeln!(table, "wasm made by {}", module.tools)?;
    for (title, rows) in [("native", &native), ("wasm in Chromium", &wasm)] {
        writeln!(
            table,
            "\n{title:22} {:>9} {:>7} {:>9} {:>10} {:>10} {:>7} {:>8} {:>6}",
            "bytes", "checks", "ms", "check MB/s", "of digits", "of utf8", "ns/byte", "peak"
        )?;
        for row in rows {
            writeln!(table, "{}", row.line())?;
        }
        let (first, last) = (&rows[rows.len() - LENGTHS.len()], &rows[rows.len() - 1]);
        writeln!(
            table,
            "growth from {} to {}: {:.2} times the time a byte (1.00 is linear)",
            first.name,
            last.name,
            last.per_byte() / first.per_byte()
        )?;
    }
    print!("{table}");
    if update {
        fs::write(root().join("benches/snapshot.txt"), table)?;
    }
    for (rows, where_) in [(&native, "natively"), (&wasm, "in wasm")] {
        let growth = rows[rows.len() - 1].per_byte() / rows[rows.len() - LENGTHS.len()].per_byte();
        ensure!(
            growth < 2.0,
            "{where_}, the time grows faster than the text: {growth:.2} times the time a byte at ten times the length"
        );
    }
    Ok(())
}

/// One measured text.
struct Row {
    name: String,
    bytes: f64,
    checks: u64,
    check: f64,
    utf8: f64,
    digits: f64,
    peak: Option<f64>,
}

impl Row {
    fn per_byte(&self) -> f64 {
        self.check / self.bytes
    }

    fn line(&self) -> String {
        let peak = self.peak.map_or(String::new(), |peak| format!("{:5.1}x", peak / self.bytes));
        format!(
            "{:22} {:9} {:7} {:9.2} {:10.1} {:9.0}x {:6.0}x {:8.1} {:>6}",
            self.name,
            self.bytes,
            self.checks,
            self.check * 1e3,
            self.bytes / self.check / 1e6,
            self.check / self.digits,
            self.check / self.utf8,
            self.per_byte() * 1e9,
            peak
        )
    }
}

fn rows(measured: &Value) -> Result<Vec<Row>> {
    let rows = measured.as_array().context("no measurements")?.iter().map(|row| {
        let number = |name: &str| row[name].as_f64().with_context(|| format!("a measurement has no {name}"));
        Ok(Row {
            name: row["name"].as_str().context("a measurement has no name")?.chars().take(22).collect(),
            bytes: number("bytes")?,
            checks: number("checks")? as u64,
            check: number("check")?,
            utf8: number("utf8")?,
            digits: number("digits")?,
            peak: row["peak"].as_f64(),
        })
    });
    rows.collect()
}

/// The same measurements through the package, the text being a JavaScript string, as a page has it.
fn in_browser(paths: &[PathBuf]) -> Result<Value> {
    let mut files = BTreeMap::new();
    let mut names = Vec::new();
    for (number, path) in paths.iter().enumerate() {
        files.insert(format!("/texts/{number}"), fs::read(path)?);
        names.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
    }
    let body = include_str!("bench.js").replace("NAMES", &serde_json::to_string(&names)?);
    evaluate(&setup::browser()?, &body, files, Duration::from_secs(600))
}

/// The texts to measure on: our fixtures and samples, and the collection beside the repository where there is one.
fn texts() -> Result<Vec<PathBuf>> {
    let mut texts = Vec::new();
    for folder in ["tests/fixtures", "www/samples", "../shared/seeds"] {
        crate::texts::collect(&root().join(folder), &mut texts)?;
    }
    ensure!(!texts.is_empty(), "there is no text to measure on in tests/fixtures, www/samples or ../shared/seeds");
    Ok(texts)
}

/// The text over and over, cut at a character to at most this many bytes.
fn repeated(text: &str, bytes: usize) -> String {
    let mut long = text.repeat(bytes / text.len() + 1);
    let end = (0..=bytes).rev().find(|&at| long.is_char_boundary(at)).unwrap_or_default();
    long.truncate(end);
    long
}

#[cfg(test)]
mod tests {
    #[test]
    fn repetition_ends_at_a_character() {
        assert_eq!(super::repeated("勾稽", 10), "勾稽勾");
    }
}
