//! The texts that tests and measurements run on.

use std::path::{Path, PathBuf};

use anyhow::Result;

/// Adds every *.txt under a folder, in order; a folder that does not exist adds none.
pub fn collect(folder: &Path, texts: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    let mut entries = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, texts)?;
        } else if path.extension().is_some_and(|extension| extension == "txt") {
            texts.push(path);
        }
    }
    Ok(())
}
