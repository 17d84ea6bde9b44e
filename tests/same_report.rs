//! The wasm in a browser and the native library give the same report, to the byte of every string.

use gouji::{Options, check};
use serde_json::Value;

/// `cargo xtask test` checks every text in Chromium and writes `[{"text": path, "options": {}, "report": {}}]` to the file that the variable
/// names.
#[test]
#[ignore = "needs the reports of a browser: cargo xtask test"]
fn wasm_and_native_agree() {
    let path = std::env::var("GOUJI_WASM_REPORTS").expect("GOUJI_WASM_REPORTS is set: run `cargo xtask test`");
    let reports: Vec<Value> = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    assert!(!reports.is_empty());
    for entry in reports {
        let path = entry["text"].as_str().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let options: Options = serde_json::from_value(entry["options"].clone()).unwrap();
        let native = serde_json::to_value(check(&text, &options)).unwrap();
        if native != entry["report"] {
            panic!("{path}: {}", first_difference("report", &native, &entry["report"]));
        }
    }
}

/// Where two values part.
fn first_difference(at: &str, native: &Value, wasm: &Value) -> String {
    match (native, wasm) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => {
            let different = a.iter().find(|(key, value)| b[*key] != **value);
            different.map_or(String::new(), |(key, value)| first_difference(&format!("{at}.{key}"), value, &b[key]))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let different = a.iter().zip(b).enumerate().find(|(_, (a, b))| a != b);
            different.map_or(String::new(), |(index, (a, b))| first_difference(&format!("{at}[{index}]"), a, b))
        }
        _ => format!("{at} is {native} natively and {wasm} in wasm"),
    }
}
