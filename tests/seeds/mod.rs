//! The reports that the project was made from. They lie beside the repository and not in it.

use std::fs;
use std::io::Write;
use std::path::Path;

/// The text of the report whose file begins so. Where it is not there the test has nothing to check, and says so: straight to the output, for
/// what a passing test prints is not shown.
pub fn seed(start: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let named = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(start));
    let paths = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let text = paths.into_iter().find(|path| named(path)).map(|path| fs::read_to_string(path).unwrap());
    if text.is_none() {
        let thread = std::thread::current();
        let test = thread.name().unwrap_or_default();
        let mut out = std::io::stdout();
        writeln!(out, "\nskipped: {test}: there is no ../shared/seeds/{start}*").unwrap();
    }
    text
}
