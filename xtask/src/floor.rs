//! The floor of the WebAssembly: what Chromium 69 runs is WebAssembly 1.0 with mutable globals across the border, and nothing newer.

use anyhow::{Context, Result};
use wasmparser::{Validator, WasmFeatures};

/// Fails on a module that uses anything newer than the floor, and says what and where.
pub fn check(wasm: &[u8]) -> Result<()> {
    let floor = WasmFeatures::MVP | WasmFeatures::MUTABLE_GLOBAL;
    Validator::new_with_features(floor)
        .validate_all(wasm)
        .context("the wasm uses a feature that Chromium 69 does not have")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::check;

    /// A module of one function `() -> ()`, or of another type, with this code.
    fn module(function_type: &[u8], code: &[u8]) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        let mut section = |id: u8, body: &[u8]| {
            wasm.extend([id, body.len() as u8]);
            wasm.extend(body);
        };
        section(1, &[&[1, 0x60], function_type].concat());
        section(3, &[1, 0]);
        section(5, &[1, 0, 1]);
        section(10, &[&[1, code.len() as u8 + 2, 0], code, &[0x0b]].concat());
        wasm
    }

    const NOTHING: &[u8] = &[0, 0];

    #[test]
    fn plain_code_passes() {
        // i32.const 1, i32.const 2, i32.add, drop
        check(&module(NOTHING, &[0x41, 1, 0x41, 2, 0x6a, 0x1a])).unwrap();
    }

    #[test]
    fn every_newer_feature_fails() {
        let newer: [(&str, &[u8], &[u8]); 6] = [
            ("sign extension", NOTHING, &[0x41, 1, 0xc0, 0x1a]),
            ("saturating float to int", NOTHING, &[0x43, 0, 0, 0, 0, 0xfc, 0, 0x1a]),
            ("bulk memory", NOTHING, &[0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 11, 0]),
            ("reference types", NOTHING, &[0xd0, 0x6f, 0x1a]),
            ("multiple values", &[0, 2, 0x7f, 0x7f], &[0x41, 0, 0x41, 0]),
            ("simd", NOTHING, &[0x41, 0, 0xfd, 15, 0x1a]),
        ];
        for (name, function_type, code) in newer {
            let wasm = module(function_type, code);
            assert!(check(&wasm).is_err(), "{name} must fail");
            // It fails for the feature, not for being malformed.
            wasmparser::Validator::new().validate_all(&wasm).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }
}
