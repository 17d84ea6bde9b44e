//! Where a check runs: in the worker that the loader offers, or else here.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::report::{Language, Options, Report};

/// Checks a text for the page.
///
/// # Errors
///
/// Where the worker fails, in its own words.
pub async fn check(text: &str, language: Language) -> Result<Report, String> {
    let options = Options { language, blocks: true };
    match worker() {
        Some((worker, check)) => ask(&worker, &check, text, &options).await.map_err(|error| in_words(&error)),
        None => Ok(crate::check(text, &options)),
    }
}

/// The worker, and its function.
fn worker() -> Option<(JsValue, Function)> {
    let worker = Reflect::get(&js_sys::global(), &"goujiWorker".into()).ok()?;
    let check = Reflect::get(&worker, &"check".into()).ok()?.dyn_into().ok()?;
    Some((worker, check))
}

async fn ask(worker: &JsValue, check: &Function, text: &str, options: &Options) -> Result<Report, JsValue> {
    let options = serde_wasm_bindgen::to_value(options)?;
    let promise: Promise = check.call2(worker, &text.into(), &options)?.dyn_into()?;
    let report = JsFuture::from(promise).await?;
    Ok(serde_wasm_bindgen::from_value(report)?)
}

fn in_words(error: &JsValue) -> String {
    let message = error.dyn_ref::<js_sys::Error>().map(|error| String::from(error.message()));
    message.or_else(|| error.as_string()).unwrap_or_else(|| format!("{error:?}"))
}
