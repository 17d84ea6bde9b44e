//! Rules of tiers: limits with points, for one figure, for several parts, or in parts of a norm.

use super::read::{Figure, Reader, Register};
use super::{Award, Bound, Norm, NormTier, Part, Tier, Wording};
use crate::facts::{Quantity, Unit};
use crate::scoring::goal::{Comparison, comparison};
use rust_decimal::Decimal;

/// A tier as printed: its limits, its points, and whether it earns nothing.
struct PrintedTier {
    bounds: Vec<(Comparison, Figure)>,
    points: Option<Figure>,
    zero: bool,
}

impl Reader<'_> {
    pub(super) fn tiers(&self, register: &mut Register) -> Option<Wording> {
        let start = self.definition();
        if let Some((none, points, end)) = self.absent().filter(|(.., end)| *end > start) {
            let tiers = self.tiers_in(start, end, register)?;
            return Some(Wording::Absent { none, points: register(points.quantity, points.start, points.end), tiers });
        }
        let tiers = self.tiers_in(start, self.chars.len(), register)?;
        Some(Wording::Tiers { tiers, else_zero: self.else_zero() })
    }

    /// Where what is defined ends, which stands before the tiers: 变动率=本年数÷上年数×100%，.
    fn definition(&self) -> usize {
        let Some(at) = self.text.rfind("100%，").or_else(|| self.text.rfind("100%。")) else { return 0 };
        let end = self.text[..at].chars().count() + "100%，".chars().count();
        let defines = self.text[..at].contains(['=', '＝']) && self.text[..at].ends_with(['×', '*']);
        let scored = self.figures.iter().any(|f| f.end <= end && f.quantity.unit == Unit::Score);
        if defines && !scored { end } else { 0 }
    }

    /// A last sentence that gives points where there is none of it: 无闲置资产的，得3分; the words, the points, and where it begins.
    fn absent(&self) -> Option<(String, Figure, usize)> {
        let body = self.chars.len() - usize::from(self.chars.last() == Some(&'。'));
        let start = self.chars[..body].iter().rposition(|c| *c == '。')? + 1;
        let sentence: String = self.chars[start..body].iter().filter(|c| **c != ' ').collect();
        let none = &sentence[sentence.find('无')?..];
        let none = none.split(['或', '的', '，', ',']).next().filter(|none| none.chars().count() >= 3)?;
        match self.figures.iter().filter(|f| f.start >= start).collect::<Vec<_>>()[..] {
            [points] if points.quantity.unit == Unit::Score => Some((none.to_owned(), *points, start)),
            _ => None,
        }
    }

    /// The tiers between two places.
    pub(super) fn tiers_in(&self, mut start: usize, last: usize, register: &mut Register) -> Option<Vec<Tier>> {
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
        let limits = || tiers.iter().flat_map(|tier| &tier.bounds).map(|(_, f)| f.quantity);
        // 控制率=0: a zero is of the unit of the other limits.
        let is_zero = |quantity: &Quantity| quantity.unit == Unit::Bare && quantity.figure.is_zero();
        let unit = limits().find(|quantity| !is_zero(quantity)).or(limits().next())?.unit;
        for (_, f) in tiers.iter_mut().flat_map(|tier| &mut tier.bounds).filter(|(_, f)| is_zero(&f.quantity)) {
            f.quantity.unit = unit;
        }
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

    /// Parts that are led by their names, each with tiers.
    pub(super) fn parts(&self, register: &mut Register) -> Option<Wording> {
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

    /// …率为X，…平均值为10%，则：X＞N，得1.5分；0.8N＜X≤N，得0.9分；…。
    pub(super) fn norms(&self, register: &mut Register) -> Option<Wording> {
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
}
