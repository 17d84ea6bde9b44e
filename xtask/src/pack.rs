//! The three shapes of one build, in dist/: the single file, the static folder, and the package.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::prelude::{BASE64_STANDARD, Engine};
use miniz_oxide::deflate::compress_to_vec;
use sha2::{Digest, Sha256};

use crate::command::{root, say};
use crate::script::{Kind, lower};
use crate::wasm::{self, Module};

/// The folder of what is built.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the module and packs it in all three shapes.
pub fn build() -> Result<Module> {
    let module = wasm::build()?;
    let parts = Parts::new(&module)?;
    let dist = dist();
    if dist.exists() {
        fs::remove_dir_all(&dist)?;
    }
    let html = parts.single_file(&module);
    write(&dist.join("gouji.html"), html.as_bytes())?;
    parts.site(&module, &dist.join("site"))?;
    parts.package(&module, &dist.join("package"))?;
    say(format!(
        "dist/gouji.html has {} KB; the same page stands in dist/site, the package in dist/package",
        html.len() / 1000
    ));
    Ok(module)
}

/// What the shapes have in common.
struct Parts {
    html: String,
    first: String,
    /// Glue, checker, inflater and loader: the one script of the page and of its worker.
    script: String,
    style: String,
    icon: String,
}

impl Parts {
    fn new(module: &Module) -> Result<Parts> {
        // Engines before Chromium 71 lack the word globalThis.
        let known_everywhere = "if(typeof globalThis==='undefined')self.globalThis=self;\n";
        let script = [
            known_everywhere,
            "(function(){\n",
            &module.classic,
            &www("checker.js")?,
            &www("inflate.js")?,
            &www("loader.js")?,
            "})();",
        ]
        .concat();
        let parts = Parts {
            html: fs::read_to_string(root().join("index.html"))?,
            first: lower(&www("first.js")?, Kind::Classic)?,
            script: lower(&script, Kind::Classic)?,
            style: without_comments(&[www("shell.css")?, www("style.css").unwrap_or_default()].concat()),
            icon: www("icon.svg")?,
        };
        for inline in [&parts.first, &parts.script, &parts.style] {
            ensure!(
                !inline.contains("</") && !inline.contains("<!--"),
                "a script or style holds markup, which would end it early"
            );
        }
        Ok(parts)
    }

    fn page(&self, policy: &str, head: &str, body: &str) -> String {
        fill(&self.html, &[("policy", policy), ("first", &self.first), ("head", head), ("body", body)])
    }

    /// One file that works by double click. The wasm comes last, so that the shell can be painted while the rest is still read.
    fn single_file(&self, module: &Module) -> String {
        let script_hashes = format!("{} {}", hash(&self.first), hash(&self.script));
        let icon = BASE64_STANDARD.encode(&self.icon);
        self.page(
            &format!(
                "default-src 'none'; script-src {script_hashes} 'wasm-unsafe-eval' 'unsafe-eval' blob:; style-src {}; worker-src blob:; \
                 connect-src 'none'; img-src data: blob:; base-uri 'none'; form-action 'none'",
                hash(&self.style)
            ),
            &format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">\n<style>{}</style>", self.style),
            &format!(
                "<script type=\"application/octet-stream\" id=\"gouji-wasm\" data-size=\"{}\">{}</script>\n<script>{}</script>",
                module.wasm.len(),
                BASE64_STANDARD.encode(compress_to_vec(&module.wasm, 10)),
                self.script
            ),
        )
    }

    /// A folder for a web server: the parts one by one, installable, and offline after the first visit.
    fn site(&self, module: &Module, folder: &Path) -> Result<()> {
        let html = self.page(
            &format!(
                "default-src 'none'; script-src 'self' {} 'wasm-unsafe-eval' 'unsafe-eval'; style-src 'self'; worker-src 'self'; \
                 connect-src 'self'; img-src 'self' data: blob:; manifest-src 'self'; base-uri 'none'; form-action 'none'",
                hash(&self.first)
            ),
            "<link rel=\"icon\" href=\"icon.svg\">\n<link rel=\"manifest\" href=\"manifest.webmanifest\">\n\
             <link rel=\"stylesheet\" href=\"style.css\">",
            "<script src=\"gouji.js\"></script>",
        );
        let manifest = www("manifest.webmanifest")?;
        let files: [(&str, &[u8]); 6] = [
            ("index.html", html.as_bytes()),
            ("gouji.js", self.script.as_bytes()),
            ("gouji.wasm", &module.wasm),
            ("style.css", self.style.as_bytes()),
            ("icon.svg", self.icon.as_bytes()),
            ("manifest.webmanifest", manifest.as_bytes()),
        ];
        let mut version = Sha256::new();
        for (name, bytes) in files {
            version.update(bytes);
            write(&folder.join(name), bytes)?;
        }
        let version: String = version.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let names: Vec<&str> = ["./"].into_iter().chain(files.iter().map(|(name, _)| *name)).collect();
        let worker = fill(&www("sw.js")?, &[("version", &version), ("files", &serde_json::to_string(&names)?)]);
        write(&folder.join("sw.js"), lower(&worker, Kind::Classic)?.as_bytes())
    }

    /// An npm package: `init` and `check` with types, and the page as an element.
    fn package(&self, module: &Module, folder: &Path) -> Result<()> {
        let bindings = module.module.replace("gouji_bg.wasm", "gouji.wasm");
        let checker = www("checker.js")? + "\nexport { makeChecker, answerChecks };\n";
        for (name, source) in [
            ("bindings.js", bindings),
            ("checker.js", checker),
            ("gouji.js", www("package/gouji.js")?),
            ("element.js", www("package/element.js")?),
            ("worker.js", www("package/worker.js")?),
        ] {
            let lowered = lower(&source, Kind::Module).with_context(|| format!("package/{name}"))?;
            write(&folder.join(name), lowered.as_bytes())?;
        }
        let package = fill(&www("package/package.json")?, &[("version", &version_of_gouji()?)]);
        write(&folder.join("package.json"), package.as_bytes())?;
        write(&folder.join("index.d.ts"), www("package/index.d.ts")?.as_bytes())?;
        write(&folder.join("style.css"), self.style.as_bytes())?;
        write(&folder.join("gouji.wasm"), &module.wasm)
    }
}

/// A file of www/, with the line ends that its hash in the page counts on.
fn www(name: &str) -> Result<String> {
    let path = root().join("www").join(name);
    Ok(fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?.replace("\r\n", "\n"))
}

/// Replaces every `{{name}}`. What is filled in is not read again.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").expect("every {{ of a template is closed");
        let value = values
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap_or_else(|| panic!("nothing is known of {{{{{name}}}}}"));
        filled.push_str(before);
        filled.push_str(value.1);
        rest = after;
    }
    filled + rest
}

/// The source expression of a policy that allows exactly this inline text.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// A style sheet without its comments and indentation.
fn without_comments(css: &str) -> String {
    let mut bare = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        bare.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    bare.push_str(rest);
    bare.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn version_of_gouji() -> Result<String> {
    let manifest = fs::read_to_string(root().join("Cargo.toml"))?;
    let line =
        manifest.lines().find_map(|line| line.strip_prefix("version = \"")).context("Cargo.toml has no version")?;
    Ok(line.trim_end_matches('"').to_owned())
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::create_dir_all(path.parent().expect("a file of dist/ stands in a folder"))?;
    fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

#[cfg(test)]
mod tests {
    use super::{fill, hash, without_comments};

    #[test]
    fn a_template_is_filled_once() {
        assert_eq!(fill("a{{x}}b{{y}}", &[("x", "{{y}}"), ("y", "2")]), "a{{y}}b2");
    }

    #[test]
    fn the_hash_is_the_one_browsers_compute() {
        // From the Content Security Policy specification's own example.
        assert_eq!(hash("alert('Hello, world.');"), "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='");
    }

    #[test]
    fn comments_of_a_style_sheet_go() {
        assert_eq!(without_comments("/* a */\np { color: red; /* b\n*/ }\n\n  q {}\n"), "p { color: red;  }\nq {}");
    }
}
