//! Columns that hold the amounts of a row against each other: 增减额, 增减幅度, 完成率, 占比, 结余.
//!
//! No list of heads says which columns a head means (比年初预算增减, 较上年, 差异); the figures do. A column whose head speaks of a difference or
//! a rate is held against every pair of amounts beside it, and the pair that most rows bear out is the one. Where no rows can tell, only two
//! amounts whose heads say which is the base do.

use super::{Context, Found, Rule};
use crate::document::Column;
use crate::facts::{Direction, Entry};
use crate::numbers::Interval;
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::tables;
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "table-compare",
    name: ["表内对比栏", "differences and rates within a table"],
    doc: [
        "任何表中的对比栏：增减额＝两栏之差，增减幅度＝差额÷基数，完成率、执行率＝决算÷预算，占比＝本行÷合计行，收入−支出＝结余。哪两栏相比由多数行的数字认定；数字不足以认定的，只在表头写明本年与上年、决算与预算时认定。",
        "In any table a column of differences is one amount less another, a rate of change that difference over its base, a completion rate accounts over budget, a share the row over the total, and a balance income less expenditure. Which columns are meant is told by most of the rows; where they are too few, only by heads that name this year and the last, or accounts and budget.",
    ],
    fails: "三公经费对比情况\n金额单位：万元\n项目\t2023年决算数\t2022年决算数\t增减额\t增减幅度\n公务接待费\t6.00\t5.00\t1.00\t20.00%\n公务用车运行维护费\t9.00\t12.00\t-3.00\t-25.00%\n培训费\t8.40\t7.00\t1.40\t12.00%\n会议费\t3.30\t3.00\t0.30\t10.00%",
    passes: "三公经费对比情况\n金额单位：万元\n项目\t2023年决算数\t2022年决算数\t增减额\t增减幅度\n公务接待费\t6.00\t5.00\t1.00\t20.00%\n公务用车运行维护费\t9.00\t12.00\t-3.00\t-25.00%\n培训费\t8.40\t7.00\t1.40\t20.00%\n会议费\t3.30\t3.00\t0.30\t10.00%",
    find,
};

/// Heads of differences between two amounts.
const DIFFERENCES: [&str; 12] =
    ["增减", "增、减", "增加", "减少", "增长", "差异", "差额", "变动", "结余", "超支", "节约", "对比"];

/// Heads of rates of change.
const CHANGES: [&str; 9] = ["增", "减", "升", "降", "变动", "幅", "同比", "比上年", "较上年"];

/// Heads of shares and of completion.
const SHARES: [&str; 9] = ["占", "比重", "构成", "完成", "执行", "进度", "到位", "为", "支付"];

/// A row that is held against every pair of rows stands among so few.
const MOST_ROWS: usize = 12;

fn find(context: &Context, found: &mut Found) {
    for sheet in context.reading.sheets.iter().filter(|sheet| sheet.shifted.is_none()) {
        let panel = &context.document.tables[sheet.table].panels[sheet.panel];
        let across = Lines {
            context,
            names: panel.columns.iter().map(|column| name(&column.path)).collect(),
            entries: (0..panel.columns.len())
                .map(|column| sheet.rows.iter().map(|row| row.entries[column]).collect())
                .collect(),
        };
        across.differences(|column| sheet.columns[column].is_none(), found);
        for (index, column) in panel.rates.iter().enumerate() {
            let rates: Vec<Entry> = sheet.rows.iter().map(|row| row.rates[index]).collect();
            let total = panel.rows.iter().position(|row| matches!(tables::strip_ordinal(&row.label), "合计" | "总计"));
            across.rates(column, &rates, total, found);
        }
        if sheet.rows.len() <= MOST_ROWS && panel.rows.iter().all(|row| row.code.is_none()) {
            let down = Lines {
                context,
                names: panel.rows.iter().map(|row| tables::strip_ordinal(&row.label).to_owned()).collect(),
                entries: sheet.rows.iter().map(|row| row.entries.clone()).collect(),
            };
            down.differences(|row| sheet.rows[row].meaning.is_none(), found);
        }
    }
}

/// The name of a column: its own head, with those above where it only says 金额.
fn name(path: &[String]) -> String {
    match path.split_last() {
        Some((leaf, above)) if matches!(leaf.as_str(), "金额" | "数额" | "额" | "数" | "%") => {
            above.join("") + leaf
        }
        Some((leaf, _)) => leaf.clone(),
        None => String::new(),
    }
}

fn says(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| name.contains(word))
}

/// Lines of amounts under names: the columns of a table, or its rows.
struct Lines<'c> {
    context: &'c Context<'c>,
    names: Vec<String>,
    /// The amounts of each line; those of one place belong together.
    entries: Vec<Vec<Entry>>,
}

/// A way to compute one line from others, and how far the figures bear it out.
struct Way {
    /// The formula at each place where it can be computed, with what it gives.
    relations: Vec<(FactId, Formula)>,
    /// How many of the telling places agree with it.
    agreeing: usize,
    /// At how many places a chance agreement is unlikely.
    telling: usize,
    /// Whether a negative figure is among those that agree, so that signs are printed.
    signed: bool,
}

impl Way {
    /// Whether most of the figures agree.
    fn is_borne_out(&self) -> bool {
        self.agreeing >= 2 && self.agreeing * 3 >= self.telling * 2
    }
}

impl Lines<'_> {
    fn value(&self, id: FactId) -> Interval {
        self.context.fact(id).quantity.interval()
    }

    fn figure(&self, id: FactId) -> Decimal {
        self.context.fact(id).quantity.figure
    }

    /// The lines that hold amounts to compare, not the comparison.
    fn bases(&self) -> Vec<usize> {
        let compares = |name: &str| says(name, &DIFFERENCES) && !is_opening(name);
        (0..self.names.len()).filter(|&line| !compares(&self.names[line])).collect()
    }

    /// The differences among the lines that the accounts have no meaning of their own for.
    fn differences(&self, is_free: impl Fn(usize) -> bool, found: &mut Found) {
        let bases = self.bases();
        for target in (0..self.names.len()).filter(|&line| !bases.contains(&line) && is_free(line)) {
            let mut ways: Vec<Way> = Vec::new();
            for &plus in &bases {
                for &minus in bases.iter().filter(|&&minus| minus != plus) {
                    ways.push(self.difference(target, &[plus], minus));
                    // 年末结余 = 年初结余 + 收入 − 支出.
                    let opening = |&&line: &&usize| line != plus && line != minus && is_opening(&self.names[line]);
                    if self.names[target].contains("结余") && !is_opening(&self.names[plus]) {
                        ways.extend(
                            bases.iter().filter(opening).map(|&line| self.difference(target, &[line, plus], minus)),
                        );
                    }
                }
            }
            let named = self.named_pair(target, &bases).map(|(plus, minus)| self.difference(target, &[plus], minus));
            settle(ways, named, found);
        }
    }

    /// The target as what some lines hold more than another.
    fn difference(&self, target: usize, plus: &[usize], minus: usize) -> Way {
        let formula = |place: usize| {
            let amount = |line: usize| match self.entries[line][place] {
                Entry::Amount(id) => Some(Some(id)),
                Entry::Blank => Some(None),
                Entry::Unsure => None,
            };
            let plus: Option<Vec<Option<FactId>>> = plus.iter().map(|&line| amount(line)).collect();
            let (plus, minus): (Vec<FactId>, Vec<FactId>) =
                (plus?.into_iter().flatten().collect(), amount(minus)?.into_iter().collect());
            (!plus.is_empty() || !minus.is_empty()).then_some(Formula::Sum(plus, minus))
        };
        self.way(&self.entries[target], formula)
    }

    fn rates(&self, column: &Column, rates: &[Entry], total: Option<usize>, found: &mut Found) {
        let name = column.path.join("");
        // A base on like terms is not printed.
        if says(&name, &["同口径", "可比"]) {
            return;
        }
        let bases = self.bases();
        let (growth, share) = (says(&name, &CHANGES), says(&name, &SHARES));
        let mut ways: Vec<Way> = Vec::new();
        for &part in &bases {
            let fact = |line: usize, place: usize| self.entries[line][place].fact();
            for &whole in bases.iter().filter(|&&whole| whole != part) {
                if growth || !share {
                    ways.push(self.way(rates, |place| rate(fact(part, place)?, fact(whole, place)?)));
                }
                if share || !growth {
                    ways.push(self.way(rates, |place| quotient(fact(part, place)?, fact(whole, place)?)));
                }
            }
            if let Some(total) = total.filter(|_| share || !growth) {
                ways.push(self.way(rates, |place| {
                    let (part, whole) = (fact(part, place)?, fact(part, total)?);
                    (part != whole).then_some(())?;
                    quotient(part, whole)
                }));
            }
        }
        let named = self.named_pair_of(&name, &bases).map(|(part, whole)| {
            let fact = |line: usize, place: usize| self.entries[line][place].fact();
            if growth {
                self.way(rates, |place| rate(fact(part, place)?, fact(whole, place)?))
            } else {
                self.way(rates, |place| quotient(fact(part, place)?, fact(whole, place)?))
            }
        });
        settle(ways, named.filter(|_| growth != share), found);
    }

    /// A way of computing some cells, held against them.
    fn way(&self, targets: &[Entry], formula: impl Fn(usize) -> Option<Formula>) -> Way {
        let mut way = Way { relations: Vec::new(), agreeing: 0, telling: 0, signed: false };
        let value = |id: FactId| self.value(id);
        for (place, target) in targets.iter().enumerate() {
            let Some((target, formula)) = target.fact().zip(formula(place)) else { continue };
            let Some(computed) = formula.evaluate(&value) else { continue };
            let printed = self.figure(target);
            // Nothing, and all of it, agree with too much.
            let all_or_nothing = printed.is_zero() || formula.is_rate() && printed == Decimal::ONE_HUNDRED;
            let telling = !all_or_nothing && formula.operands().len() > 1;
            let agrees = computed.meet(value(target)).is_some();
            way.telling += usize::from(telling);
            way.agreeing += usize::from(telling && agrees);
            way.signed |= telling && agrees && printed.is_sign_negative();
            way.relations.push((target, formula));
        }
        way
    }

    /// The two amounts that a difference is of, where there are but two and their heads say which is the base.
    fn named_pair(&self, target: usize, bases: &[usize]) -> Option<(usize, usize)> {
        let name = &self.names[target];
        if ["收支结余", "收支差额", "收支相抵"].iter().any(|word| name.contains(word)) {
            let only = |word: &str| {
                let is_side = |line: &&usize| {
                    let name = self.names[**line].trim_end_matches("合计").trim_end_matches("总计");
                    name.ends_with(word)
                };
                let mut sides = bases.iter().filter(is_side);
                sides.next().filter(|_| sides.next().is_none()).copied()
            };
            return only("收入").zip(only("支出"));
        }
        if name.contains("结余") { None } else { self.named_pair_of(name, bases) }
    }

    /// The amount and its base, where there are but two.
    fn named_pair_of(&self, name: &str, bases: &[usize]) -> Option<(usize, usize)> {
        let &[first, second] = bases else { return None };
        let (a, b) = (Kind::of(&self.names[first])?, Kind::of(&self.names[second])?);
        let prior = says(name, &["上年", "去年", "同比"]);
        match (a, b) {
            (Kind::Done(_), Kind::Planned) if !prior => Some((first, second)),
            (Kind::Planned, Kind::Done(_)) if !prior => Some((second, first)),
            (Kind::Done(a), Kind::Done(b)) if !name.contains("预算") => match a.cmp(&b) {
                std::cmp::Ordering::Greater => Some((first, second)),
                std::cmp::Ordering::Less => Some((second, first)),
                std::cmp::Ordering::Equal => None,
            },
            _ => None,
        }
    }
}

/// What the head of an amount says of it.
enum Kind {
    /// A plan.
    Planned,
    /// What was done, in which year; the accounts' own year is the latest, and the year before it comes before all that are named.
    Done(u16),
}

impl Kind {
    fn of(name: &str) -> Option<Kind> {
        let year = || {
            let digits: String = name.chars().skip_while(|c| !c.is_ascii_digit()).take(4).collect();
            digits.parse().ok().filter(|year| (1990..2100).contains(year))
        };
        if name.contains("预算") {
            Some(Kind::Planned)
        } else if says(name, &["上年", "去年", "上期"]) {
            Some(Kind::Done(0))
        } else if let Some(year) = year() {
            Some(Kind::Done(year))
        } else {
            says(name, &["本年", "决算", "执行", "今年", "本期", "完成", "实际"]).then_some(Kind::Done(u16::MAX))
        }
    }
}

fn is_opening(name: &str) -> bool {
    says(name, &["年初", "上年", "期初"]) && says(name, &["结余", "结转", "余额"])
}

fn rate(current: FactId, prior: FactId) -> Option<Formula> {
    Some(Formula::RateFrom { current, prior, direction: Direction::Up })
}

fn quotient(part: FactId, whole: FactId) -> Option<Formula> {
    Some(Formula::Share { part, whole })
}

/// Takes the way that most figures bear out, or else the one that the heads name.
fn settle(ways: Vec<Way>, named: Option<Way>, found: &mut Found) {
    let most = ways.iter().filter(|way| way.is_borne_out()).map(|way| way.agreeing).max();
    let (ways, certainty): (Vec<Way>, Certainty) = match (most, named) {
        (Some(most), _) => {
            (ways.into_iter().filter(|way| way.is_borne_out() && way.agreeing == most).collect(), Certainty::Sure)
        }
        (None, Some(named)) if named.telling == 1 || named.agreeing * 2 >= named.telling => {
            (vec![named], Certainty::Likely)
        }
        _ => return,
    };
    let signed = ways.iter().any(|way| way.signed);
    let mut relations: Vec<Relation> = Vec::new();
    for (target, formula) in ways.into_iter().flat_map(|way| way.relations) {
        // Without a sign in print a fall stands as an amount of its own.
        let unsigned = if signed { None } else { reversed(&formula) };
        let readings = std::iter::once(formula).chain(unsigned);
        match relations.iter_mut().find(|relation| relation.target == target) {
            Some(known) => known.readings.extend(readings),
            None => relations.push(Relation { rule: RULE.id, target, readings: readings.collect(), certainty }),
        }
    }
    found.relations.extend(relations);
}

/// The same the other way round.
fn reversed(formula: &Formula) -> Option<Formula> {
    match formula {
        Formula::Sum(plus, minus) => Some(Formula::Sum(minus.clone(), plus.clone())),
        Formula::RateFrom { current, prior, .. } => {
            Some(Formula::RateFrom { current: *current, prior: *prior, direction: Direction::Down })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::report::Severity;
    use crate::{Options, check};

    /// What is told of a table of a title that no taxonomy knows: `text -> expected`.
    fn told(rows: &str) -> Vec<String> {
        let text = format!("示例情况一览\n金额单位：万元\n{}", rows.replace('|', "\t"));
        let report = check(&text, &Options::default());
        let loud = report.findings.iter().filter(|f| f.severity != Severity::Info);
        loud.map(|f| format!("{} -> {}", f.text, f.expected)).collect()
    }

    fn checks(rows: &str) -> usize {
        let text = format!("示例情况一览\n金额单位：万元\n{}", rows.replace('|', "\t"));
        check(&text, &Options::default()).checks.iter().filter(|check| check.rule == RULE.id).count()
    }

    #[test]
    fn the_rows_tell_which_columns_are_meant() {
        let rows = |rate: &str, less: &str| {
            format!(
                "项目|年初预算数|决算数|上年决算数|比上年增减|比上年增减%|完成年初预算%\n甲|20.00|18.00|16.00|2.00|12.50|90.00\n乙|8.00|8.40|9.60|{less}|-12.50|105.00\n丙|5.00|4.00|3.20|0.80|25.00|{rate}\n丁|2.00|2.00||2.00|100.00|100.00"
            )
        };
        assert!(told(&rows("80.00", "-1.20")).is_empty());
        assert!(checks(&rows("80.00", "-1.20")) >= 11);
        assert_eq!(told(&rows("88.00", "-1.20")), ["88.00 -> 80.00"]);
        assert_eq!(told(&rows("80.00", "-2.20")), ["-2.20 -> -1.20"]);
    }

    #[test]
    fn a_fall_may_stand_without_its_sign() {
        let rows = "项目|2023年决算数|2022年决算数|增、减额|增、减幅度\n甲|18.00|20.00|2.00|10%\n乙|8.00|10.00|2.00|20%\n丙|9.00|6.00|3.00|50%";
        assert!(told(rows).is_empty(), "{:?}", told(rows));
    }

    #[test]
    fn one_row_is_told_by_its_heads() {
        assert_eq!(
            told("2023年决算数|2022年决算数|增减额|增减率（%）\n18.00|20.00|-2.00|-15.00"),
            ["-15.00 -> -10.00"]
        );
        // Which of the budgets, nothing says.
        assert!(told("项目|年初预算数|调整预算数|决算数|差异\n甲|18.00|20.00|19.00|7.00").is_empty());
        assert!(told("项目|2023年决算数|2022年决算数|同口径增长率\n甲|18.00|20.00|3.00%").is_empty());
    }

    #[test]
    fn a_share_is_of_the_total_row() {
        let rows = |share: &str| {
            format!("项目|金额|占比\n甲|20.00|40.00%\n乙|15.00|{share}\n丙|15.00|30.00%\n合计|50.00|100.00%")
        };
        assert!(told(&rows("30.00%")).is_empty());
        assert_eq!(told(&rows("33.00%")), ["33.00% -> 30.00%"]);
    }

    #[test]
    fn income_less_expenditure_is_the_balance() {
        assert_eq!(told("项目|金额\n收入合计|90.00\n支出合计|80.00\n收支结余|15.00\n"), ["15.00 -> 10.00"]);
        let rows = |left: &str| {
            format!(
                "项目|年初结余|收入|支出|年末结余\n甲|5.00|30.00|28.00|7.00\n乙|1.00|12.00|12.50|0.50\n丙|2.00|20.00|18.00|{left}"
            )
        };
        assert!(told(&rows("4.00")).is_empty());
        assert_eq!(told(&rows("4.50")), ["4.50 -> 4.00"]);
    }
}
