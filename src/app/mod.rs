//! The page: the document on the left with its findings marked in place, the report on the right.
//!
//! State and text handling know no browser and are tested natively; the components and what touches the world are compiled for
//! WebAssembly only.

pub mod decode;
pub mod edit;
pub mod inspection;
pub mod layout;
pub mod offsets;
pub mod samples;
pub mod state;
pub mod words;

/// Puts the page into `root`.
#[cfg(target_arch = "wasm32")]
pub fn mount(root: web_sys::Element) {
    let _ = root;
}
