//! Headless Chromium for the tests: a page that reports back, and chromedriver for the tests that click.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::serve::{self, Content};
use crate::setup::Browser;

/// Flags that make a test browser quiet: no sandbox (containers have none), no background traffic.
pub const FLAGS: [&str; 8] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A folder that goes when the value does.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Result<Scratch> {
        let folder = std::env::temp_dir().join(format!("gouji-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Scratch(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A program that ends when the value does.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Runs the body of an async JavaScript function in Chromium and gives what it returned. The package stands at `./package/`, `files` at their
/// paths.
pub fn evaluate(browser: &Browser, body: &str, files: BTreeMap<String, Vec<u8>>, limit: Duration) -> Result<Value> {
    let page = format!(
        "<!doctype html><meta charset=utf-8><script>\n\
         const post = (answer) => fetch('/done', {{ method: 'POST', body: JSON.stringify(answer) }});\n\
         onerror = (message) => {{ post({{ error: message }}); }};\n\
         </script><script>\n\
         const work = async () => {{\n{body}\n}};\n\
         work().then((value) => post({{ value }}), (error) => post({{ error: String(error && error.stack || error) }}));\n\
         </script>"
    );
    let (sender, receiver) = mpsc::channel();
    let mut pages = files;
    pages.insert("/".to_owned(), page.into_bytes());
    let address = serve::start(Content { folder: crate::pack::dist(), pages, posts: Some(sender) }, 0)?;

    let profile = Scratch::new("chromium")?;
    let chromium = Command::new(&browser.chromium)
        .args(FLAGS)
        .arg(format!("--user-data-dir={}", profile.0.display()))
        .arg(format!("http://{address}/"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} cannot be started", browser.chromium.display()))?;
    let _chromium = Running(chromium);
    let answer =
        receiver.recv_timeout(limit).with_context(|| format!("the browser gave no answer in {} s", limit.as_secs()))?;
    let answer: Value = serde_json::from_slice(&answer)?;
    match answer.get("error").and_then(Value::as_str) {
        Some(error) => bail!("in the browser: {error}"),
        None => Ok(answer.get("value").cloned().unwrap_or_default()),
    }
}

/// A running chromedriver.
pub struct Driver {
    pub address: String,
    _running: Running,
}

/// Starts chromedriver on a free port.
pub fn driver(browser: &Browser) -> Result<Driver> {
    let mut child = Command::new(&browser.driver)
        .arg("--port=0")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("{} cannot be started", browser.driver.display()))?;
    let stdout = child.stdout.take().expect("stdout is piped");
    let running = Running(child);
    // "ChromeDriver was started successfully on port 40123."
    let mut lines = BufReader::new(stdout).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| {
            line.split_once("successfully on port ").map(|(_, port)| port.trim_end_matches('.').to_owned())
        })
        .context("chromedriver did not start")?;
    std::thread::spawn(move || lines.count()); // So that it never waits for a reader.
    Ok(Driver { address: format!("http://127.0.0.1:{port}"), _running: running })
}
