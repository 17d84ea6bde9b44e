//! The rows of money in a form: 全年预算数（A）, 全年执行数（B）, 执行率（B/A）, one row for the whole and one for each source.

use crate::facts::{FactId, Quantity, TokenKind, Unit, tokens};
use crate::numbers::Scale;
use rust_decimal::Decimal;

/// A row of money.
#[derive(Debug, Clone, Default)]
pub struct Fund {
    /// Its name.
    pub label: String,
    /// 年初预算数.
    pub initial: Option<FactId>,
    /// 全年预算数.
    pub budget: Option<FactId>,
    /// 全年执行数.
    pub executed: Option<FactId>,
    /// 执行率.
    pub rate: Option<FactId>,
    /// 分值.
    pub weight: Option<FactId>,
    /// 得分.
    pub score: Option<FactId>,
    /// What was planned and what was spent, by source, where a task's row parts them.
    pub sources: [Vec<FactId>; 2],
    /// Whether the head says that the score is the rate of the weight: 得分（20分*执行率）.
    pub by_rate: bool,
}

impl Fund {
    /// Whether it is the whole that the rows below are parts of.
    pub fn is_whole(&self) -> bool {
        is_whole(&self.label)
    }
}

/// The name of the row that the others are parts of.
const WHOLE: &str = "年度资金总额";

fn is_whole(label: &str) -> bool {
    label.contains("总额") || label.contains("总金额") || label == "合计"
}

/// What a figure of the row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// 年初预算数.
    Initial,
    /// 全年预算数, 调整后预算数.
    Budget,
    /// 全年执行数.
    Executed,
    /// 执行率.
    Rate,
    /// 分值, 权重.
    Weight,
    /// 得分.
    Score,
}

/// The parts that a head names, in order.
pub fn head(row: &[String]) -> Option<Vec<Part>> {
    let part = |text: &String| {
        // A bracket behind the name explains it: 执行率（B/A×100%）, 权重（10）, 得分（20分*执行率）.
        let explained = text.strip_suffix('）').and_then(|inner| inner.split_once('（'));
        let name = explained.map_or(text.as_str(), |(name, _)| name);
        let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
        if name.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        // 执行率得分: what the rate earns.
        if has(&["得分", "自评分"]) {
            Some(Part::Score)
        } else if has(&["分值", "权重"]) {
            Some(Part::Weight)
        } else if has(&["执行率"]) || text.contains("B/A") {
            Some(Part::Rate)
        } else if has(&["执行数", "支出数", "使用数", "全年执行"]) {
            Some(Part::Executed)
        } else if has(&["年初预算"]) {
            Some(Part::Initial)
        } else if has(&["预算数", "预算金额", "预算额", "全年预算", "调整后预算", "调整预算"]) {
            Some(Part::Budget)
        } else {
            None
        }
    };
    let mut parts: Vec<Part> = row.iter().filter(|text| text.chars().count() <= 16).filter_map(part).collect();
    // 年度预算数（万元） may stand before the columns as what all of them are about.
    if parts.first() == Some(&Part::Budget) && parts[1..].contains(&Part::Budget) {
        parts.remove(0);
    }
    let has = |part: Part| parts.iter().filter(|p| **p == part).count() == 1;
    (has(Part::Budget) && has(Part::Executed) && has(Part::Rate)).then_some(parts)
}

/// The parts that a head without borders names, one behind the other.
pub fn order(text: &str) -> Vec<Part> {
    const PLAIN: &str = "预算数";
    const HEADS: [(&str, Part); 11] = [
        ("执行率", Part::Rate),
        ("执行数", Part::Executed),
        ("全年执行", Part::Executed),
        ("年初预算", Part::Initial),
        ("调整后预算", Part::Budget),
        ("全年预算", Part::Budget),
        ("调整预算", Part::Budget),
        (PLAIN, Part::Budget),
        ("权重", Part::Weight),
        ("分值", Part::Weight),
        ("得分", Part::Score),
    ];
    let mut found = Vec::new();
    // What stands in brackets explains the word before: 得分（20分*执行率）.
    let mut depth = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = 0,
            _ => {}
        }
        let part = HEADS.iter().find(|(head, _)| depth == 0 && text[at..].starts_with(head));
        at += part.map_or(c.len_utf8(), |(head, _)| head.len());
        if let Some((head, part)) = part {
            // 年初预算数 is one name, and 全年执行数.
            let rest = &text[at..];
            at += if head.ends_with('数') || !rest.starts_with('数') { 0 } else { '数'.len_utf8() };
            found.push((*head == PLAIN, *part));
        }
    }
    // 年度预算数（万元） before the columns is what all of them are about.
    let named = found.iter().any(|(plain, part)| !plain && *part == Part::Budget);
    found.into_iter().filter(|(plain, _)| !(*plain && named)).map(|(_, part)| part).collect()
}

/// The figures of a row: what each is, its cell, and its value.
pub type Figures = Vec<(Part, usize, Quantity)>;

/// The figures of a row under a head, each with its cell; none where their number leaves open which is which.
pub fn figures(parts: &[Part], row: &[String]) -> Option<(String, Figures)> {
    // 项目资金 may stand before the name, for all rows.
    let names = |text: &String| text.is_empty() || names_money(text);
    let label = (0..row.len()).take_while(|&i| names(&row[i])).filter(|&i| !row[i].is_empty()).last();
    let label = label.or_else(|| row.iter().position(|text| names_money(text)));
    // A row of nothing but figures is that of the whole.
    let name = label.map_or(WHOLE, |label| row[label].trim_end_matches('：')).to_owned();
    let mut found: Vec<(usize, Quantity)> = Vec::new();
    let behind = label.map_or(0, |label| label + 1);
    for (index, text) in row.iter().enumerate().skip(behind).filter(|(_, text)| !text.is_empty()) {
        if matches!(text.as_str(), "-" | "—" | "——" | "/") {
            continue;
        }
        match amount(text) {
            Some(quantity) => found.push((index, quantity)),
            // Behind the figures a reason may stand.
            None if found.len() == parts.len() => break,
            None => return None,
        }
    }
    if label.is_none() && found.len() != parts.len() {
        return None;
    }
    let wanted = wanted(parts, &found, &name)?;
    for ((_, quantity), _) in found.iter_mut().zip(&wanted).filter(|(_, part)| **part == Part::Rate) {
        *quantity = rate(*quantity);
    }
    let fits = found
        .iter()
        .zip(&wanted)
        .all(|((_, quantity), part)| (quantity.unit == Unit::Percent) == (*part == Part::Rate));
    fits.then(|| (name, found.into_iter().zip(wanted).map(|((cell, quantity), part)| (part, cell, quantity)).collect()))
}

/// Which parts the figures of a row are, where some cells are blank.
fn wanted(parts: &[Part], found: &[(usize, Quantity)], name: &str) -> Option<Vec<Part>> {
    let without =
        |left_out: &[Part]| -> Vec<Part> { parts.iter().copied().filter(|part| !left_out.contains(part)).collect() };
    let place = |wanted: &[Part]| wanted.iter().position(|part| *part == Part::Rate);
    let percent = found.iter().position(|(_, quantity)| quantity.unit == Unit::Percent);
    // Sources carry no weight and no score, and often no rate; that of the whole stands before its score. What was added during the year has
    // no initial budget.
    let mut ways = vec![parts.to_vec(), without(&[Part::Weight, Part::Score]), without(&[Part::Initial])];
    if !is_whole(name) {
        ways.push(without(&[Part::Weight, Part::Score, Part::Rate]));
    }
    // Without its sign a rate is told by the row being full.
    let told = |way: &Vec<Part>| place(way) == percent || percent.is_none() && way.len() == parts.len();
    ways.into_iter().find(|way| way.len() == found.len() && told(way))
}

/// A rate without its sign: 95.8 under a head that names it, or 0.958 of the whole.
pub fn rate(quantity: Quantity) -> Quantity {
    match quantity.unit {
        Unit::Bare if quantity.figure <= Decimal::ONE => {
            Quantity { unit: Unit::Percent, scale: Scale::HUNDRED, ..quantity }
        }
        Unit::Bare => Quantity { unit: Unit::Percent, ..quantity },
        _ => quantity,
    }
}

/// The one quantity that a cell is.
pub fn amount(text: &str) -> Option<Quantity> {
    let chars: Vec<char> = text.chars().collect();
    match tokens(&chars)[..] {
        [token] if token.start == 0 && token.end == chars.len() => match token.kind {
            TokenKind::Quantity(quantity) => Some(quantity),
            _ => None,
        },
        _ => None,
    }
}

/// The figures of a row that names each of them: 预算数 | 164.0 | 执行数 | 130.19, and for a source 其中：财政拨款 | 164.0 | 其中：财政拨款 | 130.19.
/// Between the two may stand what has arrived (到位数), and behind them their rate.
pub fn pairs(row: &[String]) -> Option<(String, Figures)> {
    let mut filled: Vec<usize> = (0..row.len()).filter(|&cell| !row[cell].is_empty()).collect();
    let name = |cell: usize| row[cell].trim_end_matches('：');
    let percent = |cell: usize| amount(&row[cell]).filter(|quantity| quantity.unit == Unit::Percent);
    let rate = match filled[..] {
        [.., before, last] if amount(&row[before]).is_some() || name(before).ends_with("执行率") => {
            percent(last).map(|quantity| (Part::Rate, last, quantity))
        }
        _ => None,
    };
    filled.truncate(filled.len() - usize::from(rate.is_some()));
    filled.pop_if(|&mut cell| name(cell).ends_with("执行率"));
    let [.., budget_name, budget, executed_name, executed] = filled[..] else { return None };
    let (budget_name, budget) = match filled[..] {
        [.., name, first, between, _, _, _] if row[between].starts_with("到位数") || row[between] == row[name] => {
            (name, first)
        }
        _ => (budget_name, budget),
    };
    let mut figures =
        vec![(Part::Budget, budget, amount(&row[budget])?), (Part::Executed, executed, amount(&row[executed])?)];
    figures.extend(rate);
    let label = match (name(budget_name), name(executed_name)) {
        ("预算数" | "全年预算数" | "年度预算数", "执行数" | "全年执行数" | "预算执行数") => {
            WHOLE
        }
        (first, second) if first == second && names_money(first) => first,
        _ => return None,
    };
    Some((label.to_owned(), figures))
}

/// The place of the points that a head gives the row of money, in characters: 预算执行情况（10分）, 得分（20分*执行率）.
pub fn weight(text: &str) -> Option<(usize, usize)> {
    let open = text.find('（').filter(|_| names_score(text))? + '（'.len_utf8();
    let digits = text[open..].len() - text[open..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let start = text[..open].chars().count();
    (digits > 0 && text[open + digits..].starts_with('分')).then(|| (start, start + digits + 1))
}

/// Whether a head says that the rate of the weight is the score.
pub fn is_by_rate(text: &str) -> bool {
    text.starts_with("得分") && text.contains("执行率") && text.contains(['*', '×', 'x', 'X'])
}

/// Whether a text is about what the execution of the budget earns.
fn names_score(text: &str) -> bool {
    text.starts_with("得分") || text.contains("预算执行") || text.contains("执行率")
}

/// 年度资金总额, 其中：财政拨款, 其他资金.
pub fn names_money(text: &str) -> bool {
    let short = text.chars().count() <= 20 && !text.contains("（万元）") && !text.contains("（元）");
    short
        && (["资金", "财政拨款", "当年拨款"].iter().any(|word| text.contains(word))
            || text.trim_end_matches('：').ends_with("总额")
            || text.trim_end_matches('：').ends_with("总金额")
            || text == "合计")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<String> {
        row.split('|').map(str::to_owned).collect()
    }

    #[test]
    fn figures_go_by_their_order() {
        let parts = head(&cells("项目资金（万元）||全年预算数（A）|全年执行数（B）||执行率（B/A）|")).unwrap();
        assert_eq!(parts, [Part::Budget, Part::Executed, Part::Rate]);
        let all = [Part::Initial, Part::Budget, Part::Executed, Part::Rate, Part::Weight, Part::Score];
        assert_eq!(order("年初预算调整后预算数预算执行数预算执行率权重得分原因"), all);
        let (name, found) = figures(&parts, &cells("||年度资金总额：|28万|27.78万|99.21%|")).unwrap();
        assert_eq!((name.as_str(), found.len()), ("年度资金总额", 3));
        assert!(figures(&parts, &cells("||其他资金|||")).is_none());
        let (name, _) = figures(&parts, &cells("项目资金||年度资金总额：|21.5|20.1|93.49%")).unwrap();
        assert_eq!(name, "年度资金总额");
        let (name, found) = pairs(&cells("预算执行情况（万元）|预算数：|64.0||执行数：|60.19")).unwrap();
        assert_eq!((name.as_str(), found[1].1), ("年度资金总额", 5));
        assert_eq!(pairs(&cells("|其中：财政拨款：|64.0||其中：财政拨款|60.19")).unwrap().0, "其中：财政拨款");
        let (_, found) = pairs(&cells("预算执行情况（万元）|预算数：|80|执行数：|76|执行率：|95%")).unwrap();
        assert_eq!(
            found.iter().map(|(part, ..)| *part).collect::<Vec<_>>(),
            [Part::Budget, Part::Executed, Part::Rate]
        );
        assert!(pairs(&cells("|培训人数|64|培训期数|6")).is_none());
        let parts = head(&cells("|年初预算数|全年预算数|全年执行数|分值|执行率|得分")).unwrap();
        let (_, found) = figures(&parts, &cells("|年度资金总额|1200.00|1180.00|1089.85|10|92.36%|9.24")).unwrap();
        assert_eq!(found.iter().map(|(part, ..)| *part).collect::<Vec<_>>(), parts);
        assert_eq!(figures(&parts, &cells("|其中：中央资金|630.00|620.00|575.30|—|92.79%|—")).unwrap().1.len(), 4);
        assert_eq!(figures(&parts, &cells("|其中：县级资金|570.00|560.00|514.55|—||—")).unwrap().1.len(), 3);
    }

    #[test]
    fn a_blank_cell_or_sign_leaves_the_figures_in_their_place() {
        let parts =
            head(&cells("|年初预算|全年预算（A）|全年执行（B）|预算执行率（B/A×100%）|分值（10）|得分")).unwrap();
        let of = |row: &str| {
            let (name, found) = figures(&parts, &cells(row))?;
            Some((
                name,
                found.iter().map(|(part, ..)| *part).collect::<Vec<_>>(),
                found.into_iter().find(|f| f.0 == Part::Rate)?.2.value(),
            ))
        };
        let (name, order, rate) = of("|120|150|144|96|10|9.6").unwrap();
        assert_eq!((name.as_str(), order, rate), (WHOLE, parts.clone(), Decimal::from(96)));
        assert_eq!(of("年度总金额|120|150|144|0.96|10|9.6").unwrap().2, Decimal::from(96));
        // Money that came during the year has no initial budget.
        let (_, order, _) = of("年度资金总额||150|144|96%|10|9.6").unwrap();
        assert_eq!(order, parts[1..]);
        assert!(of("年度资金总额||150|144|96|10|9.6").is_none());
        assert!(of("培训期数|12|150|144|96%|10|9.6").is_none());
    }
}
