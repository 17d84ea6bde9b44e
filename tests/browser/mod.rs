//! A browser for tests: the few commands of the WebDriver protocol that they need, blocking, over one connection a command.
//!
//! `cargo xtask test` builds what is tested, starts chromedriver and a web server, and says where they are by environment variables; the
//! tests that need them are `#[ignore]`d for everyone else:
//!
//! - `WEBDRIVER_URL`: chromedriver;
//! - `GOUJI_CHROMIUM`: the browser;
//! - `GOUJI_DIST`: the folder dist/, for file:// addresses;
//! - `GOUJI_URL`: the same folder over http, ending in a slash.

#![allow(dead_code)] // Every test program uses another part.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a test waits for the page before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A browser window of its own profile, closed with the value.
pub struct Browser {
    session: String,
}

/// An element, as long as the page keeps it.
pub struct Element<'b> {
    browser: &'b Browser,
    id: String,
}

/// A variable that `cargo xtask test` sets.
pub fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask test`"))
}

/// The address of the single file, on file://.
pub fn single_file() -> String {
    let path = PathBuf::from(variable("GOUJI_DIST")).join("gouji.html");
    format!("file://{}", path.display())
}

impl Browser {
    /// Opens a browser of 1366 × 768, the smallest screen that the page is made for.
    pub fn open() -> Browser {
        Browser::open_with(&[])
    }

    /// Opens a browser with more flags.
    pub fn open_with(flags: &[&str]) -> Browser {
        let standard = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1366,768",
        ];
        let arguments: Vec<&str> = standard.iter().chain(flags).copied().collect();
        let answer = command(
            "POST",
            "/session",
            &json!({"capabilities": {"alwaysMatch": {
                "browserName": "chrome",
                "goog:chromeOptions": {"binary": variable("GOUJI_CHROMIUM"), "args": arguments},
                "goog:loggingPrefs": {"performance": "ALL", "browser": "ALL"},
            }}}),
        );
        let session = answer["sessionId"].as_str().expect("a session has an id");
        Browser { session: format!("/session/{session}") }
    }

    /// Goes to an address and waits until it is loaded.
    pub fn go(&self, address: &str) {
        self.post("/url", json!({"url": address}));
    }

    /// Runs the body of a JavaScript function with `arguments`, and gives what it returns.
    pub fn run(&self, body: &str, arguments: Value) -> Value {
        self.post("/execute/sync", json!({"script": body, "args": arguments}))
    }

    /// The same, of an async function: what its promise comes to, or `{"error": ...}` where it is rejected.
    pub fn run_async(&self, body: &str, arguments: Value) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1];\
             (async function () {{ {body} }}).apply(null, arguments).then(done, (error) => done({{ error: String(error) }}));"
        );
        self.post("/execute/async", json!({"script": script, "args": arguments}))
    }

    /// Waits until a JavaScript expression is true, and fails with it where it never is.
    pub fn wait_for(&self, expression: &str) {
        let start = Instant::now();
        while !self.run(&format!("return !!({expression})"), json!([])).as_bool().unwrap_or_default() {
            assert!(
                start.elapsed() < PATIENCE,
                "never came true: {expression}\nthe page says: {}\n{:#?}",
                self.text(),
                self.console()
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// The text of the page as one sees it.
    pub fn text(&self) -> String {
        self.run("return document.body.innerText", json!([])).as_str().unwrap_or_default().to_owned()
    }

    /// Waits for the first element of a CSS selector.
    pub fn find(&self, selector: &str) -> Element<'_> {
        self.wait_for(&format!("document.querySelector({})", json!(selector)));
        let found = self.post("/element", json!({"using": "css selector", "value": selector}));
        let id = found
            .as_object()
            .and_then(|found| found.values().next())
            .and_then(Value::as_str)
            .expect("an element has an id");
        Element { browser: self, id: id.to_owned() }
    }

    /// Presses keys on whatever has the focus, one after the other: a character, or a WebDriver key such as `\u{E015}` (down).
    pub fn press(&self, keys: &str) {
        let strokes: Vec<Value> = keys
            .chars()
            .flat_map(|key| {
                [
                    json!({"type": "keyDown", "value": key.to_string()}),
                    json!({"type": "keyUp", "value": key.to_string()}),
                ]
            })
            .collect();
        self.post("/actions", json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]}));
    }

    /// A picture of the window, as PNG in base64.
    pub fn picture(&self) -> String {
        command("GET", &format!("{}/screenshot", self.session), &Value::Null).as_str().unwrap_or_default().to_owned()
    }

    /// Every address that the page or one of its workers asked the network for since the last call, whether it got it or not. The
    /// documents themselves, `data:` and `blob:` are no network.
    pub fn requests(&self) -> Vec<String> {
        let entries = self.post("/se/log", json!({"type": "performance"}));
        let requests = entries.as_array().into_iter().flatten().filter_map(|entry| {
            let entry: Value = serde_json::from_str(entry["message"].as_str()?).ok()?;
            let (method, parameters) = (entry["message"]["method"].as_str()?, &entry["message"]["params"]);
            let address = match method {
                "Network.requestWillBeSent" if parameters["type"] != "Document" => {
                    parameters["request"]["url"].as_str()?
                }
                "Network.webSocketCreated" | "Network.webTransportCreated" => parameters["url"].as_str()?,
                _ => return None,
            };
            (!address.starts_with("data:") && !address.starts_with("blob:")).then(|| address.to_owned())
        });
        requests.collect()
    }

    /// What stands in the console since the last call: errors, and with them every breach of the page's policy.
    pub fn console(&self) -> Vec<String> {
        let entries = self.post("/se/log", json!({"type": "browser"}));
        entries
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| entry["message"].as_str().map(str::to_owned))
            .collect()
    }

    /// Takes the network away, or gives it back.
    pub fn offline(&self, offline: bool) {
        self.devtools(
            "Network.emulateNetworkConditions",
            json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}),
        );
    }

    /// A command of the DevTools protocol.
    pub fn devtools(&self, method: &str, parameters: Value) -> Value {
        self.post("/goog/cdp/execute", json!({"cmd": method, "params": parameters}))
    }

    fn post(&self, path: &str, body: Value) -> Value {
        command("POST", &format!("{}{path}", self.session), &body)
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Err(error) = request("DELETE", &self.session, &Value::Null) {
            eprintln!("the browser did not close: {error}");
        }
    }
}

impl Element<'_> {
    /// Clicks it, as a user would: it must be in view and not covered.
    pub fn click(&self) {
        self.browser.post(&format!("/element/{}/click", self.id), json!({}));
    }

    /// Types into it.
    pub fn write(&self, text: &str) {
        self.browser.post(&format!("/element/{}/value", self.id), json!({"text": text}));
    }

    /// Its text as one sees it.
    pub fn text(&self) -> String {
        let path = format!("{}/element/{}/text", self.browser.session, self.id);
        command("GET", &path, &Value::Null).as_str().unwrap_or_default().to_owned()
    }
}

/// One command; what it answered, or a failed test.
fn command(method: &str, path: &str, body: &Value) -> Value {
    let answer = request(method, path, body).unwrap_or_else(|error| panic!("chromedriver, {path}: {error}"));
    let value = answer["value"].clone();
    if let Some(message) = value.get("error").filter(|_| value.get("stacktrace").is_some()) {
        panic!("chromedriver, {path}: {message}: {}", value["message"].as_str().unwrap_or_default());
    }
    value
}

fn request(method: &str, path: &str, body: &Value) -> std::io::Result<Value> {
    let server = variable("WEBDRIVER_URL");
    let server = server.trim_start_matches("http://").trim_end_matches('/');
    let mut stream = TcpStream::connect(server)?;
    stream.set_read_timeout(Some(Duration::from_secs(120)))?;
    let body = if method == "POST" { body.to_string() } else { String::new() };
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {server}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )?;
    // The connection may stay open after the answer, so its length decides.
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut header = String::new();
        reader.read_line(&mut header)?;
        match header.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
            _ if header.trim().is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    serde_json::from_slice(&body).map_err(std::io::Error::other)
}
