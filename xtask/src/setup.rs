//! What a machine must have, and how it gets it: a compiler with the sources of std, a browser, and wasm-opt.
//!
//! The wasm must run on Chromium 69, so std is compiled here for plain WebAssembly 1.0: the one that rustup ships is compiled for newer
//! engines. For that the compiler's own std sources are needed, from rustup or from Debian.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::command::{find_program, output, root, run, say, succeeds_within};

/// A compiler whose std can be compiled for wasm.
pub struct Compiler {
    pub cargo: PathBuf,
    pub rustc: PathBuf,
    /// The linker, where the compiler brings none.
    pub linker: Option<PathBuf>,
    /// What `rustc --version` says.
    pub version: String,
}

impl Compiler {
    /// A cargo command for wasm that Chromium 69 runs, all of it, std included, compiled for WebAssembly 1.0.
    pub fn command(&self, subcommand: &str) -> Command {
        let mut cargo = Command::new(&self.cargo);
        cargo
            .current_dir(root())
            .args([subcommand, "-Z", "build-std=std,panic_abort", "--target", "wasm32-unknown-unknown", "--target-dir"])
            .arg(wasm_target())
            // -Z on a stable compiler. It is the only unstable thing here, and the sources are the compiler's own.
            .env("RUSTC_BOOTSTRAP", "1")
            .env("RUSTC", &self.rustc)
            .env("RUSTFLAGS", "-C target-cpu=mvp");
        for inherited in ["CARGO_TARGET_DIR", "CARGO_ENCODED_RUSTFLAGS", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER"] {
            cargo.env_remove(inherited);
        }
        if let Some(linker) = &self.linker {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
        }
        cargo
    }
}

/// Where wasm builds go. Not target/, since the changed environment would rebuild all of it.
pub fn wasm_target() -> PathBuf {
    root().join("target-wasm")
}

/// The Debian packages that together are such a compiler; the linker comes on top, of the same LLVM.
const DEBIAN_COMPILER: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// Finds a compiler, or installs what it lacks: rustup's first, then Debian's.
pub fn compiler() -> Result<Compiler> {
    let cargo = PathBuf::from(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    let beside = cargo.with_file_name("rustc").with_extension(std::env::consts::EXE_EXTENSION);
    let rustc = if beside.is_file() { beside } else { PathBuf::from("rustc") };
    let debian = || usable(Path::new("/usr/bin/cargo"), Path::new("/usr/bin/rustc"));

    if let Some(found) = usable(&cargo, &rustc).or_else(debian) {
        return Ok(found);
    }
    if find_program(&["rustup"]).is_some() {
        say("Fetching the sources of std: rustup component add rust-src (a few seconds)");
        let limit = Duration::from_secs(180);
        if succeeds_within(Command::new("rustup").args(["component", "add", "rust-src"]), limit)
            && let Some(found) = usable(&cargo, &rustc)
        {
            return Ok(found);
        }
        say("rustup cannot fetch rust-src here");
    }
    install(&DEBIAN_COMPILER, "a compiler for WebAssembly", "two to four minutes").context(
        "To build the WebAssembly, one of these is needed: rustup with the component rust-src \
         (`rustup component add rust-src`), or Debian's rustc-web, cargo-web, rust-web-src and lld (`apt-get install`)",
    )?;
    debian().context("Debian's packages are installed, but the sources of std or wasm-ld are missing")
}

/// The compiler at these paths, if it has the sources of its std and something to link wasm with.
fn usable(cargo: &Path, rustc: &Path) -> Option<Compiler> {
    let ask = |argument: &[&str]| output(Command::new(rustc).args(argument)).ok().map(|text| text.trim().to_owned());
    if cargo.is_absolute() && !cargo.is_file() {
        return None;
    }
    let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?);
    let rustlib = sysroot.join("lib/rustlib");
    if !rustlib.join("src/rust/library/std/Cargo.toml").is_file() {
        return None;
    }
    let linker = rustlib
        .join(ask(&["--print", "host-tuple"])?)
        .join("bin/rust-lld")
        .with_extension(std::env::consts::EXE_EXTENSION);
    let linker = if linker.is_file() { None } else { Some(wasm_linker(&ask(&["--version", "--verbose"])?)?) };
    Some(Compiler { cargo: cargo.into(), rustc: rustc.into(), linker, version: ask(&["--version"])? })
}

/// LLVM's linker of the compiler's own LLVM version; Debian has one package a version.
fn wasm_linker(verbose_version: &str) -> Option<PathBuf> {
    let major = verbose_version.split("LLVM version: ").nth(1)?.split('.').next()?.to_owned();
    let find = || find_program(&[&format!("wasm-ld-{major}"), "wasm-ld"]);
    find().or_else(|| {
        install(&[&format!("lld-{major}")], "a linker for WebAssembly", "half a minute")
            .map_err(|reason| say(format!("{reason:#}")))
            .ok()?;
        find()
    })
}

/// wasm-opt, installed if that is possible. Without it the module is a little larger, and that is all.
pub fn wasm_opt() -> Option<PathBuf> {
    let find = || find_program(&["wasm-opt"]);
    find().or_else(|| match install(&["binaryen"], "wasm-opt", "half a minute") {
        Ok(()) => find(),
        Err(reason) => {
            say(format!("Going on without wasm-opt, so the wasm stays larger ({reason:#})"));
            None
        }
    })
}

/// The browser of the tests and its driver.
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

/// Finds Chromium and chromedriver, or installs them.
pub fn browser() -> Result<Browser> {
    let find =
        |variable: &str, names: &[&str]| std::env::var_os(variable).map(PathBuf::from).or_else(|| find_program(names));
    let both = || {
        Some(Browser {
            chromium: find("CHROMIUM", &["chromium", "chromium-browser", "google-chrome"])?,
            driver: find("CHROMEDRIVER", &["chromedriver"])?,
        })
    };
    if let Some(found) = both() {
        return Ok(found);
    }
    let how = "The browser tests need Chromium and chromedriver on the PATH (Debian: apt-get install chromium chromium-driver), \
               or named by the variables CHROMIUM and CHROMEDRIVER";
    install(&["chromium", "chromium-driver", "fonts-noto-cjk"], "a browser for the tests", "one to two minutes")
        .context(how)?;
    both().context(how)
}

/// Installs Debian packages, where the user may.
pub fn install(packages: &[&str], what: &str, how_long: &str) -> Result<()> {
    if find_program(&["apt-get"]).is_none() {
        bail!("{what} is missing, and this machine has no apt-get to install it with");
    }
    let sudo: &[&str] = if succeeds_within(Command::new("sh").args(["-c", "test $(id -u) = 0"]), Duration::from_secs(5))
    {
        &[]
    } else if succeeds_within(Command::new("sudo").args(["-n", "true"]), Duration::from_secs(5)) {
        &["sudo", "-n", "--preserve-env=DEBIAN_FRONTEND"]
    } else {
        bail!("{what} is missing, and only root may install it: apt-get install {}", packages.join(" "));
    };
    say(format!("Installing {what} with apt-get ({how_long}): {}", packages.join(" ")));
    let apt_get = |arguments: &[&str]| {
        let words: Vec<&str> =
            sudo.iter().copied().chain(["apt-get", "-q", "-y"]).chain(arguments.iter().copied()).collect();
        // What apt-get prints belongs to the log, not to the result.
        run(Command::new(words[0]).args(&words[1..]).env("DEBIAN_FRONTEND", "noninteractive").stdout(std::io::stderr()))
    };
    apt_get(&["update"])?;
    apt_get(&[&["install", "--no-install-recommends"], packages].concat())
}
