//! The shapes that Gouji comes in, each in a real browser: the single file, the static folder, the package.

mod browser;

use browser::{Browser, single_file, variable};
use serde_json::json;

const TEXT: &str = "收入总计1,094.42万元，支出总计1,094.42万元。";
const JSON: &str = include_str!("../docs/input.example.json");

/// Waits until the page stands, or says why it does not.
fn wait_for_the_page(browser: &Browser) {
    browser.wait_for("globalThis.goujiWorker && !document.querySelector('#gouji .shell')");
    let refused = browser.run("return !document.getElementById('gouji-refusal').hidden", json!([]));
    assert_eq!(refused, json!(false), "the page refused to start: {}", browser.text());
}

fn check_by_worker(browser: &Browser) {
    let report = browser.run_async("return await globalThis.goujiWorker.check(arguments[0], {})", json!([TEXT]));
    assert_eq!(report["schema"], "gouji-report/1", "{report}");
}

#[test]
#[ignore = "needs a browser: cargo xtask test"]
fn the_single_file_works_by_double_click_and_asks_the_network_for_nothing() {
    let browser = Browser::open();
    browser.go(&single_file());
    wait_for_the_page(&browser);
    check_by_worker(&browser);
    assert_eq!(browser.requests(), [""; 0]);
    assert_eq!(browser.console(), [""; 0]);
}

/// The test above can fail: what it looks at sees requests, also those that the page's policy forbids.
#[test]
#[ignore = "needs a browser: cargo xtask test"]
fn a_request_would_be_seen() {
    let browser = Browser::open();
    browser.go(&single_file());
    wait_for_the_page(&browser);
    browser.run_async(
        "await fetch('https://example.com/').catch(() => {}); new Image().src = 'https://example.com/a.png';",
        json!([]),
    );
    let seen = [browser.requests(), browser.console()].concat().join("\n");
    assert!(seen.contains("https://example.com/") && seen.contains("Content Security Policy"), "{seen}");
    let inside = browser.run_async(
        "const worker = new Worker(URL.createObjectURL(new Blob(['fetch(\"https://example.org/\").catch(() => {}).then(() => postMessage(1))'])));\
         await new Promise((done) => { worker.onmessage = done; worker.onerror = done; }); return 'asked'",
        json!([]),
    );
    assert_eq!(inside, "asked");
    let seen = [browser.requests(), browser.console()].concat().join("\n");
    assert!(seen.contains("https://example.org/"), "{seen}");
}

#[test]
#[ignore = "needs a browser: cargo xtask test"]
fn the_shell_is_readable_before_the_module_is_there() {
    let browser = Browser::open();
    // No module ever comes: the shell is what is seen.
    browser.devtools("Page.enable", json!({}));
    browser.devtools(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({"source": "WebAssembly.instantiate = () => new Promise(() => {}); window.Worker = undefined;"}),
    );
    browser.go(&single_file());
    let text = browser.text();
    assert!(text.contains("勾稽") && text.contains("正在载入"), "{text}");
    browser.wait_for("performance.getEntriesByName('first-contentful-paint').length");
}

#[test]
#[ignore = "needs a browser: cargo xtask test"]
fn a_browser_without_webassembly_gets_a_chinese_page() {
    let browser = Browser::open();
    browser.devtools("Page.enable", json!({}));
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": "delete globalThis.WebAssembly"}));
    browser.go(&single_file());
    let text = browser.text();
    assert!(text.contains("勾稽没能在这个浏览器里打开") && !text.contains("正在载入"), "{text}");
}

#[test]
#[ignore = "needs a browser: cargo xtask test"]
fn without_workers_the_page_checks_by_itself() {
    let browser = Browser::open();
    browser.devtools("Page.enable", json!({}));
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": "delete globalThis.Worker"}));
    browser.go(&single_file());
    wait_for_the_page(&browser);
    check_by_worker(&browser);
}

#[test]
#[ignore = "needs a browser: cargo xtask test"]
fn a_crashed_worker_is_replaced() {
    let browser = Browser::open();
    browser.devtools("Page.enable", json!({}));
    // Every worker dies at the text 'die', and the number of workers is counted.
    let source = "const Real = Worker; globalThis.workers = 0;\
        globalThis.Worker = class extends Real {\
            constructor(address) { super(address); workers++; }\
            postMessage(message) {\
                if (message.text === 'die') setTimeout(() => this.onerror({ message: 'died' }));\
                else super.postMessage(message);\
            }\
        };";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({"source": source}));
    browser.go(&single_file());
    wait_for_the_page(&browser);
    check_by_worker(&browser);
    let workers = browser.run("return workers", json!([]));
    let lost = browser.run_async("return await goujiWorker.check('die', {})", json!([]));
    assert_eq!(lost, json!({"error": "Error: died"}));
    check_by_worker(&browser);
    assert_eq!(browser.run("return workers", json!([])).as_u64(), workers.as_u64().map(|count| count + 1));
    // A check that throws fails alone; the ones behind it are answered by the next worker.
    let answers = browser.run_async(
        "const bad = goujiWorker.check('a', { language: 'xx' }).then(() => 'answered', (error) => error instanceof Error);\
         const good = goujiWorker.check(arguments[0], {});\
         return [await bad, (await good).schema]",
        json!([TEXT]),
    );
    assert_eq!(answers, json!([true, "gouji-report/1"]));
}

#[test]
#[ignore = "needs a browser: cargo xtask test"]
fn the_static_folder_works_offline_after_the_first_visit() {
    let browser = Browser::open();
    let address = variable("GOUJI_URL") + "site/";
    browser.go(&address);
    wait_for_the_page(&browser);
    check_by_worker(&browser);
    let foreign: Vec<String> =
        browser.requests().into_iter().filter(|request| !request.starts_with(&address)).collect();
    assert_eq!(foreign, [""; 0]);
    assert_eq!(browser.console(), [""; 0]);
    browser.run_async("await navigator.serviceWorker.ready; return 1", json!([]));
    browser.wait_for("navigator.serviceWorker.controller");
    browser.offline(true);
    browser.go(&address);
    wait_for_the_page(&browser);
    check_by_worker(&browser);
}

#[test]
#[ignore = "needs a browser: cargo xtask test"]
fn the_package_checks_and_its_element_shows_the_page() {
    let browser = Browser::open();
    browser.go(&(variable("GOUJI_URL") + "package/package.json"));
    let report = browser.run_async(
        "const { init, check, read } = await import('./gouji.js');\
         let early; try { check('a') } catch (error) { early = error.message }\
         await init(); await init();\
         let wrong; try { read('{}', { language: 'en' }) } catch (error) { wrong = error.message }\
         return { early, wrong, reading: read(arguments[1]), report: check(arguments[0], { language: 'en', blocks: true }) }",
        json!([TEXT, JSON]),
    );
    assert!(report["wrong"].as_str().is_some_and(|message| message.contains("no input of Gouji")), "{report}");
    let reading = gouji::input::read(JSON).unwrap();
    assert_eq!(report["reading"], serde_json::to_value(reading).unwrap(), "native and wasm read alike");
    assert!(report["early"].as_str().is_some_and(|message| message.contains("init()")), "{report}");
    assert_eq!(report["report"]["schema"], "gouji-report/1", "{report}");
    let shown = browser.run_async(
        "await import('./element.js');\
         const element = document.createElement('gouji-checker');\
         const ready = new Promise((resolve, reject) => { element.addEventListener('ready', resolve); element.addEventListener('error', reject); });\
         document.body.append(element); await ready; return 1",
        json!([]),
    );
    assert_eq!(shown, 1);
    browser.wait_for("document.querySelector('gouji-checker').shadowRoot.querySelector('button')");
    check_by_worker(&browser);
}
