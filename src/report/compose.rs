//! From verdicts to the report.

use super::cards::{CheckId, Checks, cards, number};
use super::charts::charts;
use super::words::{self, Numbers};
use super::*;
use crate::document::{self, Document};
use crate::facts::{Fact, Quantity, Reading, Unit};
use crate::numbers::{Scale, Slip};
use crate::relations::{Certainty, FactId, Formula, Truth, WordCheck};
use crate::rules;
use crate::scoring::{Form, Term, terms};
use crate::source::{ByteSpan, Source};
use crate::verdicts::{self, Cause, Verdict};
use rust_decimal::Decimal;
use rustc_hash::{FxHashMap, FxHashSet};

/// Everything that the stages before have found.
pub struct Findings<'r> {
    /// The text.
    pub source: &'r Source<'r>,
    /// Its facts.
    pub reading: &'r Reading,
    /// The judged relations.
    pub verdicts: &'r [Verdict],
    /// Why relations fail.
    pub causes: &'r [Cause],
    /// The claims of words.
    pub words: &'r [WordCheck],
}

/// What the report tells of the document as a whole, but for remarks.
pub fn describe(source: &Source, document: &Document, options: &Options) -> DocumentInfo {
    let title = document.title.map(|span| source.words(span)).unwrap_or_default().replace("**", "");
    DocumentInfo {
        unit: unit_of(&title),
        title,
        year: document.year,
        sections: document.sections.len() - 1,
        tables: document.blocks.iter().filter(|b| matches!(b.kind, document::BlockKind::Table { .. })).count(),
        notes: Vec::new(),
        blocks: if options.blocks { document.blocks.iter().map(|b| block(source, b)).collect() } else { Vec::new() },
    }
}

fn block(source: &Source, block: &document::Block) -> Block {
    let (kind, level, rows) = match &block.kind {
        document::BlockKind::Heading { level, .. } => (BlockKind::Heading, Some(*level), Vec::new()),
        document::BlockKind::Paragraph { .. } => (BlockKind::Paragraph, None, Vec::new()),
        document::BlockKind::Table { rows } => {
            let rows = rows.iter().map(|row| row.iter().map(|&cell| source.span(cell)).collect()).collect();
            (BlockKind::Table, None, rows)
        }
        document::BlockKind::Furniture => (BlockKind::Furniture, None, Vec::new()),
    };
    Block { kind, span: source.span(block.span), level, rows }
}

/// Writes the report on a document that was described, with the forms that were read in it.
pub fn compose(document: DocumentInfo, forms: Vec<Form>, found: &Findings, options: &Options) -> Report {
    let writer = Writer {
        found,
        language: options.language,
        borne_out: borne_out(found.verdicts, found.causes),
        told_to: told_to(found),
        cuts_off: verdicts::cuts_off(found.reading, found.verdicts),
        terms: terms(&forms),
    };
    let (checks, ids) = writer.checks();
    let findings = writer.findings(&ids);
    let count = |status: Status| checks.iter().filter(|c| c.status == status).count();
    let severe = |severity: Severity| findings.iter().filter(|f| f.severity == severity).count();
    let summary = Summary {
        checks: checks.len(),
        passed: count(Status::Pass),
        rounding: count(Status::Rounding),
        failed: count(Status::Fail),
        errors: severe(Severity::Error),
        warnings: severe(Severity::Warning),
    };
    let document = DocumentInfo { notes: writer.notes(checks.is_empty()), ..document };
    let scorecards =
        cards(forms, found, &Checks { all: &checks, verdicts: &ids.verdicts, words: &ids.words }, options.language);
    Report { schema: SCHEMA.to_owned(), document, summary, checks, findings, scorecards, charts: charts(found) }
}

struct Writer<'f> {
    found: &'f Findings<'f>,
    language: Language,
    /// The numbers of relations that hold, or do once a slip is put right, and that are more than a repetition.
    borne_out: FxHashSet<FactId>,
    /// To how many decimals the right value of a wrong number is told, so that what is computed for it is printed alike.
    told_to: FxHashMap<FactId, u32>,
    /// Whether the document cuts its rates off throughout.
    cuts_off: bool,
    /// What the figures of forms are.
    terms: FxHashMap<FactId, Term>,
}

fn told_to(found: &Findings) -> FxHashMap<FactId, u32> {
    let told = found.causes.iter().filter(|cause| cause.slip != Some(Slip::Unit));
    let decimals =
        |cause: &Cause| Some((cause.fact, exact_decimals(&found.reading.facts[cause.fact], cause.expected?)));
    told.filter_map(decimals).collect()
}

/// As many decimals as a value needs beside the printed number, four at the most.
fn exact_decimals(fact: &Fact, value: Decimal) -> u32 {
    let quantity = fact.quantity;
    let needed = (value / quantity.scale).normalize().scale();
    needed.max(quantity.decimals).min(quantity.decimals.max(4))
}

fn borne_out(verdicts: &[Verdict], causes: &[Cause]) -> FxHashSet<FactId> {
    let telling = |v: &&Verdict| !matches!(v.formula, Formula::Equal(_) | Formula::AtMost(_));
    let members = |v: &Verdict| v.formula.operands().into_iter().chain([v.target]);
    let holding = verdicts.iter().filter(|v| v.status != Status::Fail).filter(telling);
    let mut borne_out: FxHashSet<FactId> = holding.flat_map(members).collect();
    for cause in causes.iter().filter(|cause| cause.slip.is_some()) {
        let repaired = cause.repaired.iter().map(|&i| &verdicts[i]).filter(telling);
        borne_out.extend(repaired.flat_map(members).filter(|&id| id != cause.fact));
    }
    borne_out
}

/// The check behind each verdict, and behind each claim of words; none for a conjecture that fails.
struct CheckIds {
    verdicts: Vec<Option<CheckId>>,
    words: Vec<Option<CheckId>>,
}

impl Writer<'_> {
    fn fact(&self, id: FactId) -> &Fact {
        &self.found.reading.facts[id]
    }

    fn place(&self, id: FactId) -> Place {
        self.found.source.place(self.fact(id).span)
    }

    fn text(&self, id: FactId) -> Cow<'_, str> {
        self.found.source.words(self.fact(id).span)
    }

    fn print(&self, id: FactId, value: Decimal) -> String {
        self.print_to(id, value, self.fact(id).quantity.decimals)
    }

    fn print_to(&self, id: FactId, value: Decimal, decimals: u32) -> String {
        let mut printed = Quantity { decimals, ..self.fact(id).quantity }.print(value);
        printed.push_str(&self.unit(id));
        printed
    }

    /// What a relation gives for its target.
    fn computed(&self, verdict: &Verdict) -> String {
        let target = verdict.target;
        let told_to = if verdict.status == Status::Fail { self.told_to.get(&target) } else { None };
        self.print_to(target, verdict.computed, told_to.copied().unwrap_or(self.fact(target).quantity.decimals))
    }

    /// The scale and unit as printed: what stands behind the figure.
    fn unit(&self, id: FactId) -> Cow<'_, str> {
        let behind_figure = |text: &str| {
            text.len()
                - text
                    .trim_start_matches(|c: char| {
                        !c.is_alphabetic() && !matches!(c, '%' | '％') || c.is_ascii_alphabetic()
                    })
                    .len()
        };
        match self.text(id) {
            Cow::Borrowed(text) => Cow::Borrowed(&text[behind_figure(text)..]),
            Cow::Owned(text) => Cow::Owned(text[behind_figure(&text)..].to_owned()),
        }
    }

    /// The checks in document order. A conjecture that fails is none.
    fn checks(&self) -> (Vec<Check>, CheckIds) {
        enum Origin {
            Verdict(usize),
            Words(usize),
        }
        let told: std::collections::BTreeSet<usize> =
            self.found.causes.iter().flat_map(|c| c.repaired.iter().copied()).collect();
        let passed_over = |index: usize, verdict: &Verdict| {
            verdict.status == Status::Fail && verdict.certainty == Certainty::Conjecture && !told.contains(&index)
        };
        let (verdicts, words) = (self.found.verdicts, self.found.words);
        let of_verdicts = verdicts
            .iter()
            .enumerate()
            .filter(|(index, verdict)| !passed_over(*index, verdict))
            .map(|(index, verdict)| (self.fact(verdict.target).span.start, Origin::Verdict(index)));
        let of_words = words.iter().enumerate().map(|(index, check)| (check.span.start, Origin::Words(index)));
        let mut order: Vec<(usize, Origin)> = of_verdicts.chain(of_words).collect();
        order.sort_by_key(|(start, _)| *start);
        let mut ids = CheckIds { verdicts: vec![None; verdicts.len()], words: vec![None; words.len()] };
        let mut checks = Vec::with_capacity(order.len());
        for (_, origin) in order {
            let id = checks.len() + 1;
            checks.push(match origin {
                Origin::Verdict(index) => {
                    ids.verdicts[index] = CheckId::new(id as u32);
                    self.check(id, &verdicts[index])
                }
                Origin::Words(index) => {
                    ids.words[index] = CheckId::new(id as u32);
                    self.word_check(id, &words[index])
                }
            });
        }
        (checks, ids)
    }

    fn check(&self, id: usize, verdict: &Verdict) -> Check {
        let target = verdict.target;
        let computed = self.computed(verdict);
        Check {
            id,
            rule: verdict.rule.into(),
            status: verdict.status,
            formula: self.spell(verdict, &computed),
            result: self.place(target),
            operands: verdict.formula.operands().into_iter().map(|id| self.place(id)).collect(),
            stated: self.text(target).into_owned(),
            expected: expected(verdict, computed),
        }
    }

    /// The relation with both sides, its target as computed.
    fn spell(&self, verdict: &Verdict, computed: &str) -> String {
        let target = verdict.target;
        // Amounts of one unit need not say it; beside one of another unit a cell does, though it does not print it.
        let scale = |id: FactId| self.fact(id).quantity.scale;
        let differ = verdict.formula.operands().into_iter().any(|id| self.is_money(id) && scale(id) != scale(target));
        let unit = |id| if differ && self.is_money(target) { self.unit_of_cell(id) } else { "" };
        let said = |id| match unit(id) {
            "" => self.text(id),
            unit => Cow::Owned(format!("{}{unit}", self.text(id))),
        };
        let spelled = verdict.formula.spell(&said);
        match verdict.formula {
            Formula::Equal(_) | Formula::AtMost(_) => [&*said(target), " ", &spelled].concat(),
            _ => [&spelled, " = ", computed, unit(target)].concat(),
        }
    }

    fn is_money(&self, id: FactId) -> bool {
        self.fact(id).quantity.unit == Unit::Money
    }

    /// The unit of an amount in a cell that does not print it.
    fn unit_of_cell(&self, id: FactId) -> &'static str {
        let fact = self.fact(id);
        if fact.cell.is_none() || !self.is_money(id) || !self.unit(id).is_empty() {
            return "";
        }
        let units = [(0, "元"), (3, "千元"), (4, "万元"), (6, "百万元"), (8, "亿元")];
        let is_it = |exponent: u8| fact.quantity.scale == Scale::ten_to(exponent);
        units.into_iter().find(|(exponent, _)| is_it(*exponent)).map_or("", |(_, unit)| unit)
    }

    fn word_check(&self, id: usize, check: &WordCheck) -> Check {
        let text = self.found.source.slice(check.span).to_owned();
        let operands = self.compared(check);
        Check {
            id,
            rule: check.rule.into(),
            status: if check.holds { Status::Pass } else { Status::Fail },
            formula: operands.join("，"),
            result: self.found.source.place(check.span),
            operands: self.places_compared(check),
            stated: text.clone(),
            expected: if check.holds { text } else { self.right_words(&text, check.truth) },
        }
    }

    /// What a claim of words is held against: numbers, or words printed elsewhere.
    fn compared(&self, check: &WordCheck) -> Vec<Cow<'_, str>> {
        check
            .truth
            .and_then(Truth::elsewhere)
            .map(|span| self.found.source.words(span))
            .into_iter()
            .chain(check.operands.iter().map(|&id| self.text(id)))
            .collect()
    }

    fn places_compared(&self, check: &WordCheck) -> Vec<Place> {
        let elsewhere = check.truth.and_then(Truth::elsewhere).map(|span| self.found.source.place(span));
        elsewhere.into_iter().chain(check.operands.iter().map(|&id| self.place(id))).collect()
    }

    /// The words as they should be, where that is one word for another.
    fn right_words(&self, text: &str, truth: Option<Truth>) -> String {
        match truth {
            Some(Truth::SameAs(span)) => self.found.source.words(span).into_owned(),
            Some(Truth::MissingScore(score) | Truth::UsualScore(score)) => score.to_string(),
            Some(Truth::ScoreBetween(lo, hi)) => format!("{lo}—{hi}"),
            Some(Truth::Distance(distance)) => format!("{distance}%"),
            Some(Truth::OfficialCode(code)) => code.to_string(),
            Some(Truth::Listed(count)) => count.to_string(),
            Some(Truth::Band(band)) => band.to_owned(),
            Some(Truth::AgainstBudget(order)) => {
                let right = words::ordering(Language::Zh, order);
                ["小于", "低于", "少于", "大于", "高于", "超过", "多于", "等于"]
                    .iter()
                    .find(|wrong| text.contains(*wrong))
                    .map_or(String::new(), |wrong| text.replacen(wrong, right, 1))
            }
            _ => String::new(),
        }
    }

    fn findings(&self, ids: &CheckIds) -> Vec<Finding> {
        let mut findings: Vec<Finding> = self.found.causes.iter().map(|cause| self.finding(cause, ids)).collect();
        // Where arithmetic has told of a number already, words need not.
        let told: FxHashSet<ByteSpan> = self.found.causes.iter().map(|cause| self.fact(cause.fact).span).collect();
        for (index, check) in
            self.found.words.iter().enumerate().filter(|(_, check)| !check.holds && !told.contains(&check.span))
        {
            findings.push(self.word_finding(check, ids.words[index].map(number)));
        }
        findings.sort_by_key(|f| (f.span.start, f.severity));
        findings
    }

    fn finding(&self, cause: &Cause, ids: &CheckIds) -> Finding {
        let main = &self.found.verdicts[cause.main];
        let stated = self.text(cause.fact).into_owned();
        let expected = match cause.expected {
            Some(_) if cause.slip == Some(Slip::Unit) => self.other_unit(cause.fact),
            Some(value) => self.print_exactly(cause.fact, value),
            None => expected(main, self.computed(main)),
        };
        let severity = self.severity(cause);
        let rule = rules::rule(main.rule).map_or("", |rule| rule.name[self.language as usize]);
        let mut formula = self.relation_in_words(main);
        if main.target != cause.fact && !matches!(main.formula, Formula::Equal(_) | Formula::AtMost(_)) {
            formula.push_str(&words::but_printed(self.language, &self.text(main.target)));
        }
        let others = cause.repaired.len() - 1;
        let numbers = Numbers {
            rule,
            stated: &stated,
            // What the parts make is no more certain than the whole where any of them may be wrong.
            expected: if cause.expected.is_some() && !cause.untold { &expected } else { "" },
            formula: &formula,
            slip: cause.slip,
            others,
        };
        let mut message = words::numbers(self.language, &numbers);
        if cause.untold {
            let gap = (main.computed - self.fact(cause.fact).quantity.value()).abs();
            message.push_str(&words::part_missing(self.language, &self.print(cause.fact, gap)));
        }
        if !cause.rivals.is_empty() {
            let rivals: Vec<[String; 2]> = cause
                .rivals
                .iter()
                .map(|&(id, value)| [self.text(id).into_owned(), self.print_exactly(id, value)])
                .collect();
            message.push_str(&words::or_another(self.language, &rivals));
        }
        if severity == Severity::Info && self.is_borne_out_twice(cause) {
            message.push_str(words::both_borne_out(self.language));
        }
        let place = self.place(cause.fact);
        let members = cause.repaired.iter().flat_map(|&index| {
            let verdict = &self.found.verdicts[index];
            verdict.formula.operands().into_iter().chain([verdict.target])
        });
        let mut seen: FxHashSet<ByteSpan> = FxHashSet::default();
        let related = members
            .filter(|&id| id != cause.fact && seen.insert(self.fact(id).span))
            .map(|id| self.place(id))
            .collect();
        let certain = !cause.untold && cause.rivals.is_empty();
        let fix = (cause.expected.is_some() && certain && severity != Severity::Info).then(|| Fix {
            span: place.span,
            replacement: expected.clone(),
            why: match cause.slip {
                Some(slip) => words::slip(self.language, slip).to_owned(),
                None => formula.clone(),
            },
        });
        Finding {
            rule: main.rule.into(),
            severity,
            text: place.text,
            span: place.span,
            stated,
            expected,
            message,
            related,
            check: ids.verdicts[cause.main].map(number),
            fix,
        }
    }

    /// The relation with both sides, as a person writes it.
    fn relation_in_words(&self, verdict: &Verdict) -> String {
        let subject = &self.fact(verdict.target).subject;
        let spelled = self.spell(verdict, &self.computed(verdict));
        if subject.is_empty() { spelled } else { format!("{subject} {spelled}") }
    }

    /// The value with as many decimals as it needs: a total of 150万元 that should be 151.37万元 is told in full.
    fn print_exactly(&self, id: FactId, value: Decimal) -> String {
        self.print_to(id, value, exact_decimals(self.fact(id), value))
    }

    fn other_unit(&self, id: FactId) -> String {
        let text = self.text(id);
        match text.strip_suffix("万元") {
            Some(figure) => format!("{figure}元"),
            None => format!("{}万元", text.trim_end_matches('元')),
        }
    }

    fn severity(&self, cause: &Cause) -> Severity {
        if self.is_borne_out_twice(cause) {
            return Severity::Info;
        }
        if cause.slip == Some(Slip::Cut) {
            return if self.cuts_off { Severity::Info } else { Severity::Warning };
        }
        let verdicts = || cause.repaired.iter().map(|&i| &self.found.verdicts[i]);
        if verdicts().all(|v| v.certainty <= Certainty::Open) && cause.slip.is_none() {
            return Severity::Info;
        }
        let certain = verdicts().any(|v| v.certainty == Certainty::Sure && v.proved);
        if certain { Severity::Error } else { Severity::Warning }
    }

    /// Whether two statements differ of which each agrees with other figures: they may well be two facts.
    fn is_borne_out_twice(&self, cause: &Cause) -> bool {
        let only_equal = cause.repaired.iter().all(|&i| matches!(self.found.verdicts[i].formula, Formula::Equal(_)));
        let differing = &self.found.verdicts[cause.main];
        only_equal
            && cause.slip.is_none()
            && differing.formula.operands().into_iter().chain([differing.target]).all(|id| self.borne_out.contains(&id))
    }

    fn word_finding(&self, check: &WordCheck, id: Option<usize>) -> Finding {
        let place = self.found.source.place(check.span);
        let is_garbled = matches!(check.truth, Some(Truth::Garbled(_)));
        // What is wrong with a garbled figure may be a blank in it, which words have no more.
        let plain = if is_garbled { place.text.clone() } else { self.found.source.words(check.span).into_owned() };
        let operands = self.compared(check);
        // One that sums hold with is what it seems to be.
        let borne_out = is_garbled && check.operands.iter().any(|id| self.borne_out.contains(id));
        let told = match check.truth {
            Some(Truth::SameAs(span) | Truth::OtherFigure(span)) => {
                let other = self.found.source.place(span);
                words::printed_at(self.language, &self.found.source.words(span), other.span.line)
            }
            Some(Truth::UsualScore(_) | Truth::ScoreBetween(..) | Truth::MissingScore(_) | Truth::FullMarks) => {
                let named: Vec<String> = check.operands.iter().map(|&id| self.named(id)).collect();
                named.join(words::pick(self.language, "、", ", "))
            }
            _ => operands.join("、"),
        };
        let expected = match (check.truth, check.operands.first()) {
            (Some(Truth::Garbled(_)), Some(&id)) if borne_out => self.print(id, self.fact(id).quantity.value()),
            _ => self.right_words(&plain, check.truth),
        };
        let mends = !expected.is_empty() && check.truth.is_none_or(Truth::mends);
        let fix = mends.then(|| Fix { span: place.span, replacement: expected.clone(), why: operands.join("，") });
        Finding {
            rule: check.rule.into(),
            severity: if check.judge && !borne_out { Severity::Info } else { Severity::Warning },
            message: words::words(self.language, &plain, check.truth, &told),
            text: place.text,
            span: place.span,
            stated: plain,
            expected,
            related: self.places_compared(check),
            check: id,
            fix,
        }
    }

    /// A figure of a form with its name: 完成值 95.
    fn named(&self, id: FactId) -> String {
        let text = self.text(id);
        self.terms.get(&id).map_or(text.to_string(), |&term| format!("{} {text}", words::term(self.language, term)))
    }

    /// Remarks about the whole document.
    fn notes(&self, nothing_checked: bool) -> Vec<Note> {
        let source = self.found.source;
        let mut notes = Vec::new();
        let mut note =
            |kind: &str, message: &str| notes.push(Note { kind: kind.to_owned(), message: message.to_owned() });
        if source.text().trim().is_empty() {
            note("empty", words::empty(self.language));
        } else if crate::input::is_json(source.text()) {
            note("json", words::json(self.language));
        } else if nothing_checked {
            note("nothing-to-check", words::nothing_to_check(self.language));
        }
        let lost = || source.text().match_indices(char::REPLACEMENT_CHARACTER);
        if let Some((start, mark)) = lost().next() {
            let first = source.span(ByteSpan { start, end: start + mark.len() });
            note("lost-characters", &words::lost_characters(self.language, first, lost().count()));
        }
        notes
    }
}

/// What should be printed, by what is computed.
fn expected(verdict: &Verdict, computed: String) -> String {
    match verdict.formula {
        Formula::AtMost(_) => format!("≤ {computed}"),
        _ => computed,
    }
}

/// The office in a title: what stands before the year or the kind of report.
fn unit_of(title: &str) -> String {
    let end =
        title.find(|c: char| c.is_ascii_digit()).or_else(|| title.find("部门决算")).or_else(|| title.find("单位决算"));
    let start = title.find("年度").map(|at| at + "年度".len()).filter(|_| end == Some(0));
    match (start, end) {
        (Some(start), _) => {
            let rest = &title[start..];
            rest.split(
                ["部门决算", "单位决算", "整体支出", "绩效"]
                    .iter()
                    .find(|w| rest.contains(**w))
                    .copied()
                    .unwrap_or("\u{0}"),
            )
            .next()
            .unwrap_or("")
            .to_owned()
        }
        (None, Some(end)) => title[..end].replace("（汇总）", "").replace("（本级）", ""),
        _ => String::new(),
    }
}
