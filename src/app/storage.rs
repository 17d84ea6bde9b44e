//! What is kept in this browser from one visit to the next.

use web_sys::Storage;

use super::dom::window;
use super::state::{Ignored, Remembered};
use crate::report::Language;

const TEXT: &str = "gouji.text";
const NAME: &str = "gouji.name";
const LANGUAGE: &str = "gouji.language";
const IGNORED: &str = "gouji.ignored";

/// The store, where the browser has one and lets it be used.
fn store() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn read(key: &str) -> Option<String> {
    store()?.get_item(key).ok().flatten()
}

/// Keeps a value; an empty one is removed. Returns whether the browser did.
fn write(key: &str, value: &str) -> bool {
    let Some(store) = store() else { return value.is_empty() };
    if !value.is_empty() && store.set_item(key, value).is_ok() {
        return true;
    }
    // What could not be replaced is removed: an older text must not come back in place of the newer one.
    let removed = store.remove_item(key).is_ok();
    value.is_empty() && removed
}

/// What was kept.
pub fn load() -> Remembered {
    Remembered {
        text: read(TEXT).unwrap_or_default(),
        name: read(NAME).unwrap_or_default(),
        language: match read(LANGUAGE).as_deref() {
            Some("en") => Language::En,
            _ => Language::Zh,
        },
        ignored: read(IGNORED).and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default(),
    }
}

/// Keeps the document. Returns whether the browser did.
pub fn keep_document(text: &str, name: &str) -> bool {
    write(NAME, name);
    write(TEXT, text)
}

/// Keeps the language.
pub fn keep_language(language: Language) {
    write(LANGUAGE, if language == Language::En { "en" } else { "" });
}

/// Keeps the ignored findings.
pub fn keep_ignored(ignored: &[Ignored]) {
    let json = if ignored.is_empty() { String::new() } else { serde_json::to_string(ignored).unwrap_or_default() };
    write(IGNORED, &json);
}
