//! The door for JavaScript. Reports cross it as plain objects: numbers are numbers, decimals are strings, and no integer is so wide that
//! it would need a BigInt, which old engines lack.
//!
//! A JavaScript string may hold lone surrogates. On its way in each becomes U+FFFD, which is one code unit as well, so that spans still
//! point into the caller's string.

use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::report::Options;

/// Checks a document. `options` is `{language: "zh" | "en", blocks: boolean}`, each with a default, or nothing; the answer is a report as
/// `gouji-report/1` describes it.
///
/// # Errors
///
/// Throws where `options` is no such object.
#[wasm_bindgen]
pub fn check(text: &str, options: JsValue) -> Result<JsValue, JsValue> {
    let options: Options =
        if options.is_null_or_undefined() { Options::default() } else { serde_wasm_bindgen::from_value(options)? };
    let plain = serde_wasm_bindgen::Serializer::json_compatible();
    Ok(crate::check(text, &options).serialize(&plain)?)
}

/// Puts the page into `root`.
#[wasm_bindgen]
pub fn mount(root: web_sys::Element) {
    crate::app::mount(root);
}
