//! The command line: `gouji check FILE...`, `gouji rules`, `gouji explain RULE`.
//!
//! A file is a text or a structured report in JSON, which `docs/input.md` describes.
//!
//! Exit codes: 0 nothing found, 1 findings of severity error or warning, 2 a file could not be read.

use clap::{Parser, Subcommand, ValueEnum};
use gouji::input::Refusal;
use gouji::report::{Finding, Severity};
use gouji::{Language, Options, Report, input, rules, source};
use std::io::{BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// 勾稽：核对部门决算与绩效自评中的数字。Recomputes the numbers of Chinese final-accounts reports.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// The language of messages.
    #[arg(long, global = true, value_enum, default_value_t = Tongue::Zh)]
    lang: Tongue,
}

#[derive(Subcommand)]
enum Command {
    /// Checks documents.
    Check {
        /// The documents: plain text, in UTF-8, UTF-16 or GB18030, or structured reports (gouji-input/1) in JSON; - is standard input.
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// How the report is printed.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Lists the rules.
    Rules,
    /// Explains a rule.
    Explain {
        /// Its id.
        rule: String,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
enum Tongue {
    Zh,
    En,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Language {
        match tongue {
            Tongue::Zh => Language::Zh,
            Tongue::En => Language::En,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let language = Language::from(arguments.lang);
    let mut out = BufWriter::new(std::io::stdout().lock());
    let result = match &arguments.command {
        Command::Check { files, format } => check(files, *format, language, &mut out),
        Command::Rules => list_rules(language, &mut out).map(|()| 0),
        Command::Explain { rule } => explain(rule, language, &mut out),
    };
    match result.and_then(|code| out.flush().map(|()| code)) {
        Ok(code) => ExitCode::from(code),
        // A reader that has seen enough (head) closes the pipe; that is no error.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}", said(language, format!("无法写出：{error}"), format!("cannot write: {error}")));
            ExitCode::from(2)
        }
    }
}

/// The sentence in the language that was asked for.
fn said(language: Language, zh: String, en: String) -> String {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}

fn check(files: &[PathBuf], format: Format, language: Language, out: &mut impl Write) -> std::io::Result<u8> {
    let mut code = 0;
    for file in files {
        let document = match read(file, language).and_then(|text| Given::read(text, language)) {
            Ok(document) => document,
            Err(error) => {
                for line in error.lines() {
                    eprintln!("{}: {line}", file.display());
                }
                code = 2;
                continue;
            }
        };
        let report = gouji::check(document.text(), &Options { language, blocks: false });
        let found = report.findings.iter().any(|f| f.severity != Severity::Info);
        code = code.max(u8::from(found));
        match format {
            Format::Json => {
                serde_json::to_writer(&mut *out, &Told { report: &report, input: document.reading() })?;
                writeln!(out)?;
            }
            Format::Text => print(file, &document, &report, language, out)?,
        }
    }
    Ok(code)
}

/// What a file holds.
enum Given {
    Text(String),
    Structured(input::Reading),
}

impl Given {
    fn read(text: String, language: Language) -> Result<Given, String> {
        if !input::is_json(&text) {
            return Ok(Given::Text(text));
        }
        input::read(&text)
            .map(Given::Structured)
            .map_err(|faults| faults.iter().map(|fault| fault.message(language)).collect::<Vec<_>>().join("\n"))
    }

    /// The text that is checked.
    fn text(&self) -> &str {
        match self {
            Given::Text(text) => text,
            Given::Structured(reading) => &reading.text,
        }
    }

    fn reading(&self) -> Option<&input::Reading> {
        match self {
            Given::Text(_) => None,
            Given::Structured(reading) => Some(reading),
        }
    }

    /// Where in the file a finding is: line, column, and the path of a JSON value.
    fn place(&self, finding: &Finding) -> (usize, usize, &str) {
        match self.reading().and_then(|reading| reading.origin(finding.span.start)) {
            Some(origin) => (origin.line, origin.column, &origin.path),
            None => (finding.span.line, finding.span.column, ""),
        }
    }
}

/// A report as it is printed: with the text that its spans point into, where the file held JSON.
#[derive(serde::Serialize)]
struct Told<'r> {
    #[serde(flatten)]
    report: &'r Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'r input::Reading>,
}

/// Reads a file: a text, or why it is none.
fn read(file: &Path, language: Language) -> Result<String, String> {
    let unreadable =
        |error: std::io::Error| said(language, format!("无法读取：{error}"), format!("cannot be read: {error}"));
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        // One byte more than is read tells that there is more.
        let most = input::MAX_BYTES as u64 + 1;
        std::io::stdin().lock().take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    } else {
        // The length is looked at before the content is.
        let size = std::fs::metadata(file).map_err(unreadable)?.len();
        if size > input::MAX_BYTES as u64 {
            return Err(Refusal::TooLarge(size).message(language));
        }
        bytes = std::fs::read(file).map_err(unreadable)?;
    }
    let gb18030 = |bytes: &[u8]| Some(encoding_rs::GB18030.decode_without_bom_handling(bytes).0.into_owned());
    input::text(&bytes, gb18030).map_err(|refusal| refusal.message(language))
}

/// Prints findings as a compiler does: place, sentence, the line, and a caret under the words.
fn print(
    file: &Path,
    document: &Given,
    report: &Report,
    language: Language,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let lines: Vec<&str> = document.text().split('\n').collect();
    for finding in &report.findings {
        let mark = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        let (line, column, path) = document.place(finding);
        let gap = if path.is_empty() { "" } else { " " };
        writeln!(out, "{}:{line}:{column}: {path}{gap}{mark}[{}]: {}", file.display(), finding.rule, finding.message)?;
        let (line, column) = (finding.span.line, finding.span.column);
        let (window, before) = source::window(lines[line - 1], column, finding.text.chars().count());
        let width: usize = finding.text.lines().next().unwrap_or("").chars().map(source::columns).sum();
        writeln!(out, "    {window}")?;
        writeln!(out, "    {}{}", " ".repeat(before), "^".repeat(width.max(1)))?;
    }
    for note in &report.document.notes {
        writeln!(out, "{}: {}", file.display(), note.message)?;
    }
    let s = &report.summary;
    let zh = format!(
        "核对 {} 项，相符 {}，尾差 {}，不符 {}；错误 {}，警告 {}",
        s.checks, s.passed, s.rounding, s.failed, s.errors, s.warnings
    );
    let en = format!(
        "{} checks: {} hold, {} but for rounding, {} fail; {} errors, {} warnings",
        s.checks, s.passed, s.rounding, s.failed, s.errors, s.warnings
    );
    writeln!(out, "{}: {}", file.display(), said(language, zh, en))
}

fn list_rules(language: Language, out: &mut impl Write) -> std::io::Result<()> {
    for rule in rules::RULES {
        writeln!(out, "{:20} {}", rule.id, rule.name[language as usize])?;
    }
    Ok(())
}

fn explain(id: &str, language: Language, out: &mut impl Write) -> std::io::Result<u8> {
    let Some(rule) = rules::rule(id) else {
        eprintln!("{}", said(language, format!("没有这条规则：{id}"), format!("no such rule: {id}")));
        return Ok(2);
    };
    let (wrong, right) = if language == Language::Zh { ("有误", "无误") } else { ("Wrong", "Right") };
    writeln!(out, "{}  {}\n\n{}\n", rule.id, rule.name[language as usize], rule.doc[language as usize])?;
    writeln!(
        out,
        "{wrong}:\n    {}\n{right}:\n    {}",
        rule.fails.replace('\n', "\n    "),
        rule.passes.replace('\n', "\n    ")
    )?;
    Ok(0)
}
