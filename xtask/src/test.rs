//! Everything that must hold, in one run: style, the library, the wasm and its floor, the sizes, and the page in a browser.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::command::{root, run, say};
use crate::serve::{self, Content};
use crate::{browser, old, pack, setup, size, texts};

/// What passed and what failed so far.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    /// The tests that had nothing to check: what they check is not here.
    skipped: usize,
    failures: Vec<String>,
}

impl Tally {
    /// A step that either holds or does not.
    fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T>) -> Option<T> {
        say(name);
        let start = Instant::now();
        match work() {
            Ok(value) => {
                self.passed += 1;
                say(format!("{name}: passed ({} s)", start.elapsed().as_secs()));
                Some(value)
            }
            Err(error) => {
                self.failed += 1;
                say(format!("{name}: FAILED: {error:#}"));
                self.failures.push(name.to_owned());
                None
            }
        }
    }

    /// A run of `cargo test`, whose tests count one by one.
    fn tests(&mut self, name: &str, command: &mut Command) {
        say(name);
        let start = Instant::now();
        match count_tests(command) {
            Ok((Counts { passed, failed, skipped }, success)) => {
                let passed = passed - skipped;
                let counts = format!("{passed} passed, {failed} failed, {skipped} skipped");
                say(format!("{name}: {counts} ({} s)", start.elapsed().as_secs()));
                self.passed += passed;
                self.skipped += skipped;
                // A run that fails without a failing test did not compile, or crashed.
                self.failed += if success { failed } else { failed.max(1) };
                if !success {
                    self.failures.push(name.to_owned());
                }
            }
            Err(error) => {
                self.failed += 1;
                self.failures.push(format!("{name}: {error:#}"));
            }
        }
    }
}

/// Runs all; `old_engines` adds the real browsers of the floor.
pub fn all(old_engines: bool) -> Result<()> {
    let start = Instant::now();
    // What is missing is told, or installed, before a minute is spent on anything else.
    let compiler = setup::compiler()?;
    let browser = setup::browser()?;
    let mut tally = Tally::default();

    tally.step("rustfmt", || run(cargo().args(["fmt", "--all", "--check"])));
    let clippy = ["--", "-D", "warnings"];
    tally.step("clippy", || run(cargo().args(["clippy", "--quiet", "--workspace", "--all-targets"]).args(clippy)));
    if compiler.linker.is_none() {
        // Debian's compiler for wasm comes without clippy.
        tally.step("clippy of the page", || {
            run(compiler.command("clippy").args(["--quiet", "--package", "gouji", "--lib"]).args(clippy))
        });
    }
    tally.tests("tests of the workspace", cargo().args(["test", "--quiet", "--workspace"]));

    if let Some(module) = tally.step("wasm, page and package, for Chromium 69", pack::build) {
        tally.step("sizes", || size::check(&module, false));
        if let Some(reports) = tally.step("the wasm checks every text in Chromium", || reports_of_wasm(&browser)) {
            let mut command = cargo();
            command.args(["test", "--quiet", "--package", "gouji", "--test", "same_report", "--", "--ignored"]);
            tally.tests("native and wasm give the same report", command.env("GOUJI_WASM_REPORTS", reports));
        }
        tally.tests_in_browser(&browser);
        if old_engines {
            for engine in &old::ENGINES {
                tally.step(&format!("the single file on Chromium {}", engine.chromium), || old::run(engine));
            }
        }
    }

    for failure in &tally.failures {
        say(format!("failed: {failure}"));
    }
    say(format!("{} s in all", start.elapsed().as_secs()));
    if tally.skipped > 0 {
        say(format!("{} skipped: what they check is not here", tally.skipped));
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed > 0 {
        bail!("not everything holds");
    }
    Ok(())
}

impl Tally {
    /// The tests that drive the page: tests/shapes.rs and tests/page.rs.
    fn tests_in_browser(&mut self, browser: &setup::Browser) {
        let content = Content { folder: pack::dist(), ..Content::default() };
        let Some(served) = self.step("a web server for the page", || serve::start(content, 0)) else { return };
        let Some(driver) = self.step("chromedriver", || browser::driver(browser)) else { return };
        let mut command = cargo();
        command.args(["test", "--quiet", "--package", "gouji"]);
        for name in ["shapes", "page"] {
            if root().join("tests").join(name).with_extension("rs").is_file() {
                command.args(["--test", name]);
            }
        }
        command
            .args(["--", "--ignored", "--test-threads=2"])
            .env("WEBDRIVER_URL", &driver.address)
            .env("GOUJI_CHROMIUM", &browser.chromium)
            .env("GOUJI_DIST", pack::dist())
            .env("GOUJI_URL", format!("http://{served}/"));
        self.tests("the page in Chromium", &mut command);
    }
}

/// The cargo that runs this.
fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// What a run of tests came to.
#[derive(Default)]
struct Counts {
    /// Skipped ones among them, for a test that finds nothing to check ends well.
    passed: usize,
    failed: usize,
    skipped: usize,
}

/// Runs tests, shows what they print, and counts them by the lines that every Rust test program ends with, and that a skipped test prints.
fn count_tests(command: &mut Command) -> Result<(Counts, bool)> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cargo cannot be started")?;
    let mut all = Counts::default();
    for line in BufReader::new(child.stdout.take().expect("stdout is piped")).lines() {
        let line = line?;
        if let Some((passed, failed)) = counts(&line) {
            all.passed += passed;
            all.failed += failed;
        }
        all.skipped += usize::from(line.starts_with("skipped: "));
        eprintln!("{line}");
    }
    Ok((all, child.wait()?.success()))
}

/// `test result: ok. 12 passed; 0 failed; ...`
fn counts(line: &str) -> Option<(usize, usize)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |suffix: &str| counts.split("; ").find_map(|part| part.strip_suffix(suffix)?.parse().ok());
    Some((number(" passed")?, number(" failed")?))
}

/// Checks every text in Chromium, through the package, and gives the file of the reports.
fn reports_of_wasm(browser: &setup::Browser) -> Result<PathBuf> {
    let mut paths = Vec::new();
    for folder in ["tests", "www/samples", "../shared/seeds"] {
        texts::collect(&root().join(folder), &mut paths)?;
    }
    ensure!(!paths.is_empty(), "there is no text to check under tests/ and www/samples");
    // What no file of ours holds: nothing, a byte order mark, carriage returns, a character of two code units, control characters.
    let odd = root().join("target/odd.txt");
    fs::create_dir_all(root().join("target"))?;
    fs::write(&odd, "\u{feff}一、收入12.5万元，\r\n𠮷占100%。\r\u{2028}\0\t支出\u{3000}１２．５万元\u{200b}")?;
    let empty = root().join("target/empty.txt");
    fs::write(&empty, "")?;
    paths.extend([odd, empty]);

    let mut files = BTreeMap::new();
    for (number, path) in paths.iter().enumerate() {
        files.insert(format!("/texts/{number}"), fs::read(path)?);
    }
    let body = include_str!("reports.js").replace("COUNT", &paths.len().to_string());
    let answers = browser::evaluate(browser, &body, files, Duration::from_secs(300))?;
    let reports: Vec<Value> = answers
        .as_array()
        .context("the browser gave no list")?
        .iter()
        .map(|answer| {
            let path = &paths[answer["text"].as_u64().unwrap_or_default() as usize];
            json!({"text": path, "options": answer["options"], "report": answer["report"]})
        })
        .collect();
    ensure!(reports.len() == 2 * paths.len(), "the browser left out a text");
    let path = root().join("target/reports-of-wasm.json");
    fs::write(&path, Value::from(reports).to_string())?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn test_results_are_counted() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.16s";
        assert_eq!(counts(line), Some((12, 3)));
        assert_eq!(counts("test result: ok. 1 passed; 0 failed; 0 ignored"), Some((1, 0)));
        assert_eq!(counts("running 3 tests"), None);
    }
}
