//! Rules that are formulas: a rate of the points, what a rate leaves of them, straight lines between marks.

use super::read::{Figure, Reader, Register};
use super::{Bound, Kept, Line, Wording};
use crate::facts::{Quantity, Unit};
use crate::relations::FactId;
use crate::scoring::goal::{Comparison, comparison};
use rust_decimal::Decimal;

impl Reader<'_> {
    /// 满分:≥90% 合格:60% 零分:≤50% 其他:合格之上:60+40*(实际值-60%)/20% 合格之下:60-60*(60%-实际值)/10%
    pub(super) fn marks(&self, register: &mut Register) -> Option<Wording> {
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

    /// The four figures of a line, behind the words that lead it.
    pub(super) fn line(&self, lead: &str, sign: char, register: &mut Register) -> Option<Line> {
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

    /// 得分=（1-部门整体预算结余率）×100%×2. A sum of several of them has names for which the words must be asked one by one.
    pub(super) fn rest(&self, register: &mut Register) -> Option<Wording> {
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
    pub(super) fn kept(&self, register: &mut Register) -> Option<Wording> {
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

    /// Goals in a row, points in a row, and in proportion what misses its goal.
    pub(super) fn progress(&self, register: &mut Register) -> Option<Wording> {
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

    pub(super) fn execution(&self, register: &mut Register) -> Option<Wording> {
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
}
