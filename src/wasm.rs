//! The door for JavaScript. Reports cross it as plain objects: numbers are numbers, decimals are strings, and no integer is so wide that
//! it would need a BigInt, which old engines lack.
//!
//! A JavaScript string may hold lone surrogates. On its way in each becomes U+FFFD, which is one code unit as well, so that spans still
//! point into the caller's string.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::input;
use crate::report::Options;

/// Checks a document. `options` is `{language: "zh" | "en", blocks: boolean}`, each with a default, or nothing; the answer is a report as
/// `gouji-report/1` describes it.
///
/// # Errors
///
/// Throws where `options` is no such object.
#[wasm_bindgen]
pub fn check(text: &str, options: JsValue) -> Result<JsValue, JsValue> {
    plain(&crate::check(text, &options_of(options)?))
}

/// Reads a structured report, gouji-input/1: the text to check, and where its words come from. `options` are those of [`check`], of which
/// the language is that of the errors.
///
/// # Errors
///
/// Throws an `Error` that tells everything wrong with the JSON, a line each.
#[wasm_bindgen]
pub fn read(json: &str, options: JsValue) -> Result<JsValue, JsValue> {
    let options = options_of(options)?;
    match input::read(json) {
        Ok(reading) => plain(&reading),
        Err(faults) => {
            let told: Vec<String> = faults.iter().map(|fault| fault.message(options.language)).collect();
            Err(js_sys::Error::new(&told.join("\n")).into())
        }
    }
}

fn options_of(options: JsValue) -> Result<Options, JsValue> {
    if options.is_null_or_undefined() {
        return Ok(Options::default());
    }
    Ok(serde_wasm_bindgen::from_value(options)?)
}

fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

/// Puts the page into `root`.
#[wasm_bindgen]
pub fn mount(root: web_sys::Element) {
    crate::app::mount(root);
}
