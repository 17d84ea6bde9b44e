//! The WebAssembly module: cargo, wasm-bindgen, wasm-opt, in this order, and the check that old engines can run what came out.

use std::fs;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use crate::command::{output, run, say};
use crate::{floor, setup};

/// The built module, and the JavaScript that wasm-bindgen wrote for it in its two forms.
pub struct Module {
    pub wasm: Vec<u8>,
    /// The glue as a classic script, which makes the global `wasm_bindgen`.
    pub classic: String,
    /// The glue as an ES module.
    pub module: String,
    /// Which tools made it; sizes are only compared between builds of the same tools.
    pub tools: String,
}

/// Builds the module.
pub fn build() -> Result<Module> {
    let compiler = setup::compiler()?;
    let target = setup::wasm_target();
    let first = !target.exists();
    say(format!(
        "Building the wasm with {} and its std from source ({})",
        compiler.version,
        if first { "two to three minutes the first time" } else { "seconds to a minute" }
    ));
    let start = Instant::now();
    let mut cargo = compiler.command("rustc");
    cargo.args(["--quiet", "--package", "gouji", "--lib", "--profile", "wasm", "--crate-type", "cdylib"]);
    run(&mut cargo).context("the wasm does not build")?;

    let bare = fs::read(target.join("wasm32-unknown-unknown/wasm/gouji.wasm"))?;
    let (wasm, classic) = bind(&bare, |bindgen| Ok(bindgen.no_modules(true)?.omit_default_module_path(true)))?;
    let (same_wasm, module) = bind(&bare, |bindgen| Ok(bindgen.web(true)?.omit_default_module_path(false)))?;
    ensure!(wasm == same_wasm, "wasm-bindgen made two different modules; the page and the package share one");

    let (wasm, optimiser) = optimise(wasm)?;
    floor::check(&wasm)?;
    say(format!("The wasm has {} KB and runs on Chromium 69 ({} s)", wasm.len() / 1000, start.elapsed().as_secs()));
    Ok(Module { wasm, classic, module, tools: format!("{}; {optimiser}", compiler.version) })
}

/// Runs wasm-bindgen with the glue of one form.
fn bind(bare: &[u8], form: impl Fn(&mut Bindgen) -> Result<&mut Bindgen>) -> Result<(Vec<u8>, String)> {
    let mut bindgen = Bindgen::new();
    bindgen
        .input_bytes("gouji", bare.to_vec())
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true);
    let mut output = form(&mut bindgen)?.generate_output()?;
    ensure!(
        output.snippets().values().all(Vec::is_empty) && output.local_modules().is_empty(),
        "a dependency brings JavaScript files of its own; the single file has no place for them"
    );
    Ok((output.wasm_mut().emit_wasm(), output.js().to_owned()))
}

/// Runs wasm-opt, where there is one.
fn optimise(wasm: Vec<u8>) -> Result<(Vec<u8>, String)> {
    let Some(wasm_opt) = setup::wasm_opt() else { return Ok((wasm, "no wasm-opt".to_owned())) };
    let version = output(Command::new(&wasm_opt).arg("--version"))?.trim().to_owned();
    let folder = setup::wasm_target();
    let (before, after) = (folder.join("bound.wasm"), folder.join("optimised.wasm"));
    fs::write(&before, &wasm)?;
    let level = std::env::var("GOUJI_WASM_OPT").unwrap_or_else(|_| "-Os".to_owned());
    run(Command::new(&wasm_opt)
        .args([&level, "--mvp-features", "--enable-mutable-globals", "--strip-debug", "--strip-producers"])
        .args(["--strip-target-features", "-o"])
        .args([&after, &before]))?;
    Ok((fs::read(after)?, version))
}
