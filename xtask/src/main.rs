//! Builds, serves, tests and packages Gouji, setting up what the machine lacks: `cargo xtask`.

mod bench;
mod browser;
mod command;
mod floor;
mod old;
mod pack;
mod script;
mod serve;
mod setup;
mod size;
mod test;
mod texts;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask build                  builds dist/: gouji.html (one file), site/ (a static folder), package/ (for npm)
cargo xtask serve                  builds, and serves the page on this machine
cargo xtask test [--old-engines]   checks everything; with --old-engines also on real Chromium 69 and 87
cargo xtask bench [--update]       measures speed and memory, native and wasm; --update keeps it in benches/snapshot.txt
cargo xtask check-size [--update]  holds the sizes against benches/sizes.txt; --update rewrites it
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match perform(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn perform(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["build"] => pack::build().map(drop),
        ["serve"] => serve::page(),
        ["test"] => test::all(false),
        ["test", "--old-engines"] => test::all(true),
        ["bench"] => bench::run(false),
        ["bench", "--update"] => bench::run(true),
        ["check-size"] => size::check_build(false),
        ["check-size", "--update"] => size::check_build(true),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => bail!("unknown: {}\n\n{HELP}", arguments.join(" ")),
    }
}
