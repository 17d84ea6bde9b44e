//! The sizes of what users download, held against a committed snapshot.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::command::{root, say};
use crate::pack;
use crate::wasm::Module;

/// The single file never grows beyond this.
const LIMIT: u64 = 1_500_000;

/// How much larger than the snapshot is still no news, in percent.
const TOLERANCE: u64 = 2;

fn snapshot() -> PathBuf {
    root().join("benches/sizes.txt")
}

/// Builds, then compares with the snapshot, or rewrites it.
pub fn check_build(update: bool) -> Result<()> {
    check(&pack::build()?, update)
}

/// Compares what was built with the snapshot, or rewrites it.
pub fn check(module: &Module, update: bool) -> Result<()> {
    let html = fs::metadata(pack::dist().join("gouji.html"))?.len();
    let now = format!("tools: {}\ngouji.wasm: {}\ngouji.html: {html}\n", module.tools, module.wasm.len());
    if update {
        fs::write(snapshot(), &now)?;
        print!("{now}");
    }
    let before =
        fs::read_to_string(snapshot()).context("benches/sizes.txt is missing: cargo xtask check-size --update")?;
    let (verdict, complaints) = compare(&before, &now)?;
    say(verdict);
    if !complaints.is_empty() {
        bail!("{}", complaints.join("; "));
    }
    Ok(())
}

/// Two snapshots: a line to tell, and what is wrong.
fn compare(before: &str, now: &str) -> Result<(String, Vec<String>)> {
    let field = |text: &str, name: &str| -> Result<String> {
        let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        Ok(line.with_context(|| format!("a size snapshot has no line `{name}`"))?.to_owned())
    };
    // Another compiler makes another module; its size says nothing of our changes. The limit holds all the same.
    let same_tools = field(before, "tools")? == field(now, "tools")?;
    let mut told = Vec::new();
    let mut complaints = Vec::new();
    for name in ["gouji.wasm", "gouji.html"] {
        let (old, new): (u64, u64) = (field(before, name)?.parse()?, field(now, name)?.parse()?);
        told.push(format!("{name} {new} bytes (snapshot {old})"));
        if same_tools && new * 100 > old * (100 + TOLERANCE) {
            complaints.push(format!(
                "{name} grew from {old} to {new} bytes; if that is worth it: cargo xtask check-size --update"
            ));
        }
        if name == "gouji.html" && new > LIMIT {
            complaints.push(format!("{name} has {new} bytes; the limit is {LIMIT}"));
        }
    }
    let note = if same_tools { "" } else { ", of other tools, so that only the limit counts" };
    Ok((told.join(", ") + note, complaints))
}

#[cfg(test)]
mod tests {
    use super::compare;

    fn complaints(before: (u64, u64), now: (u64, u64), same_tools: bool) -> usize {
        let text = |tools: &str, sizes: (u64, u64)| {
            format!("tools: {tools}\ngouji.wasm: {}\ngouji.html: {}\n", sizes.0, sizes.1)
        };
        let now = text(if same_tools { "a" } else { "b" }, now);
        compare(&text("a", before), &now).unwrap().1.len()
    }

    #[test]
    fn growth_is_told_and_the_limit_holds() {
        assert_eq!(complaints((1000, 2000), (1020, 2040), true), 0);
        assert_eq!(complaints((1000, 2000), (1021, 2040), true), 1);
        assert_eq!(complaints((1000, 2000), (500, 600), true), 0);
        assert_eq!(complaints((1000, 2000), (1021, 2400), false), 0);
        assert_eq!(complaints((1000, 1_500_000), (1000, 1_500_001), true), 1);
        assert_eq!(complaints((1000, 1_500_000), (1000, 1_500_001), false), 1);
    }
}
