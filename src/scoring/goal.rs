//! What was to be reached, and what was: a quantity with its comparison, a date, or words.

use super::when::When;
use crate::facts::{FactId, Quantity, Token, TokenKind, Unit, tokens};
use crate::numbers::Scale;
use crate::source::ByteSpan;
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// How an actual figure is held against its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// ≥, 不低于, 以上.
    AtLeast,
    /// >, 高于.
    Above,
    /// ≤, 不超过, 以内.
    AtMost,
    /// <, 少于.
    Below,
    /// =.
    Exactly,
}

use Comparison::*;

impl Comparison {
    /// Whether an ordering of actual to target fulfils it.
    pub fn holds(self, order: Ordering) -> bool {
        match self {
            AtLeast => order.is_ge(),
            Above => order.is_gt(),
            AtMost => order.is_le(),
            Below => order.is_lt(),
            Exactly => order.is_eq(),
        }
    }

    /// Whether more is better.
    pub fn is_forward(self) -> bool {
        matches!(self, AtLeast | Above)
    }
}

/// The words and signs right before a figure. Forms print 》 for ≥ and 《 for ≤; which of ≥ and > is meant they do not say, so the milder
/// one is taken.
const BEFORE: [(&str, Comparison); 23] = [
    ("不低于", AtLeast),
    ("不少于", AtLeast),
    ("不小于", AtLeast),
    ("大于等于", AtLeast),
    ("≥", AtLeast),
    ("≧", AtLeast),
    ("》", AtLeast),
    ("达到", AtLeast),
    ("不高于", AtMost),
    ("不超过", AtMost),
    ("不大于", AtMost),
    ("小于等于", AtMost),
    ("≤", AtMost),
    ("≦", AtMost),
    ("《", AtMost),
    ("超过", Above),
    ("高于", Above),
    ("大于", Above),
    (">", Above),
    ("低于", Below),
    ("少于", Below),
    ("小于", Below),
    ("<", Below),
];

/// The words right behind a figure.
const BEHIND: [(&str, Comparison); 5] =
    [("及以上", AtLeast), ("以上", AtLeast), ("以下", AtMost), ("以内", AtMost), ("及以下", AtMost)];

/// The comparison that stands at a figure.
pub fn comparison(chars: &[char], start: usize, end: usize) -> Option<Comparison> {
    let before: String = chars[start.saturating_sub(5)..start].iter().filter(|c| **c != ' ').collect();
    let behind: String = chars[end..chars.len().min(end + 7)].iter().collect();
    // 90%（含）以上: that the limit itself counts is what 以上 says.
    let behind = behind.strip_prefix("（含）").unwrap_or(&behind);
    if before.ends_with('=') {
        return Some(if before.ends_with(">=") {
            AtLeast
        } else if before.ends_with("<=") {
            AtMost
        } else {
            Exactly
        });
    }
    BEFORE
        .iter()
        .find(|(word, _)| before.ends_with(word))
        .or_else(|| BEHIND.iter().find(|(word, _)| behind.starts_with(word)))
        .map(|(_, c)| *c)
}

/// A cell that says what was to be reached, or what was.
#[derive(Debug, Clone)]
pub struct Goal {
    /// Its text without spaces.
    pub text: String,
    /// Where it stands.
    pub span: ByteSpan,
    /// Its figure, where it has one and only one.
    pub fact: Option<FactId>,
    /// The comparison that it states.
    pub comparison: Option<Comparison>,
    /// The ends of a range: 7-8个工作日.
    pub range: Option<[FactId; 2]>,
    /// The date that it names.
    pub day: Option<When>,
}

/// The one quantity of a text, with its place and comparison.
pub fn quantity(chars: &[char]) -> Option<(Quantity, usize, usize, Option<Comparison>)> {
    let mut found = tokens(chars).into_iter().filter_map(|token| match token.kind {
        TokenKind::Quantity(quantity) => Some((quantity, token.start, token.end)),
        _ => None,
    });
    let (quantity, start, end) = found.next()?;
    // Months and days of a date are no quantities; two figures are a range or a description.
    (found.next().is_none() && When::read(chars).is_none())
        .then(|| (quantity, start, end, comparison(chars, start, end)))
}

/// A bare figure with the unit that stands in the next cell: 30000 | 元.
pub fn of_unit(quantity: Quantity, unit: &str) -> Quantity {
    let printed: Vec<char> = format!("{}{unit}", quantity.figure).chars().collect();
    match tokens(&printed)[..] {
        [token] if token.end == printed.len() => match token.kind {
            TokenKind::Quantity(with) => Quantity { unit: with.unit, scale: with.scale, ..quantity },
            _ => quantity,
        },
        _ => quantity,
    }
}

/// The two quantities of a text that is a range: 7-8个工作日, 90%～95%. Behind the first the unit may be left out.
pub fn ends(chars: &[char]) -> Option<[(Quantity, usize, usize); 2]> {
    let quantity = |token: Token| match token.kind {
        TokenKind::Quantity(quantity) => Some((quantity, token.start, token.end)),
        _ => None,
    };
    let [(low, from, to), (high, start, end)] = tokens(chars).into_iter().filter_map(quantity).collect::<Vec<_>>()[..]
    else {
        return None;
    };
    // The lexer may take the mark between them for a sign.
    let signed = high.figure.is_sign_negative();
    let mark: String = chars[to..start + usize::from(signed)].iter().filter(|c| **c != ' ').collect();
    let joined = matches!(mark.as_str(), "-" | "—" | "–" | "~" | "～" | "至");
    let high = Quantity { figure: high.figure.abs(), ..high };
    let low = if low.unit == Unit::Bare { Quantity { unit: high.unit, scale: high.scale, ..low } } else { low };
    let plain = chars[..from].iter().all(|c| *c == ' ') && low.unit == high.unit && low.value() < high.value();
    (joined && plain && When::read(chars).is_none())
        .then_some([(low, from, to), (high, start + usize::from(signed), end)])
}

/// How one quantity stands to another of the same unit. A figure without a unit is of the other's.
pub fn order(actual: &Quantity, target: &Quantity) -> Option<Ordering> {
    let bare = actual.unit == Unit::Bare || target.unit == Unit::Bare;
    if actual.unit != target.unit
        && !(bare && (actual.scale == target.scale || actual.scale > Scale::ONE && target.scale > Scale::ONE))
    {
        return None;
    }
    Some(actual.value().cmp(&target.value()))
}

impl Goal {
    /// From where to where the figure may lie: at it, or on one side of it where it is itself only a limit.
    pub fn range(&self, value: Decimal) -> (Option<Decimal>, Option<Decimal>) {
        match self.comparison {
            None | Some(Exactly) => (Some(value), Some(value)),
            Some(AtLeast | Above) => (Some(value), None),
            Some(AtMost | Below) => (None, Some(value)),
        }
    }

    /// Between which figures it lies.
    pub fn figures(&self) -> Option<[FactId; 2]> {
        self.range.or(self.fact.map(|fact| [fact, fact]))
    }

    /// Whether this, as what was reached, meets a target; none where that cannot be told.
    pub fn meets(&self, target: &Goal, quantity: &dyn Fn(FactId) -> Quantity) -> Option<bool> {
        if let (Some(mine), Some(wanted)) = (self.fact, target.fact) {
            let order = order(&quantity(mine), &quantity(wanted))?;
            let Some(wanted) = target.comparison else { return order.is_eq().then_some(true) };
            return match self.comparison {
                None | Some(Exactly) => Some(wanted.holds(order)),
                // What was reached is itself only a limit: it meets a target of the same direction that is no further.
                Some(own) if own.is_forward() == wanted.is_forward() && wanted != Exactly => {
                    let met = order.is_eq() || wanted.holds(order);
                    met.then_some(true)
                }
                Some(_) => None,
            };
        }
        if let (Some(mine), Some(wanted)) = (self.day, target.day) {
            return mine.meets(wanted);
        }
        if let (Some(mine), Some(wanted)) = (self.figures(), target.figures())
            && self.comparison.is_none()
        {
            return within(mine.map(quantity), wanted.map(quantity), target.comparison);
        }
        (self.text == target.text && !self.text.is_empty()).then_some(true)
    }
}

/// Whether all between two ends meets a target that may itself be a range; none where some of it does.
fn within(mine: [Quantity; 2], wanted: [Quantity; 2], comparison: Option<Comparison>) -> Option<bool> {
    let [low, high] = mine;
    let [least, most] = wanted;
    let (low_to_least, high_to_most) = (order(&low, &least)?, order(&high, &most)?);
    let (low_to_most, high_to_least) = (order(&low, &most)?, order(&high, &least)?);
    match comparison {
        Some(AtMost | Below) if high_to_most.is_le() => Some(true),
        Some(AtMost | Below) => low_to_most.is_gt().then_some(false),
        Some(AtLeast | Above) if low_to_least.is_ge() => Some(true),
        Some(AtLeast | Above) => high_to_least.is_lt().then_some(false),
        Some(Exactly) | None => (low_to_least.is_ge() && high_to_most.is_le()).then_some(true),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<String>, Option<Comparison>) {
        let chars: Vec<char> = text.chars().collect();
        let found = quantity(&chars);
        (found.map(|(q, ..)| q.value().normalize().to_string()), found.and_then(|(.., c)| c))
    }

    #[test]
    fn reads_figures_with_their_comparison() {
        assert_eq!(read("≥90%"), (Some("90".into()), Some(AtLeast)));
        assert_eq!(read("》 95%"), (Some("95".into()), Some(AtLeast)));
        assert_eq!(read("少于6天"), (Some("6".into()), Some(Below)));
        assert_eq!(read("90%以上"), (Some("90".into()), Some(AtLeast)));
        assert_eq!(read("=100%"), (Some("100".into()), Some(Exactly)));
        assert_eq!(read("5000家"), (Some("5000".into()), None));
        assert_eq!(read("2020年12月31日前"), (None, None));
        assert_eq!(read("12月底前"), (None, None));
    }

    #[test]
    fn reads_the_ends_of_a_range() {
        let ends = |text: &str| {
            let found = super::ends(&text.chars().collect::<Vec<_>>())?;
            Some(found.map(|(quantity, ..)| (quantity.value().normalize().to_string(), quantity.unit)))
        };
        let days = |low: &str, high: &str| Some([(low.to_owned(), Unit::Duration), (high.to_owned(), Unit::Duration)]);
        assert_eq!(ends("7-8个工作日"), days("7", "8"));
        assert_eq!(ends("15至30天"), days("15", "30"));
        assert!(ends("90%～95%").is_some());
        for text in ["2018-2020年", "3处5个", "8-7个工作日", "6-9月", "5%"] {
            assert_eq!(ends(text), None, "{text}");
        }
    }

    #[test]
    fn a_range_meets_what_all_of_it_meets() {
        let quantity = |n: u32| Quantity {
            figure: n.into(),
            scale: Scale::ONE,
            decimals: 0,
            unit: Unit::Duration,
            loose: false,
            garbled: false,
        };
        let within = |mine: [u32; 2], wanted: [u32; 2], c| super::within(mine.map(quantity), wanted.map(quantity), c);
        assert_eq!(within([15, 30], [7, 8], Some(AtMost)), Some(false));
        assert_eq!(within([5, 7], [7, 8], Some(AtMost)), Some(true));
        assert_eq!(within([5, 9], [7, 8], Some(AtMost)), None);
        assert_eq!(within([7, 8], [7, 8], None), Some(true));
        assert_eq!(within([3, 4], [7, 8], None), None);
    }
}
