//! Builds, serves, tests and packages Gouji, setting up what the machine lacks: `cargo xtask`.

mod command;
mod floor;
mod pack;
mod script;
mod setup;
mod wasm;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask build                  builds dist/: gouji.html (one file), site/ (a static folder), package/ (for npm)
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
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => bail!("unknown: {}\n\n{HELP}", arguments.join(" ")),
    }
}
