//! Numbers as printed: value, decimals, unit and scale.

use crate::document::{end, garbled, start, starts};
use crate::numbers::{Interval, Scale};
use rust_decimal::Decimal;

/// A number as printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The figure itself, before its scale: 12.37 in 12.37万元.
    pub figure: Decimal,
    /// What the figure is multiplied by: 10000 in 12.37万元.
    pub scale: Scale,
    /// The printed decimals, which say how exact it is.
    pub decimals: u32,
    /// What it counts.
    pub unit: Unit,
    /// Whether words around it make it inexact or a limit: 约, 近, 以上, ≥.
    pub loose: bool,
    /// Whether its figure is garbled in print (1OO.00), and this is what it seems to be.
    pub garbled: bool,
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Money; the base unit is 元.
    Money,
    /// Per cent.
    Percent,
    /// 个百分点, a difference of percentages.
    Points,
    /// 倍, a ratio; the base unit is per cent.
    Times,
    /// Money for one (280元/人): a standard.
    Standard,
    /// Things: 人, 家, 次, 辆.
    Count(Counted),
    /// Days, months, years.
    Duration,
    /// 分 of a score.
    Score,
    /// A bare number.
    Bare,
}

/// The word for what is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Counted(u8);

impl Counted {
    /// The word.
    pub fn word(self) -> &'static str {
        COUNTED[usize::from(self.0)]
    }
}

impl std::fmt::Debug for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.word())
    }
}

impl Unit {
    /// Whether it counts things by this word: 份, 人次.
    pub fn counts_by(self, word: &str) -> bool {
        matches!(self, Unit::Count(Counted(index)) if COUNTED[usize::from(index)] == word)
    }
}

/// A number below a hundred that is written in words: 两, 十二, 三十.
pub fn in_words(words: &[char]) -> Option<u32> {
    const DIGITS: [char; 9] = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| if c == '两' { Some(2) } else { (1..).zip(DIGITS).find(|(_, d)| *d == c).map(|(n, _)| n) };
    match *words {
        ['十'] => Some(10),
        [unit] => digit(unit),
        ['十', unit] => Some(10 + digit(unit)?),
        [ten, '十'] => Some(10 * digit(ten)?),
        [ten, '十', unit] => Some(10 * digit(ten)? + digit(unit)?),
        _ => None,
    }
}

impl Quantity {
    /// The value in the base unit.
    pub fn value(&self) -> Decimal {
        self.figure * self.scale
    }

    /// Every value that rounds to what is printed. A bare zero is exact: nobody writes 0万元 for four thousand yuan, but 0.00% for 0.004%. So
    /// are whole points.
    pub fn interval(&self) -> Interval {
        self.interval_at(self.decimals)
    }

    /// The same, read as if it were printed with more decimals, whose zeros were left out.
    pub fn interval_at(&self, decimals: u32) -> Interval {
        let counted = matches!(self.unit, Unit::Count(_)) && self.scale == Scale::ONE;
        let whole = self.decimals == 0 && (self.figure.is_zero() || self.unit == Unit::Score);
        if whole || counted {
            return Interval::point(self.value());
        }
        self.narrow_interval(decimals).unwrap_or_else(|| {
            let value = self.value();
            let half = Decimal::new(5, decimals + 1) * self.scale;
            Interval { lo: value - half, hi: value + half }
        })
    }

    /// The same, for a figure that leaves room in a machine's word, as nearly all do: halves of its last decimal are whole there.
    fn narrow_interval(&self, decimals: u32) -> Option<Interval> {
        let to_halves = 10_i64.checked_pow((decimals + 1).checked_sub(self.figure.scale())?)?;
        let figure = i64::try_from(self.figure.mantissa()).ok()?.checked_mul(to_halves)?;
        let end = |halves: i64| {
            Some(Decimal::new(figure.checked_add(halves)?.checked_mul(self.scale.whole())?, decimals + 1))
        };
        Some(Interval { lo: end(-5)?, hi: end(5)? })
    }

    /// A value of the base unit printed the way this one is: its scale, its decimals, half up.
    pub fn print(&self, value: Decimal) -> String {
        let figure = value / self.scale;
        let figure = figure.round_dp_with_strategy(self.decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        format!("{figure:.0$}", self.decimals as usize)
    }
}

/// What the reader found at one place of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TokenKind {
    /// A number that measures something.
    Quantity(Quantity),
    /// 2020年 or 2020年度.
    Year(u16),
    /// A percent sign, or 万元 at the end of a clause, without its figure.
    Bare,
    /// An amount or a rate of more digits than any has.
    TooLong,
}

/// A token and the characters that it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// The first character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// Words for what is counted, longer ones first where one begins another.
const COUNTED: [&str; 84] = [
    "人次",
    "人年",
    "批次",
    "户次",
    "家次",
    "车次",
    "场次",
    "例次",
    "件次",
    "团组",
    "公里",
    "千米",
    "平方米",
    "立方米",
    "公顷",
    "人",
    "家",
    "次",
    "批",
    "辆",
    "台",
    "套",
    "名",
    "户",
    "笔",
    "件",
    "册",
    "条",
    "例",
    "所",
    "份",
    "场",
    "亩",
    "吨",
    "株",
    "只",
    "头",
    "张",
    "幅",
    "卷",
    "篇",
    "部",
    "座",
    "栋",
    "间",
    "床",
    "支",
    "位",
    "组",
    "艘",
    "架",
    "本",
    "处",
    "村",
    "页",
    "眼",
    "口",
    "面",
    "期",
    "节",
    "门",
    "种",
    "枚",
    "块",
    "瓶",
    "盒",
    "箱",
    "袋",
    "艇",
    "列",
    "班",
    "宗",
    "起",
    "棵",
    "粒",
    "桩",
    "幢",
    "封",
    "档",
    "款",
    "类",
    "道",
    "项",
    "个",
];

/// Finds the numbers of a text, in order. Years, dates, ordinals and the numbers of items and documents are no quantities.
pub fn tokens(chars: &[char]) -> Vec<Token> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let c = chars[i];
        if c == '%' {
            found.push(Token { kind: TokenKind::Bare, start: i, end: i + 1 });
            i += 1;
        } else if matches!(chars[i..], ['万', '元', '，' | ',' | '。' | '；', ..]) {
            found.push(Token { kind: TokenKind::Bare, start: i, end: i + 2 });
            i += 2;
        } else {
            let number = if c.is_ascii_digit() {
                Some(number(chars, i))
            } else {
                begins_garbled(chars, i).then(|| garbled(chars, i)).flatten()
            };
            let (token, next) = number.map_or((None, i + 1), |number| classify(chars, i, number));
            found.extend(token);
            i = next;
        }
    }
    found
}

/// The longest figure before the decimal point, and behind it.
pub const MOST_DIGITS: usize = 13;
const MOST_DECIMALS: u32 = 10;

/// The bare figure at a place.
struct Number {
    figure: Option<Decimal>,
    decimals: u32,
    end: usize,
    grouped: bool,
    garbled: bool,
}

/// A letter for the first digit: l00.00万元.
fn begins_garbled(chars: &[char], at: usize) -> bool {
    let behind = chars.get(at + 1);
    garbled::digit(chars[at]).is_some()
        && behind.is_some_and(|c| c.is_ascii_digit() || *c == '.')
        && !at.checked_sub(1).is_some_and(|before| chars[before].is_ascii_alphanumeric())
}

/// A figure garbled in print right before the unit of an amount or a rate. A blank in it is a fault where the digits behind it begin with a
/// zero, or are three as behind a separator.
fn garbled(chars: &[char], start: usize) -> Option<Number> {
    let before = start.checked_sub(1).map(|at| chars[at]);
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ' ')) {
        return None;
    }
    let is_digit = |at: usize| chars.get(at).is_some_and(|c| c.is_ascii_digit() || garbled::digit(*c).is_some());
    let digits = |from: usize| (from..).take_while(|&at| is_digit(at)).count();
    let torn = |at: usize| {
        let behind = digits(at + 1);
        chars[at] == ' ' && is_digit(at - 1) && (behind == 3 || behind > 1 && chars[at + 1] == '0')
    };
    let (mut end, mut blanks) = (start, 0);
    while end < chars.len() && end < start + MOST_DIGITS * 2 {
        let is_torn = end > start && torn(end);
        blanks += usize::from(is_torn);
        if !is_torn && !is_digit(end) && !matches!(chars[end], '.' | ',') {
            break;
        }
        end += 1;
    }
    // No rate is so long that a blank would part its digits: 309 100% are two figures.
    let unit = matches!(chars.get(end), Some('万' | '亿' | '元')) || chars.get(end) == Some(&'%') && blanks == 0;
    let printed: String = chars[start..end].iter().filter(|c| **c != ' ').collect();
    let meant = garbled::meant(&printed).or_else(|| (blanks > 0).then(|| printed.replace(',', "")))?;
    let figure: Decimal = meant.parse().ok().filter(|_| unit && meant.len() <= MOST_DIGITS)?;
    Some(Number { figure: Some(figure), decimals: figure.scale(), end, grouped: true, garbled: true })
}

fn number(chars: &[char], start: usize) -> Number {
    let is_digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mut end = start;
    let mut digits = 0;
    let mut grouped = false;
    while end < chars.len() {
        if is_digit(end) {
            digits += 1;
            end += 1;
        } else if let Some(group) = group(chars, end, digits, grouped) {
            grouped = true;
            end = group;
        } else {
            break;
        }
    }
    let mut decimals = 0;
    let point = chars.get(end) == Some(&'.') && is_digit(end + 1);
    if point {
        end += 1;
        while is_digit(end) {
            decimals += 1;
            end += 1;
        }
    }
    // 70,734,万元: a separator too many.
    let stray = matches!(chars.get(end), Some(',' | '，')) && grouped;
    if stray && matches!(chars.get(end + 1..end + 3), Some(['万' | '亿', '元'])) {
        end += 1;
    }
    if matches!(chars.get(end), Some('O' | 'o' | 'l' | 'I' | '.' | ' '))
        && let Some(garbled) = garbled(chars, start)
    {
        return garbled;
    }
    // Longer ones are identity cards, account numbers and noise; computing with them could only overflow.
    let plausible = decimals <= MOST_DECIMALS && digits + usize::from(point) <= MOST_DIGITS;
    let figure = plausible.then(|| {
        let mantissa = chars[start..end].iter().filter_map(|c| c.to_digit(10)).fold(0, |m, d| m * 10 + i128::from(d));
        Decimal::from_i128_with_scale(mantissa, decimals)
    });
    Number { figure, decimals, end, grouped, garbled: false }
}

/// Where the three digits behind a thousands separator begin: `1,358` and the stretched `3,594, 026`.
fn group(chars: &[char], at: usize, before: usize, grouped: bool) -> Option<usize> {
    if !matches!(chars[at], ',' | '，') || before == 0 || (!grouped && before > 3) {
        return None;
    }
    let start = at + 1;
    let three = chars.len() >= start + 3 && chars[start..start + 3].iter().all(char::is_ascii_digit);
    let ends = !chars.get(start + 3).is_some_and(char::is_ascii_digit);
    // A full-width comma parts clauses far more often than digits: it groups only what is grouped already or goes on to decimals.
    let plain = chars[at] == ',' || grouped || chars.get(start + 3) == Some(&'.');
    (three && ends && plain).then_some(start)
}

/// What the number at `start` is, and where to read on.
fn classify(chars: &[char], start: usize, number: Number) -> (Option<Token>, usize) {
    let mut end = number.end;
    let skip = (None, end);
    let Some(figure) = number.figure else {
        let unit = chars[end..].iter().take_while(|c| matches!(c, '万' | '亿' | '元' | '%')).count();
        return ((unit > 0).then_some(Token { kind: TokenKind::TooLong, start, end }), end + unit);
    };
    let before = start.checked_sub(1).map(|i| chars[i]);
    let rest = &chars[end..];
    if before.is_some_and(|c| {
        c.is_ascii_alphabetic() || matches!(c, '_' | '第' | '〔' | '［' | '[' | '图' | '表' | '件' | '.')
    }) && before != Some('件')
    {
        return skip;
    }
    if before == Some('件') && start >= 2 && chars[start - 2] == '附' {
        return skip;
    }
    if number.decimals == 0 && !number.grouped {
        if let Some(token) = date(chars, start, end) {
            return token;
        }
        if is_item_number(chars, start, end) {
            return skip;
        }
    }
    // 财绩[2024]3号, but [（12-10）÷10]×100%.
    let closes_year = starts(rest, "〕") || starts(rest, "]") && rest.get(1).is_some_and(char::is_ascii_digit);
    if starts(rest, "号") || closes_year {
        return skip;
    }
    let (scale, scale_len) = scale(rest);
    let (unit, unit_len) = unit(&rest[scale_len..]);
    if scale_len > 0 && unit == Unit::Bare && starts(rest, "千") {
        return skip;
    }
    end += scale_len + unit_len;
    let negative = is_negative(chars, start);
    let first = if negative { start - 1 } else { start };
    let figure = if negative { -figure } else { figure };
    // A character that was lost beside a figure may have been one of its digits.
    let torn = [before, rest.first().copied()].contains(&Some(char::REPLACEMENT_CHARACTER));
    let loose = torn
        || is_limit(chars, first)
        || is_about(&chars[..first])
        || is_open(&chars[end..])
        || is_range(chars, start, end);
    // A ratio is counted in per cent, as rates are.
    let scale = if unit == Unit::Times { scale.times(Scale::HUNDRED) } else { scale };
    let quantity = Quantity { figure, scale, decimals: number.decimals, unit, loose, garbled: number.garbled };
    (Some(Token { kind: TokenKind::Quantity(quantity), start: first, end }), end)
}

/// Years, months and days. A year on its own is a token; the rest is passed over.
fn date(chars: &[char], start: usize, end: usize) -> Option<(Option<Token>, usize)> {
    let rest = &chars[end..];
    let len = end - start;
    if len == 4 && starts(rest, "年") {
        let year: u16 = chars[start..end].iter().collect::<String>().parse().ok()?;
        if (1949..2100).contains(&year) {
            let end = end + if starts(rest, "年度") { 2 } else { 1 };
            return Some((Some(Token { kind: TokenKind::Year(year), start, end }), end));
        }
    }
    if len == 4 && (starts(rest, "-20") || (start > 0 && matches!(chars[start - 1], '-' | '—') && starts(rest, "年")))
    {
        return Some((None, end));
    }
    let dated =
        starts(rest, "月") || starts(rest, "日") || starts(rest, "时") || starts(rest, "季") || starts(rest, "届");
    (len <= 2 && dated).then_some((None, end + 1))
}

/// `1.`, `1、`, `（1）` before words.
fn is_item_number(chars: &[char], start: usize, end: usize) -> bool {
    if end - start > 2 {
        return false;
    }
    let before = start.checked_sub(1).map(|i| chars[i]);
    let behind = chars.get(end).copied();
    let next = chars.get(end + 1).copied();
    let opens = matches!(before, None | Some('。' | '；' | '：' | '，' | '、' | ' ' | '（' | '“' | '-'));
    match behind {
        Some('.' | '、' | '．') => opens && !next.is_some_and(|c| c.is_ascii_digit()),
        Some('）') => before == Some('（'),
        Some('：') => opens && before != Some('：'),
        _ => false,
    }
}

fn scale(rest: &[char]) -> (Scale, usize) {
    if !matches!(rest.first(), Some('万' | '亿' | '千' | '百')) {
        return (Scale::ONE, 0);
    }
    for (word, exponent) in [("万亿", 12), ("亿", 8), ("千万", 7), ("百万", 6), ("万", 4), ("千元", 3)] {
        if starts(rest, word) {
            let len = if word == "千元" { 1 } else { word.chars().count() };
            return (Scale::ten_to(exponent), len);
        }
    }
    (Scale::ONE, 0)
}

fn unit(rest: &[char]) -> (Unit, usize) {
    // Most numbers of a table stand alone.
    if matches!(rest.first(), None | Some(' ' | '，' | '。' | '；' | '、' | '）')) {
        return (Unit::Bare, 0);
    }
    if starts(rest, "%") {
        return (Unit::Percent, 1);
    }
    if starts(rest, "个百分点") || starts(rest, "百分点") {
        return (Unit::Points, if rest[0] == '个' { 4 } else { 3 });
    }
    if starts(rest, "元") {
        let per = rest.get(1).is_some_and(|c| matches!(c, '/' | '每'));
        return (if per { Unit::Standard } else { Unit::Money }, 1);
    }
    if starts(rest, "倍") {
        return (Unit::Times, 1);
    }
    const DURATIONS: [&str; 8] = ["个工作日", "个月", "天", "小时", "分钟", "周岁", "岁", "年"];
    if let Some(index) = start(rest, DURATIONS) {
        return (Unit::Duration, DURATIONS[index].chars().count());
    }
    if starts(rest, "分") && !starts(rest, "分别") {
        return (Unit::Score, 1);
    }
    if let Some(index) = start(rest, COUNTED) {
        let len = if starts(rest, "台（套）") { 4 } else { COUNTED[index].chars().count() };
        return (Unit::Count(Counted(index as u8)), len);
    }
    // 1.4亿 and 0.3万 beside amounts are money only where the words say so; the reader of the sentence decides.
    (Unit::Bare, 0)
}

/// A minus sign, where it cannot be the dash of a range or a list.
fn is_negative(chars: &[char], start: usize) -> bool {
    if start == 0 || chars[start - 1] != '-' {
        return false;
    }
    match start.checked_sub(2).map(|i| chars[i]) {
        None => true,
        Some(c) => !(c.is_ascii_alphanumeric() || matches!(c, '%' | '年' | '月' | '日' | '-' | '—')),
    }
}

/// ≥90%, 》90%, >100.
fn is_limit(chars: &[char], start: usize) -> bool {
    start > 0 && matches!(chars[start - 1], '≥' | '≤' | '>' | '<' | '》' | '《' | '≧' | '≦')
}

/// 约, 近, 超过, 不低于 before it.
fn is_about(before: &[char]) -> bool {
    const ABOUT: [&str; 17] = [
        "约",
        "近",
        "超过",
        "超",
        "不低于",
        "不少于",
        "不高于",
        "不超过",
        "低于",
        "少于",
        "高于",
        "大于",
        "小于",
        "不足",
        "达不到",
        "每",
        "人均",
    ];
    end(before, ABOUT).is_some()
}

/// 以上, 以内, 余, 多 behind it.
fn is_open(rest: &[char]) -> bool {
    start(rest, ["以上", "以下", "以内", "左右", "余", "多", "及以上", "（含）", "以外"]).is_some()
}

/// 7-8个, 3至5个: neither end is a quantity by itself.
fn is_range(chars: &[char], start: usize, end: usize) -> bool {
    let dash = |c: Option<&char>| matches!(c, Some('-' | '~' | '～' | '—'));
    let digit = |c: Option<&char>| c.is_some_and(char::is_ascii_digit);
    let before = start >= 2 && dash(chars.get(start - 1)) && chars[start - 2].is_ascii_digit();
    before || (dash(chars.get(end)) && digit(chars.get(end + 1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        tokens(&chars)
            .into_iter()
            .map(|t| match t.kind {
                TokenKind::Quantity(q) => {
                    format!("{} {:?}{}", q.value().normalize(), q.unit, if q.loose { " loose" } else { "" })
                }
                TokenKind::Year(y) => format!("year {y}"),
                TokenKind::Bare => "bare".to_owned(),
                TokenKind::TooLong => "too long".to_owned(),
            })
            .collect()
    }

    #[test]
    fn reads_the_genres_numbers() {
        assert_eq!(read("1,358.87万元，282,000元"), ["13588700 Money", "282000 Money"]);
        assert_eq!(read("3,594,026元"), ["3594026 Money"]);
        assert_eq!(read("70,734,万元"), ["707340000 Money"]);
        assert_eq!(
            read("79万人次、89家，其中32家"),
            ["790000 Count(\"人次\")", "89 Count(\"家\")", "32 Count(\"家\")"]
        );
        assert_eq!(read("科目-1769万元"), ["-17690000 Money"]);
        assert_eq!(read("280元/人年，0台（套）"), ["280 Standard", "0 Count(\"台\")"]);
        assert_eq!(read("占%，下降1.5个百分点"), ["bare", "1.5 Points"]);
    }

    #[test]
    fn a_garbled_figure_before_its_unit_is_read_as_what_it_seems_to_be() {
        let garbled = |text: &str| {
            let chars: Vec<char> = text.chars().collect();
            let quantity = |token: Token| match token.kind {
                TokenKind::Quantity(quantity) if quantity.garbled => Some(quantity.figure.to_string()),
                _ => None,
            };
            tokens(&chars).into_iter().find_map(quantity)
        };
        for (text, figure) in [
            ("支出8OO.00万元", "800.00"),
            ("支出l00.5元", "100.5"),
            ("支出100..00万元", "100.00"),
            ("占2O%", "20"),
            ("总计1 000.00万元", "1000.00"),
            ("收入6 00.00万元", "600.00"),
        ] {
            assert_eq!(garbled(text).as_deref(), Some(figure), "{text}");
        }
        for text in [
            "支出3 25.00万元",
            "见第3 000页",
            "H100万元",
            "1.2.3万元",
            "得309 100%",
            "支出3,594, 026元",
            "年1月 2 345.00万元",
        ] {
            assert_eq!(garbled(text), None, "{text}");
        }
        assert_eq!(read("收入12345678901234.00万元，账号12345678901234567"), ["too long"]);
        assert_eq!(read("O.，l1，I."), [""; 0]);
    }

    #[test]
    fn passes_over_what_is_no_quantity() {
        assert_eq!(read("2020年度，截至12月31日，第2批，财绩〔2024〕3号，（1）甲，附件1，_Hlk163"), ["year 2020"]);
        assert_eq!(read("1.教育；2.住房"), [""; 0]);
    }

    #[test]
    fn knows_limits_and_ranges() {
        assert_eq!(
            read("≥90%，》95%，约40万人，200多家，50万元以上，7-8个工作日，1�2万元")
                .iter()
                .filter(|q| !q.ends_with("loose"))
                .count(),
            0
        );
    }
}
