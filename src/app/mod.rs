//! The page: the document on the left with its findings marked in place, the report on the right.
//!
//! State and text handling know no browser and are tested natively; the components and what touches the world are compiled for
//! WebAssembly only.

pub mod edit;
pub mod incoming;
pub mod inspection;
pub mod layout;
pub mod offsets;
pub mod remark;
pub mod samples;
pub mod state;
pub mod transcript;
pub mod tree;
pub mod what_if;
pub mod words;

#[cfg(target_arch = "wasm32")]
mod block;
#[cfg(target_arch = "wasm32")]
mod charts;
#[cfg(target_arch = "wasm32")]
mod checker;
#[cfg(target_arch = "wasm32")]
mod checks;
#[cfg(target_arch = "wasm32")]
mod document;
#[cfg(target_arch = "wasm32")]
mod dom;
#[cfg(target_arch = "wasm32")]
mod editor;
#[cfg(target_arch = "wasm32")]
mod files;
#[cfg(target_arch = "wasm32")]
mod findings;
#[cfg(target_arch = "wasm32")]
mod gauge;
#[cfg(target_arch = "wasm32")]
mod help;
#[cfg(target_arch = "wasm32")]
mod inspector;
#[cfg(target_arch = "wasm32")]
mod keys;
#[cfg(target_arch = "wasm32")]
mod notice;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod results;
#[cfg(target_arch = "wasm32")]
mod scorecard;
#[cfg(target_arch = "wasm32")]
mod scorecards;
#[cfg(target_arch = "wasm32")]
mod storage;
#[cfg(target_arch = "wasm32")]
mod summary;
#[cfg(target_arch = "wasm32")]
mod table;
#[cfg(target_arch = "wasm32")]
mod toolbar;

/// Puts the page into `root`.
#[cfg(target_arch = "wasm32")]
pub fn mount(root: web_sys::Element) {
    yew::Renderer::<page::App>::with_root(root).render();
}
