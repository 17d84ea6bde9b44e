//! From the text of a rule to what it says: each wording is tried in turn, the most telling first.

use super::{Award, Bound, Kept, Line, Norm, NormTier, Part, Tier, Wording};
use crate::facts::{Quantity, TokenKind, Unit, tokens};
use crate::relations::FactId;
use crate::scoring::goal::{Comparison, comparison};
use rust_decimal::Decimal;

/// A number of the text.
#[derive(Clone, Copy)]
struct Figure {
    quantity: Quantity,
    start: usize,
    end: usize,
}

/// A tier as printed: its limits, its points, and whether it earns nothing.
struct PrintedTier {
    bounds: Vec<(Comparison, Figure)>,
    points: Option<Figure>,
    zero: bool,
}

/// Reads a rule. `register` makes a fact of a number that the rule uses.
pub fn read(chars: &[char], register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
    let text: String = chars.iter().collect();
    let figures: Vec<Figure> = tokens(chars)
        .into_iter()
        .filter_map(|token| match token.kind {
            TokenKind::Quantity(quantity) => Some(Figure { quantity, start: token.start, end: token.end }),
            _ => None,
        })
        .collect();
    let reader = Reader { chars, text: &text, figures };
    // Parts that are scored one by one (半年、前三季度) have rules of their own.
    let parted = ["半年", "季度", "各得", "分别得", "6月"].iter().any(|word| text.contains(word));
    if reader.has(&["满分", "合格", "零分"]) {
        return reader.marks(register);
    }
    if text.contains("则：X") || text.contains("则：") && text.contains('N') {
        return reader.norms(register);
    }
    if text.contains("得分=预算结余率小于") {
        return reader.kept(register);
    }
    if text.contains('①') {
        return reader.split(register);
    }
    if let Some(progress) = reader.progress(register) {
        return Some(progress);
    }
    if parted {
        return reader.parts(register);
    }
    if text.contains("得分=（1-") {
        return reader.rest(register);
    }
    if text.contains("执行数/") && text.contains("预算数") || text.contains("执行数÷") && text.contains("预算数")
    {
        return reader.execution(register);
    }
    if let Some(deduct) = reader.deduct(register) {
        return Some(deduct);
    }
    if let Some(target) = reader.target() {
        return Some(target);
    }
    reader.tiers(register).or_else(|| reader.words(register))
}

impl Reader<'_> {
    fn has(&self, words: &[&str]) -> bool {
        words.iter().all(|word| self.text.contains(word))
    }

    fn else_zero(&self) -> bool {
        [
            "否则不得分",
            "否则得0分",
            "否则0分",
            "否则，不得分",
            "否则该项不得分",
            "否则为0分",
            "否则记0分",
            "未达到不得分",
            "未完成不得分",
        ]
        .iter()
        .any(|word| self.text.contains(word))
    }

    /// 满分:≥90% 合格:60% 零分:≤50% 其他:合格之上:60+40*(实际值-60%)/20% 合格之下:60-60*(60%-实际值)/10%
    fn marks(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let behind = |word: &str| {
            let at = self.find(word)? + word.chars().count();
            self.figures
                .iter()
                .find(|f| f.start >= at && f.start <= at + 3 && f.quantity.unit == Unit::Percent)
                .copied()
        };
        let (full, pass, zero) = (behind("满分")?, behind("合格")?, behind("零分")?);
        let comparison = comparison(self.chars, full.start, full.end).unwrap_or(Comparison::AtLeast);
        let lines = [self.line("合格之上", '+', register), self.line("合格之下", '-', register)];
        let mut fact = |f: Figure| register(f.quantity, f.start, f.end);
        Some(Wording::Marks { full: Bound { comparison, fact: fact(full) }, pass: fact(pass), zero: fact(zero), lines })
    }

    /// 得分=（1-部门整体预算结余率）×100%×2. A sum of several of them has names for which the words must be asked one by one.
    fn rest(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let lead = "得分=（1-";
        let start = self.find(lead)? + lead.chars().count();
        let end = start + self.chars[start..].iter().position(|c| matches!(c, '）' | ')'))?;
        let rate: String = self.chars[start..end].iter().filter(|c| **c != ' ').collect();
        let last = self.chars[end..]
            .iter()
            .position(|c| matches!(c, '。' | '；' | '，'))
            .map_or(self.chars.len(), |at| end + at);
        let times: Vec<&Figure> = self.figures.iter().filter(|f| f.start > end && f.end <= last).collect();
        let points = match times[..] {
            [points] => points,
            [whole, points] if whole.quantity.value() == Decimal::ONE_HUNDRED => points,
            _ => return None,
        };
        let formula: String = self.chars[end..last].iter().collect();
        let plain =
            matches!(points.quantity.unit, Unit::Bare | Unit::Score) && !formula.contains(['+', '＋', '÷', '/']);
        let quantity = Quantity { unit: Unit::Score, ..points.quantity };
        plain.then(|| Wording::Rest { rate, points: register(quantity, points.start, points.end) })
    }

    /// 得分=预算结余率小于10%的常年项目数量÷部门预算常年项目总数×100%×2+…
    fn kept(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let mut start = self.find("得分=")? + "得分=".chars().count();
        let last = self.chars[start..].iter().position(|c| *c == '。').map_or(self.chars.len(), |at| start + at);
        let mut parts = Vec::new();
        for end in (start..=last).filter(|&i| i == last || matches!(self.chars[i], '+' | '＋')) {
            let term: String = self.chars[start..end].iter().filter(|c| **c != ' ').collect();
            let inside: Vec<&Figure> = self.figures.iter().filter(|f| f.start >= start && f.end <= end).collect();
            start = end + 1;
            let [rate, whole, points] = inside[..] else { return None };
            let kind = term.split_once("%的")?.1.split("项目").next()?.to_owned();
            let shaped =
                term.contains("数量÷") && term.contains("总数×") && whole.quantity.value() == Decimal::ONE_HUNDRED;
            let mut fact = |f: &Figure, unit: Unit| register(Quantity { unit, ..f.quantity }, f.start, f.end);
            if !shaped || kind.is_empty() {
                return None;
            }
            parts.push(Kept { kind, rate: fact(rate, Unit::Percent), points: fact(points, Unit::Score) });
        }
        Some(Wording::Kept(parts))
    }

    /// …率为X，…平均值为10%，则：X＞N，得1.5分；0.8N＜X≤N，得0.9分；…。
    fn norms(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let mut norms = Vec::new();
        let mut from = 0;
        while let Some(lead) = self.chars[from..].windows(2).position(|pair| pair == ['则', '：']).map(|at| from + at)
        {
            let said: String = self.chars[from..lead].iter().filter(|c| **c != ' ').collect();
            let named = &said[..said.rfind("为X")?];
            let name = named.rsplit(['。', '；']).next()?.trim_start_matches('设').to_owned();
            let norm = self.figures.iter().rfind(|f| f.end <= lead && f.quantity.unit == Unit::Percent)?;
            let end = self.chars[lead..].iter().position(|c| *c == '。').map_or(self.chars.len(), |at| lead + at);
            let norm = register(norm.quantity, norm.start, norm.end);
            let mut tiers = Vec::new();
            let mut start = lead + 2;
            for stop in (start..=end).filter(|&i| i == end || self.chars[i] == '；') {
                let clause: String = self.chars[start..stop].iter().filter(|c| **c != ' ').collect();
                let points =
                    self.figures.iter().rfind(|f| f.start >= start && f.end <= stop && f.quantity.unit == Unit::Score);
                start = stop + 1;
                let (Some((before, behind)), Some(points)) = (clause.split_once('X'), points) else { continue };
                let part = |text: &str| -> Option<Decimal> {
                    let figure = text.rsplit(|c: char| !(c.is_ascii_digit() || c == '.')).next()?;
                    if figure.is_empty() { Some(Decimal::ONE) } else { figure.parse().ok() }
                };
                let until_norm = |text: &str| text.find('N').map(|at| text[..at].to_owned());
                let above = if before.ends_with(['＜', '<']) { Some(part(&until_norm(before)?)?) } else { None };
                let limit = part(&until_norm(behind).unwrap_or_default());
                let (above, to) = match behind.chars().next()? {
                    '＞' | '>' => (Some(limit?), None),
                    '≤' => (above, Some(limit?)),
                    _ => return None,
                };
                tiers.push(NormTier { above, to, points: register(points.quantity, points.start, points.end) });
            }
            if tiers.len() < 2 {
                return None;
            }
            norms.push(Norm { name, norm, tiers });
            from = end;
        }
        (!norms.is_empty()).then_some(Wording::Norms(norms))
    }

    /// The four figures of a line, behind the words that lead it.
    fn line(&self, lead: &str, sign: char, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Line> {
        let from = self.find(lead)? + lead.chars().count();
        let figures: Vec<Figure> = self.figures.iter().filter(|f| f.start >= from).take(4).copied().collect();
        let [start, rise, mark, divisor] = figures[..] else { return None };
        let between =
            |a: Figure, b: Figure| self.chars[a.end..b.start].iter().filter(|c| **c != ' ').collect::<String>();
        let shaped = start.start <= from + 2
            // The lexer may take the sign for that of the number behind it.
            && between(start, rise).trim_matches('-') == if sign == '+' { "+" } else { "" }
            && between(rise, mark).starts_with(['*', '×'])
            && between(mark, divisor).ends_with(['/', '÷']);
        let mut fact = |mut f: Figure| {
            f.quantity.figure = f.quantity.figure.abs();
            register(f.quantity, f.start, f.end)
        };
        shaped.then(|| Line { start: fact(start), rise: fact(rise), mark: fact(mark), divisor: fact(divisor) })
    }

    /// Each numbered part with one number of points.
    fn split(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let numbered = self.chars.iter().enumerate().filter(|(_, c)| ('①'..='⑳').contains(c)).map(|(i, _)| i);
        let starts: Vec<usize> = numbered.collect();
        let mut parts = Vec::new();
        for (i, &start) in starts.iter().enumerate() {
            let end = starts.get(i + 1).copied().unwrap_or(self.chars.len());
            let mut points =
                self.figures.iter().filter(|f| f.quantity.unit == Unit::Score && f.start > start && f.end <= end);
            let bracketed = |f: &Figure| self.chars[f.start - 1] == '（' && self.chars.get(f.end) == Some(&'）');
            let only = points.next().filter(|f| bracketed(f) && points.next().is_none())?;
            parts.push(*only);
        }
        (parts.len() >= 2)
            .then(|| Wording::Split(parts.into_iter().map(|f| register(f.quantity, f.start, f.end)).collect()))
    }

    /// Goals in a row, points in a row, and in proportion what misses its goal.
    fn progress(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let proportional =
            self.has(&["未达到"]) && ["比重", "比例", "比率"].iter().any(|word| self.text.contains(word));
        if !proportional {
            return None;
        }
        let behind = |f: &Figure, words: &[&str]| {
            let before: String = self.chars[f.start.saturating_sub(4)..f.start].iter().filter(|c| **c != ' ').collect();
            words.iter().any(|word| before.ends_with(word))
        };
        let run = |from: usize| -> Vec<Figure> {
            let joined =
                |pair: &&[Figure]| self.chars[pair[0].end..pair[1].start].iter().all(|c| matches!(c, '、' | ' '));
            let length = self.figures[from..].windows(2).take_while(joined).count() + 1;
            self.figures[from..from + length].to_vec()
        };
        let runs = || {
            (0..self.figures.len())
                .filter(|&i| i == 0 || !run(i - 1)[1..].iter().any(|f| f.start == self.figures[i].start))
        };
        let goals = runs().map(run).find(|run| {
            run.len() >= 2 && run.iter().all(|f| f.quantity.unit == Unit::Percent) && behind(&run[0], &["达到"])
        })?;
        let points = runs().map(run).find(|run| {
            run.len() == goals.len()
                && run.last().is_some_and(|f| f.quantity.unit == Unit::Score)
                && behind(&run[0], &["分别得", "各得"])
        })?;
        let mut facts = |figures: Vec<Figure>, unit: Unit| -> Vec<FactId> {
            figures.into_iter().map(|f| register(Quantity { unit, ..f.quantity }, f.start, f.end)).collect()
        };
        Some(Wording::Progress { goals: facts(goals, Unit::Percent), points: facts(points, Unit::Score) })
    }

    /// Parts that are led by their names, each with tiers.
    fn parts(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        // A name stands at the beginning or behind a mark, and a colon behind it.
        let mut leads: Vec<(usize, usize)> = Vec::new();
        for (colon, _) in self.chars.iter().enumerate().filter(|(_, c)| **c == '：') {
            let start =
                self.chars[..colon].iter().rposition(|c| matches!(c, '。' | '；' | '，' | ' ')).map_or(0, |at| at + 1);
            leads.push((start, colon));
        }
        let mut parts = Vec::new();
        for (i, &(start, colon)) in leads.iter().enumerate() {
            let end = leads.get(i + 1).map_or(self.chars.len(), |&(next, _)| next);
            let name: String = self.chars[start..colon].iter().collect();
            let tiers = self.tiers_in(colon + 1, end, register)?;
            parts.push(Part { name, tiers });
        }
        (parts.len() >= 2 && leads[0].0 == 0).then_some(Wording::Parts(parts))
    }

    fn execution(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let led = |f: &Figure| f.start > 0 && matches!(self.chars[f.start - 1], '*' | '×' | '按' | '（' | '得' | ' ');
        let points: Vec<&Figure> = self.figures.iter().filter(|f| f.quantity.unit == Unit::Score).collect();
        let cap = self.figures.iter().find(|f| {
            f.quantity.unit == Unit::Percent
                && comparison(self.chars, f.start, f.end).is_some_and(Comparison::is_forward)
        });
        (!points.is_empty() && points.iter().all(|f| led(f))).then(|| Wording::Execution {
            cap: cap.map(|f| register(f.quantity, f.start, f.end)),
            points: points.into_iter().map(|f| register(f.quantity, f.start, f.end)).collect(),
        })
    }

    /// 每…N扣M分, with the limit that stands before it.
    fn deduct(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let is_points = |f: &&Figure| f.quantity.unit == Unit::Score;
        let taken: Vec<&Figure> =
            self.figures.iter().filter(is_points).filter(|f| f.start > 0 && self.chars[f.start - 1] == '扣').collect();
        let [each] = taken[..] else { return None };
        let lead: String = self.chars[..each.start].iter().collect();
        let fault = [
            "发现一处",
            "每发现一处",
            "发现1处",
            "每有一处",
            "每出现一次",
            "每有1项",
            "每有一项",
            "发现一例",
            "每发现一例",
            "每发现1处",
        ]
        .iter()
        .any(|word| lead.contains(word));
        if fault && self.figures.iter().all(|f| f.start == each.start || f.quantity.value() == Decimal::ONE) {
            return Some(Wording::Deduct {
                limit: None,
                step: None,
                each: register(each.quantity, each.start, each.end),
                beyond: None,
                full: None,
            });
        }
        let beyond = ["每增加", "每超过", "每超出", "每超", "每高于", "每上升", "每提高", "每高"];
        let short = ["每降低", "每减少", "每低于", "每下降", "每少", "每低"];
        let at = |words: &[&str]| words.iter().find_map(|word| self.find(word));
        let (from, forward) = at(&beyond).map(|at| (at, false)).or_else(|| at(&short).map(|at| (at, true)))?;
        let step = self.figures.iter().find(|f| {
            f.start > from && f.end < each.start && matches!(f.quantity.unit, Unit::Points | Unit::Percent)
        })?;
        let limit = self.figures.iter().find(|f| f.end <= from && f.quantity.unit == Unit::Percent)?;
        let comparison = self.comparison(limit)?;
        // One limit, and once more as that of what lies beyond it: a rule of several tiers is none of these.
        let others: Vec<&Figure> = self
            .figures
            .iter()
            .filter(|f| f.end <= from && f.start > limit.start && f.quantity.unit == Unit::Percent)
            .collect();
        let again = match others[..] {
            [] => None,
            [again] if turned(self.comparison(again)?) == Some(comparison) => Some(again),
            _ => return None,
        };
        let full = self
            .figures
            .iter()
            .find(|f| f.start > limit.end && f.end <= from && f.quantity.unit == Unit::Score)
            .filter(|f| self.chars[f.start - 1] == '得');
        (comparison.is_forward() == forward).then(|| {
            let mut fact = |f: &Figure| register(f.quantity, f.start, f.end);
            Wording::Deduct {
                limit: Some(Bound { comparison, fact: fact(limit) }),
                beyond: again.map(&mut fact),
                full: full.map(&mut fact),
                step: Some(fact(step)),
                each: fact(each),
            }
        })
    }

    /// 达到目标得满分，未达到的按比例得分.
    fn target(&self) -> Option<Wording> {
        let proportional =
            self.text.contains('按') && ["比例", "比率", "完成率"].iter().any(|word| self.text.contains(word));
        let full = ["满分", "得全分"].iter().any(|word| self.text.contains(word));
        let reached = [
            "达到目标",
            "达到指标值",
            "达到预期",
            "完成目标",
            "达到年度",
            "达到标准",
            "达标",
            "截止",
            "截至",
            "按时完成",
        ]
        .iter()
        .any(|word| self.text.contains(word));
        // Limits of its own make it a rule of tiers.
        let own_limits = self
            .figures
            .iter()
            .any(|f| matches!(f.quantity.unit, Unit::Percent) && comparison(self.chars, f.start, f.end).is_some());
        let bands = self.text.contains("三档");
        let applies = (proportional || (full && reached)) && (!own_limits || bands);
        applies.then(|| Wording::Target { proportional, else_zero: self.else_zero() && !proportional })
    }

    fn tiers(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let tiers = self.tiers_in(0, self.chars.len(), register)?;
        Some(Wording::Tiers { tiers, else_zero: self.else_zero() })
    }

    /// The tiers between two places.
    fn tiers_in(
        &self,
        mut start: usize,
        last: usize,
        register: &mut dyn FnMut(Quantity, usize, usize) -> FactId,
    ) -> Option<Vec<Tier>> {
        let mut tiers: Vec<PrintedTier> = Vec::new();
        // Tiers are sentences; where all stand in one, they are its clauses.
        let sentences = self.chars[start..last].iter().filter(|c| matches!(c, '。' | '；')).count();
        let clauses = sentences == 0 || sentences == 1 && matches!(self.chars[last - 1], '。' | '；');
        let points =
            self.figures.iter().filter(|f| f.start >= start && f.end <= last && f.quantity.unit == Unit::Score);
        let clauses = clauses && points.count() > 1 && !self.text.contains("否则");
        // A comma may also part a limit from its points.
        let parts = |i: usize| {
            matches!(self.chars[i], '。' | '；')
                || clauses && matches!(self.chars[i], '，' | ',' | '、') && matches!(self.chars[i - 1], '分' | ' ')
        };
        for end in (start..=last).filter(|&i| i == last || i > 0 && parts(i)) {
            let inside = self.figures.iter().filter(|f| f.start >= start && f.end <= end);
            let (points, limits): (Vec<&Figure>, Vec<&Figure>) = inside.partition(|f| f.quantity.unit == Unit::Score);
            let clause: String = self.chars[start..end].iter().collect();
            start = end + 1;
            if limits.is_empty() {
                if clause.trim().is_empty() || clause.starts_with("否则") || clause.contains("扣完") {
                    continue;
                }
                return None;
            }
            let zero = clause.contains("不得分");
            let full = clause.contains("满分");
            let (points, zero) = match (points[..].first(), points.len()) {
                (Some(points), 1) => (Some(**points), false),
                // 得4分，否则0分 in one clause.
                (Some(points), 2) if clause.contains("否则") => (Some(**points), false),
                (None, _) if full => (None, false),
                (None, _) if zero => (None, true),
                _ => return None,
            };
            let bounds = match limits[..] {
                [one] => vec![(comparison(self.chars, one.start, one.end)?, *one)],
                [a, b] => {
                    let (low, high) = if a.quantity.value() <= b.quantity.value() { (a, b) } else { (b, a) };
                    let included = |f: &Figure| self.chars[f.end..].iter().collect::<String>().starts_with("（含）");
                    if !(clause.contains("之间")
                        || clause.contains('至')
                        || clause.contains('-')
                        || clause.contains('～'))
                    {
                        return None;
                    }
                    // 80%-90% leaves open which of its ends it holds.
                    let open = !included(low) && !included(high);
                    let lower = if open || included(low) { Comparison::AtLeast } else { Comparison::Above };
                    let upper = if open || included(high) { Comparison::AtMost } else { Comparison::Below };
                    vec![(lower, *low), (upper, *high)]
                }
                _ => return None,
            };
            tiers.push(PrintedTier { bounds, points, zero });
        }
        let unit = tiers.first()?.bounds[0].1.quantity.unit;
        if tiers.iter().flat_map(|tier| &tier.bounds).any(|(_, f)| f.quantity.unit != unit) {
            return None;
        }
        let mut fact = |f: Figure| register(f.quantity, f.start, f.end);
        let tiers = tiers
            .into_iter()
            .map(|PrintedTier { bounds, points, zero }| Tier {
                bounds: bounds.into_iter().map(|(comparison, f)| Bound { comparison, fact: fact(f) }).collect(),
                award: points.map_or(if zero { Award::Zero } else { Award::Full }, |f| Award::Points(fact(f))),
            })
            .collect();
        Some(tiers)
    }

    /// 正常得满分；全部符合5分: words without figures before the points.
    fn words(&self, register: &mut dyn FnMut(Quantity, usize, usize) -> FactId) -> Option<Wording> {
        let end = self.chars.iter().position(|c| matches!(c, '，' | ',' | '；' | '。')).unwrap_or(self.chars.len());
        let first: String = self.chars[..end].iter().collect();
        // 制度健全得2分，计划合理得1分: whether these add up or one of them is given, the words do not say.
        let awards = self.figures.iter().filter(|f| f.quantity.unit == Unit::Score && !f.quantity.figure.is_zero());
        if awards.filter(|f| self.chars[..f.start].ends_with(&['得'])).count() > 1 {
            return None;
        }
        let points = self.figures.first().filter(|f| f.quantity.unit == Unit::Score);
        let (words, award) =
            if let Some(full) = ["得满分", "记满分", "计满分"].iter().find(|word| self.text.contains(**word)) {
                (first.split(full).next()?.to_owned(), Award::Full)
            } else {
                let points = points.filter(|f| f.start <= end + 2)?;
                let words: String = self.chars[..points.start.min(end)].iter().collect();
                (
                    words.trim_end_matches('得').to_owned(),
                    Award::Points(register(points.quantity, points.start, points.end)),
                )
            };
        let plain = !words.is_empty()
            && words.chars().count() <= 12
            && !words.contains(|c: char| c.is_ascii_digit())
            && !words.contains(['：', '、']);
        plain.then(|| Wording::Words { words, award, else_zero: self.else_zero() })
    }

    fn comparison(&self, figure: &Figure) -> Option<Comparison> {
        comparison(self.chars, figure.start, figure.end)
    }

    fn find(&self, word: &str) -> Option<usize> {
        self.text.find(word).map(|at| self.text[..at].chars().count())
    }
}

/// What lies beyond a limit: > behind ≤.
fn turned(comparison: Comparison) -> Option<Comparison> {
    match comparison {
        Comparison::AtLeast => Some(Comparison::Below),
        Comparison::Above => Some(Comparison::AtMost),
        Comparison::AtMost => Some(Comparison::Above),
        Comparison::Below => Some(Comparison::AtLeast),
        Comparison::Exactly => None,
    }
}

/// A rule's text with its numbers.
struct Reader<'c> {
    chars: &'c [char],
    text: &'c str,
    figures: Vec<Figure>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> (Option<Wording>, Vec<String>) {
        let flow = crate::document::Flow::read(text, &[crate::source::ByteSpan { start: 0, end: text.len() }]);
        let mut numbers = Vec::new();
        let wording = read(flow.chars(), &mut |quantity, _, _| {
            numbers.push(quantity.figure.normalize().to_string());
            numbers.len() - 1
        });
        (wording, numbers)
    }

    #[test]
    fn reads_the_common_wordings() {
        let (wording, numbers) = reading("①绩效指标明确（1分） ②监控有力（2分）");
        assert_eq!((wording, numbers), (Some(Wording::Split(vec![0, 1])), vec!["1".into(), "2".into()]));
        let (wording, numbers) = reading("全年完成数≥33万人(10分)");
        let tier = Tier { bounds: vec![Bound { comparison: Comparison::AtLeast, fact: 0 }], award: Award::Points(1) };
        assert_eq!(
            (wording, numbers),
            (Some(Wording::Tiers { tiers: vec![tier], else_zero: false }), vec!["33".into(), "10".into()])
        );
        let (wording, _) = reading("少于6天,得满分;否则不得分");
        let tier = Tier { bounds: vec![Bound { comparison: Comparison::Below, fact: 0 }], award: Award::Full };
        assert_eq!(wording, Some(Wording::Tiers { tiers: vec![tier], else_zero: true }));
        let (wording, _) = reading("正常运行,得4分,否则0分");
        assert_eq!(
            wording,
            Some(Wording::Words { words: "正常运行".into(), award: Award::Points(0), else_zero: true })
        );
        assert_eq!(
            reading("完成率在90%（含）和95%之间，得8分。完成率<90%的，得0分。")
                .0
                .map(|w| matches!(w, Wording::Tiers { tiers, .. } if tiers.len() == 2)),
            Some(true)
        );
        let (wording, numbers) = reading("90%以上得20分，80%-90%得15分，80%以下不得分");
        assert!(matches!(wording, Some(Wording::Tiers { tiers, .. }) if tiers.len() == 3));
        assert_eq!(numbers, ["90", "20", "80", "90", "15", "80"]);
        assert_eq!(
            reading("调整率绝对值≤5%，得5分。调整率绝对值>5%的，每增加0.1个百分点扣0.1分，扣完为止。").1,
            ["5", "5", "5", "0.1", "0.1"]
        );
        assert_eq!(
            reading("执行数/预算数*4分（执行率≥90%，按4分计算）").0,
            Some(Wording::Execution { cap: Some(0), points: vec![1, 2] })
        );
        assert_eq!(
            reading("未达到目标的按完成比例得分").0,
            Some(Wording::Target { proportional: true, else_zero: false })
        );
        assert_eq!(
            reading("发现一处不合规扣1分，扣完为止").0,
            Some(Wording::Deduct { limit: None, step: None, each: 0, beyond: None, full: None })
        );
        assert_eq!(reading("得分=（1-结余率）×6").0, Some(Wording::Rest { rate: "结余率".into(), points: 0 }));
        assert_eq!(reading("得分=（1-收入偏离度）×100%×4+（1-支出偏离度）×100%×2。").0, None);
    }

    #[test]
    fn reads_a_rule_in_parts() {
        let text = "半年进度：进度率≥45%，得2分；进度率<45%，得0分。 前三季度进度：进度率≥75%，得3分；进度率在60%（含）和75%之间，得2分；进度率<60%，得0分。";
        let Some(Wording::Parts(parts)) = reading(text).0 else { panic!("{text}") };
        let read: Vec<(&str, usize)> = parts.iter().map(|part| (part.name.as_str(), part.tiers.len())).collect();
        assert_eq!(read, [("半年进度", 2), ("前三季度进度", 3)]);
    }

    #[test]
    fn reads_what_keeps_within_a_rate() {
        let text = "得分=预算结余率小于 10%的常年项目数量÷部门预算常年项目总数×100%×3+预算结余率小于10%的一次性项目和阶段项目数量÷部门预算一次性项目和阶段项目总数×100%×2。";
        let Some(Wording::Kept(parts)) = reading(text).0 else { panic!("{text}") };
        assert_eq!(parts.iter().map(|part| part.kind.as_str()).collect::<Vec<_>>(), ["常年", "一次性"]);
    }

    #[test]
    fn reads_tiers_in_parts_of_a_norm() {
        let text = "家具利用率=超期家具价值÷家具价值×100%。家具利用率为 X，全市平均值为20%，则：X＞N，得 2 分；0.5N＜X≤N，得 1 分；X≤0.5N，得 0.5分。";
        let Some(Wording::Norms(norms)) = reading(text).0 else { panic!("{text}") };
        let [Norm { name, tiers, .. }] = &norms[..] else { panic!("{norms:?}") };
        assert_eq!(name, "家具利用率");
        let half = Some(Decimal::new(5, 1));
        let ends: Vec<_> = tiers.iter().map(|tier| (tier.above, tier.to)).collect();
        assert_eq!(ends, [(Some(Decimal::ONE), None), (half, Some(Decimal::ONE)), (None, half)]);
    }

    #[test]
    fn reads_goals_and_points_in_a_row() {
        let text = "执行进度在6、9、11月应达到序时进度的80%、90%、90%，即分别达到40%、67.5%、82.5%。达到的分别得1、2、3分，未达到的按其实际进度占目标进度的比重计算得分。";
        let (wording, numbers) = reading(text);
        assert_eq!(wording, Some(Wording::Progress { goals: vec![0, 1, 2], points: vec![3, 4, 5] }));
        assert_eq!(numbers, ["40", "67.5", "82.5", "1", "2", "3"]);
    }

    #[test]
    fn leaves_the_rest_to_a_person() {
        for text in [
            "账实不符不得分",
            "半年进度率≥45%，得2分；前三季度进度率≥75%，得3分。",
            "根据实际情况酌情给分",
            "①符合意见 ②符合办法（4分）",
            "",
        ] {
            assert_eq!(reading(text).0, None, "{text}");
        }
    }
}
