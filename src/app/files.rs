//! Files that come in and files that go out.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlTextAreaElement, Response, TextDecoder, Url};

use super::dom::document;
use super::incoming;
use super::state::{Action, Notice};
use crate::input::{self, Refusal};

/// Reads a file that the user gave: the document to open, or why it is not opened.
pub async fn read(file: File) -> Action {
    let size = file.size();
    if size > input::MAX_BYTES as f64 {
        return Action::Tell(Notice::Refused(Refusal::TooLarge(size as u64)));
    }
    let Ok(bytes) = bytes(&file).await else { return Action::Tell(Notice::Unreadable) };
    match input::text(&bytes, gb18030) {
        Err(refusal) => Action::Tell(Notice::Refused(refusal)),
        Ok(text) if text.trim().is_empty() => Action::Tell(Notice::EmptyFile),
        Ok(text) => incoming::open(&text, file.name()),
    }
}

async fn bytes(file: &File) -> Result<Vec<u8>, JsValue> {
    // Blob.arrayBuffer is younger than the oldest engine; a response made of the blob gives the same.
    let buffer = JsFuture::from(Response::new_with_opt_blob(Some(file))?.array_buffer()?).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Text in GB 18030 or its forerunners.
fn gb18030(bytes: &[u8]) -> Option<String> {
    let decoder = TextDecoder::new_with_label("gb18030").ok()?;
    decoder.decode_with_js_u8_array(&Uint8Array::from(bytes)).ok()
}

/// Gives the user a file to keep.
///
/// # Errors
///
/// Where the browser refuses to make one.
pub fn save(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The click only starts the download: the address must live until the browser has taken it up.
    gloo_timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}

/// Puts text into the clipboard by the old way, which works from file:// and on plain http as well. Returns whether the browser did.
pub fn copy(text: &str) -> bool {
    let try_copy = || -> Result<bool, JsValue> {
        let document = document();
        let holder: HtmlTextAreaElement = document.create_element("textarea")?.unchecked_into();
        holder.set_class_name("gouji-clipboard");
        holder.set_value(text);
        let body = document.body().ok_or("no body")?;
        body.append_child(&holder)?;
        holder.select();
        let copied = document.unchecked_ref::<web_sys::HtmlDocument>().exec_command("copy");
        body.remove_child(&holder)?;
        copied
    };
    try_copy().unwrap_or(false)
}
