//! What the cells of the accounts' tables mean: the forms by their titles, the columns by their heads, the rows by their codes and names.
//!
//! Source: the tables 公开01-13 of the 部门决算公开 (地方预决算公开操作规程, 财预〔2016〕143号; the yearly 部门决算编制手册) and the functional
//! and economic classifications of the 政府收支分类科目. The same names carry the provinces' other numberings.

use super::Basis;
use super::Concept;

/// Where money comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Money {
    /// All of it.
    All,
    /// 财政拨款.
    Fiscal,
    /// 一般公共预算财政拨款.
    General,
    /// 政府性基金预算财政拨款.
    Fund,
    /// 国有资本经营预算财政拨款.
    Capital,
    /// 上级补助收入.
    Superior,
    /// 事业收入.
    Operating,
    /// 经营收入.
    Business,
    /// 附属单位上缴收入.
    Subordinate,
    /// 其他收入.
    Other,
}

/// What is counted of the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// 本年收入.
    Income,
    /// 本年支出.
    Expenditure,
    /// 收入总计 and 支出总计, which are equal.
    Total,
    /// 年初结转和结余.
    Opening,
    /// 年末结转和结余.
    Closing,
    /// 使用非财政拨款结余.
    Used,
    /// 结余分配.
    Distribution,
}

/// What the money was spent as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nature {
    /// All of it.
    Any,
    /// 基本支出.
    Basic,
    /// 人员经费 of it.
    Personnel,
    /// 公用经费 of it.
    Public,
    /// 项目支出.
    Project,
    /// 上缴上级支出.
    ToSuperior,
    /// 经营支出.
    Business,
    /// 对附属单位补助支出.
    ToSubordinate,
}

/// What the money was spent on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// Everything.
    Total,
    /// A class, group or item of either classification: functional codes begin with 2, economic ones with 3.
    Code(u32),
    /// One of the 三公 and their like.
    Of(Concept),
}

/// What a cell of a known table says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Meaning {
    /// Where the money comes from.
    pub money: Money,
    /// Which side it stands on.
    pub side: Side,
    /// What it was spent as.
    pub nature: Nature,
    /// What it was spent on.
    pub item: Item,
    /// Whether it was spent, or planned, and when.
    pub basis: Basis,
}

/// What kind of table a title names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// 收入支出(决算)总表: both sides with their balances.
    Overview,
    /// 收入决算表.
    Income,
    /// 支出决算表.
    Expenditure,
    /// 收入支出决算表 of one budget: opening balance, income, expenditure, closing balance in columns.
    Movement,
    /// The 三公 (and 会议费, 培训费).
    Sangong,
}

/// A table of the accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// What it shows.
    pub subject: Subject,
    /// Of which money.
    pub money: Money,
    /// Spent as what.
    pub nature: Nature,
}

/// The form that a title names.
pub fn form(title: &str) -> Option<Form> {
    /// What titles speak of that is a part of the accounts, or none of them.
    const OTHER: [&str; 19] = [
        "绩效",
        "自评",
        "预算表",
        "目标",
        "采购",
        "购买服务",
        "运行经费",
        "转移支付",
        "资产",
        "债务",
        "债券",
        "专项",
        "差旅",
        "分单位",
        "所属单位",
        "变动",
        "上缴",
        "对附属",
        "非税",
    ];
    let says = |word: &str| title.contains(word);
    let of_sangong = says("三公");
    let other = OTHER.iter().any(|word| says(word)) || says("会议费") || says("培训费");
    // 情况表 ends the titles of surveys, and of the accounts that name a budget or all of a side.
    let of_budget = [Money::Fiscal, Money::General, Money::Fund, Money::Capital];
    let budget = money(title).filter(|money| of_budget.contains(money));
    let of_accounts = says("总体情况表") || says("基本支出") || budget.is_some();
    let survey = says("情况表") && !of_accounts;
    if !of_sangong && (other || survey) || of_sangong && (says("预算表") || says("绩效")) {
        return None;
    }
    let money = money(title).unwrap_or(Money::All);
    let nature = if says("基本支出") {
        Nature::Basic
    } else if says("项目支出") {
        Nature::Project
    } else {
        Nature::Any
    };
    let subject = if says("三公") {
        Subject::Sangong
    } else if says("收入支出") || says("收支") {
        // Only a budget has a table of its movements; without 总表 as well the table of all money is an overview.
        let of_budget = matches!(money, Money::General | Money::Fund | Money::Capital);
        let whole = says("总表") || says("总体情况表");
        if whole || !of_budget { Subject::Overview } else { Subject::Movement }
    } else if says("收入") {
        Subject::Income
    } else if says("支出") {
        Subject::Expenditure
    } else {
        return None;
    };
    Some(Form { subject, money, nature })
}

/// The source of money that words name.
fn money(words: &str) -> Option<Money> {
    const NAMES: [(&str, Money); 12] = [
        ("政府性基金", Money::Fund),
        ("国有资本经营", Money::Capital),
        ("一般公共预算", Money::General),
        ("公共预算财政拨款", Money::General),
        ("财政拨款", Money::Fiscal),
        ("财政补助收入", Money::Fiscal),
        ("上级补助收入", Money::Superior),
        ("事业收入", Money::Operating),
        ("经营收入", Money::Business),
        ("附属单位上缴", Money::Subordinate),
        ("附属单位缴款", Money::Subordinate),
        ("其他收入", Money::Other),
    ];
    NAMES.iter().find(|(name, _)| words.contains(name)).map(|(_, money)| *money)
}

fn nature(words: &str) -> Option<Nature> {
    const NAMES: [(&str, Nature); 9] = [
        ("人员经费", Nature::Personnel),
        ("公用经费", Nature::Public),
        ("基本支出", Nature::Basic),
        ("项目支出", Nature::Project),
        ("上缴上级", Nature::ToSuperior),
        ("对附属单位补助", Nature::ToSubordinate),
        ("对下级单位补助", Nature::ToSubordinate),
        ("经营支出", Nature::Business),
        ("经营结余", Nature::Business),
    ];
    NAMES.iter().find(|(name, _)| words.contains(name)).map(|(_, nature)| *nature)
}

fn side(words: &str) -> Option<Side> {
    if words.contains("年初") && (words.contains("结转") || words.contains("结余")) || words.contains("上年结转")
    {
        Some(Side::Opening)
    } else if words.contains("年末") && (words.contains("结转") || words.contains("结余")) || words.contains("结转下年")
    {
        Some(Side::Closing)
    } else if words.contains("结余分配") {
        Some(Side::Distribution)
    } else if words.contains("弥补收支差额") || words.starts_with("使用") && words.contains("结余") {
        Some(Side::Used)
    } else if words.contains("总计") {
        Some(Side::Total)
    } else if words.contains("收入") {
        Some(Side::Income)
    } else if words.contains("支出") {
        Some(Side::Expenditure)
    } else {
        None
    }
}

/// The 三公, and what the tables print beside them; none where words count something (国内公务接待批次（个）).
pub fn sangong(words: &str) -> Option<Concept> {
    const COUNTS: [&str; 10] =
        ["批次", "人次", "人数", "数量", "保有量", "团组", "购置数", "（个）", "（辆）", "（人）"];
    let says = |word: &str| words.contains(word);
    // 机关运行经费 and 设备购置 are no cars.
    if COUNTS.iter().any(|word| says(word)) || says("机关") || says("设备") {
        return None;
    }
    let found = if says("会议费") {
        super::MEETINGS
    } else if says("培训费") {
        super::TRAINING
    } else if says("出国") {
        super::ABROAD
    } else if says("接待") {
        super::RECEPTION
    } else if says("购置") && says("运行") {
        super::VEHICLES
    } else if says("购置") {
        super::VEHICLE_PURCHASE
    } else if says("运行") {
        super::VEHICLE_RUNNING
    } else if says("公务用车") {
        super::VEHICLES
    } else if says("三公") {
        super::SANGONG
    } else {
        return None;
    };
    Some(found)
}

/// The row of the 三公 table that is the whole of them.
pub fn is_sangong_whole(name: &str) -> bool {
    matches!(name, "合计" | "总计" | "支出合计" | "经费合计")
}

/// The head of a column that stands for the whole of its group.
pub fn is_total(head: &str) -> bool {
    head.ends_with("合计") || head.ends_with("小计") || head.ends_with("总计")
}

/// The words of the forms' heads. A head that a page has broken over many lines is read by them; the longest that fits counts.
pub const HEADS: [&str; 68] = [
    "支出功能分类科目编码",
    "功能分类科目编码",
    "支出经济分类科目编码",
    "经济分类科目编码",
    "科目编码",
    "科目代码",
    "科目名称",
    "项目名称",
    "类款项",
    "项目",
    "行次",
    "栏次",
    "金额",
    "合计",
    "小计",
    "总计",
    "收入",
    "支出",
    "备注",
    "本年收入合计",
    "本年收入",
    "本年支出合计",
    "本年支出小计",
    "本年支出",
    "财政拨款收入",
    "财政补助收入",
    "上级补助收入",
    "事业收入",
    "经营收入",
    "附属单位上缴收入",
    "附属单位缴款",
    "其他收入",
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
    "对附属单位补助",
    "人员经费",
    "公用经费",
    "日常公用经费",
    "一般公共预算财政拨款",
    "一般公共预算",
    "政府性基金预算财政拨款",
    "政府性基金预算",
    "国有资本经营预算财政拨款",
    "国有资本经营预算",
    "年初结转和结余",
    "年末结转和结余",
    "年初预算数",
    "全年预算数",
    "调整预算数",
    "预算数",
    "决算数",
    "执行数",
    "因公出国（境）费用",
    "因公出国（境）费",
    "公务接待费",
    "公务用车购置及运行维护费",
    "公务用车购置及运行费",
    "公务用车购置费",
    "公务用车运行维护费",
    "公务用车运行费",
    "会议费",
    "培训费",
    "工资福利支出",
    "商品和服务支出",
    "对个人和家庭的补助",
];

/// Heads that say only that the column holds what was spent.
fn is_actual(head: &str) -> bool {
    matches!(head, "金额" | "决算数" | "决算" | "支出决算数" | "决算金额" | "本年决算数" | "支出" | "收入" | "执行数")
}

/// A column that tells of something else than the year's money: 其中, 增减, 比重, 上年, 备注.
pub fn is_aside(head: &str) -> bool {
    // 上年结转 is this year's as well.
    let is_balance = side(head) == Some(Side::Opening);
    ["其中", "增减", "增长", "比重", "占比", "上年", "备注", "差异", "%", "率", "变动"]
        .iter()
        .any(|word| head.contains(word) && !(*word == "上年" && is_balance))
}

/// What the head of a column adds to its form's meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Column {
    money: Option<Money>,
    side: Option<Side>,
    nature: Option<Nature>,
    concept: Option<Concept>,
    basis: Option<Basis>,
}

/// Reads the heads above a column; none where they say something that the accounts do not know.
pub fn column(path: &[String], form: Form) -> Option<Column> {
    let mut column = Column::default();
    for head in path {
        if is_aside(head) {
            return None;
        }
        let basis = plan_or_actual(head);
        let concept = (form.subject == Subject::Sangong).then(|| sangong(head)).flatten();
        let money = money(head).filter(|_| form.subject != Subject::Sangong || concept.is_none());
        let nature = nature(head);
        let side =
            side(head).filter(|_| nature.is_none() || form.subject != Subject::Movement || column.side.is_none());
        let known = basis.is_some() || concept.is_some() || money.is_some() || nature.is_some() || side.is_some();
        if !known && !is_total(head) && !is_actual(head) && !matches!(head.as_str(), "项目" | "本年") {
            return None;
        }
        column.money = money.or(column.money);
        column.nature = nature.or(column.nature);
        // 财政拨款收入 names a source; 上缴上级支出 a nature: the side is the form's.
        if money.is_none() && nature.is_none() || form.subject == Subject::Movement {
            column.side = side.or(column.side);
        }
        column.concept = concept.or(column.concept);
        column.basis = basis.or(column.basis);
    }
    Some(column)
}

/// What the heads of a table's columns add to its form.
pub fn columns(heads: &[&[String]], form: Form) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = heads.iter().map(|head| column(head, form)).collect();
    let carried = |column: &Column| matches!(column.side, Some(Side::Opening | Side::Used));
    // 合计 beside 上年结转 is of more than the year's income.
    if form.subject == Subject::Income && columns.iter().flatten().any(carried) {
        let whole = |column: &&mut Column| **column == Column::default();
        columns.iter_mut().flatten().filter(whole).for_each(|column| column.side = Some(Side::Total));
    }
    columns
}

impl Column {
    /// Whether it is one side of a table with balances, in full.
    pub fn is_whole(&self, side: Side) -> bool {
        self.side == Some(side) && self.nature.is_none() && self.money.is_none()
    }
}

/// The total columns with the columns that each is the sum of.
pub fn totals(form: Option<Form>, heads: &[&[String]], columns: &[Option<Column>]) -> Vec<(usize, Vec<usize>)> {
    let mut totals: Vec<(usize, Vec<usize>)> = Vec::new();
    for (index, head) in heads.iter().enumerate() {
        let Some(leaf) = head.last() else { continue };
        if is_total(leaf) || is_whole(leaf, form) {
            let parts = parts(form, heads, columns, index);
            if parts.len() >= 2 {
                totals.push((index, parts));
            }
        }
    }
    totals
}

/// 本年支出 beside 基本支出 and 项目支出 is their total without saying so.
fn is_whole(leaf: &str, form: Option<Form>) -> bool {
    let movement = form.is_none_or(|form| form.subject == Subject::Movement);
    !movement && matches!(leaf, "本年支出" | "本年收入")
}

/// The columns beside a total: its neighbours in the head's tree, each group by its own total.
fn parts(form: Option<Form>, heads: &[&[String]], columns: &[Option<Column>], total: usize) -> Vec<usize> {
    let group = &heads[total][..heads[total].len() - 1];
    let depth = group.len();
    let inside = |head: &[String]| head.len() > depth && head[..depth] == *group;
    let mut parts: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < heads.len() {
        if at == total || !inside(heads[at]) {
            at += 1;
            continue;
        }
        let name = &heads[at][depth];
        let end = at + heads[at..].iter().take_while(|head| inside(head) && head[depth] == *name).count();
        let own: Vec<usize> = (at..end).filter(|&i| i != total).collect();
        let sum = own
            .iter()
            .copied()
            .find(|&i| heads[i].len() == depth + 2 && heads[i].last().is_some_and(|leaf| is_total(leaf)));
        match sum {
            Some(sum) => parts.push(sum),
            None => parts.extend(own),
        }
        at = end;
    }
    parts.retain(|&part| heads[part].iter().skip(depth).all(|head| !is_aside(head)));
    let kin = |part: &usize| adds_to(form, columns[total], columns[*part]);
    if columns[total].is_some() {
        parts.retain(kin);
    }
    drop_parts_of_parts(form, columns, &mut parts);
    parts
}

/// Whether a column can be a part of a total: the same side, the same basis, and of the 三公 only what they consist of.
fn adds_to(form: Option<Form>, total: Option<Column>, part: Option<Column>) -> bool {
    let (Some(form), Some(total), Some(part)) = (form, total, part) else { return false };
    let side = |column: Column| column.side.unwrap_or(default_side(form));
    let carried = form.subject == Subject::Income && side(total) == Side::Total;
    let beside = side(total) == side(part) || carried && side(part) != Side::Closing;
    if total.basis.unwrap_or(Basis::Actual) != part.basis.unwrap_or(Basis::Actual) || !beside {
        return false;
    }
    if form.subject != Subject::Sangong {
        return true;
    }
    let vehicle = [super::VEHICLE_PURCHASE, super::VEHICLE_RUNNING];
    match (total.concept, part.concept) {
        (Some(super::VEHICLES), Some(part)) => vehicle.contains(&part),
        (None, Some(super::SANGONG | super::MEETINGS | super::TRAINING)) => true,
        (None | Some(super::SANGONG), Some(part)) => {
            vehicle.contains(&part) || [super::ABROAD, super::VEHICLES, super::RECEPTION].contains(&part)
        }
        _ => false,
    }
}

/// Drops the columns that another column of the list already holds: 购置 and 运行 beside 公务用车, 人员 and 公用 beside 基本支出, the three
/// budgets beside 财政拨款.
fn drop_parts_of_parts(form: Option<Form>, columns: &[Option<Column>], parts: &mut Vec<usize>) {
    let column = |part: usize| columns[part].unwrap_or_default();
    let any = |parts: &[usize], has: &dyn Fn(Column) -> bool| parts.iter().any(|&part| has(column(part)));
    // 会议费 and 培训费 stand beside the 三公 as a whole; without that whole the total is of the 三公.
    let of_sangong = form.is_some_and(|form| form.subject == Subject::Sangong);
    let whole = any(parts, &|c| c.concept == Some(super::SANGONG));
    let beside = |c: Column| matches!(c.concept, Some(super::SANGONG | super::MEETINGS | super::TRAINING));
    let vehicles = any(parts, &|c| c.concept == Some(super::VEHICLES));
    let basic = any(parts, &|c| c.nature == Some(Nature::Basic));
    let fiscal =
        form.is_some_and(|form| form.money != Money::Fiscal) && any(parts, &|c| c.money == Some(Money::Fiscal));
    parts.retain(|&part| {
        let c = column(part);
        let in_vehicles = vehicles && matches!(c.concept, Some(super::VEHICLE_PURCHASE | super::VEHICLE_RUNNING));
        let in_basic = basic && matches!(c.nature, Some(Nature::Personnel | Nature::Public));
        let in_fiscal = fiscal && matches!(c.money, Some(Money::General | Money::Fund | Money::Capital));
        let other = of_sangong && whole != beside(c);
        !in_vehicles && !in_basic && !in_fiscal && !other
    });
}

fn default_side(form: Form) -> Side {
    if form.subject == Subject::Income { Side::Income } else { Side::Expenditure }
}

/// Whether a row sums up 人员经费 (true) or 公用经费 (false) of the economic classes.
pub fn sums_up_kind(label: &str) -> Option<bool> {
    let rest = label.strip_suffix("合计").or_else(|| label.strip_suffix("小计"))?;
    match rest {
        "人员经费" => Some(true),
        "公用经费" | "日常公用经费" => Some(false),
        _ => None,
    }
}

/// Whether an economic class is of 人员经费: 工资福利支出 and 对个人和家庭的补助.
pub fn is_personnel(code: &str) -> bool {
    matches!(code, "301" | "303")
}

/// Whether a name has an item's number before it: 一、, 1.
pub fn is_item(label: &str) -> bool {
    strip_ordinal(label).len() < label.len() && !label.starts_with('（')
}

fn plan_or_actual(head: &str) -> Option<Basis> {
    if head.ends_with("预算数") || head == "预算" {
        let says = |word: &str| head.contains(word);
        Some(if says("年初") {
            Basis::Initial
        } else if says("全年") || says("调整") {
            Basis::Adjusted
        } else {
            Basis::Budget
        })
    } else {
        (head.ends_with("决算数") || head == "决算").then_some(Basis::Actual)
    }
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowMeaning {
    money: Option<Money>,
    side: Option<Side>,
    nature: Option<Nature>,
    item: Item,
    basis: Option<Basis>,
}

impl RowMeaning {
    const NOTHING: RowMeaning = RowMeaning { money: None, side: None, nature: None, item: Item::Total, basis: None };

    /// The balance that the row tells of, for the rows below it, which part it by budgets.
    pub fn balance(&self) -> Option<Side> {
        self.side.filter(|side| matches!(side, Side::Opening | Side::Closing))
    }
}

/// Reads a row: its code, or its name on the side of an overview that `head` stands above. `under` is the balance that rows above tell of.
pub fn row(code: Option<&str>, label: &str, head: &[String], form: Form, under: Option<Side>) -> Option<RowMeaning> {
    let item = |item| Some(RowMeaning { item, ..RowMeaning::NOTHING });
    if let Some(code) = code {
        return item(Item::Code(code.parse().ok()?));
    }
    let name = strip_ordinal(label);
    if form.subject == Subject::Sangong {
        if let Some(basis) = plan_or_actual(name) {
            return Some(RowMeaning { basis: Some(basis), ..RowMeaning::NOTHING });
        }
        return sangong(name)
            .map(|concept| RowMeaning { item: Item::Of(concept), ..RowMeaning::NOTHING })
            .or_else(|| (name.is_empty() || is_sangong_whole(name)).then_some(RowMeaning::NOTHING));
    }
    if form.subject != Subject::Overview {
        let nature = nature(name);
        return is_total(name).then_some(RowMeaning { nature, ..RowMeaning::NOTHING });
    }
    let income = head.iter().any(|text| text.contains("收入"));
    if let Some(found @ (Side::Opening | Side::Closing | Side::Distribution | Side::Used | Side::Total)) = side(name) {
        return Some(RowMeaning { side: Some(found), ..RowMeaning::NOTHING });
    }
    if let Some(under) = under {
        return money(name).map(|money| RowMeaning { money: Some(money), side: Some(under), ..RowMeaning::NOTHING });
    }
    if name.ends_with("合计") || matches!(name, "本年收入" | "本年支出") {
        return Some(RowMeaning { side: side(name), ..RowMeaning::NOTHING });
    }
    if income {
        return money(name).map(|money| RowMeaning {
            money: Some(money),
            side: Some(Side::Income),
            ..RowMeaning::NOTHING
        });
    }
    if let Some(class) = class(name) {
        return Some(RowMeaning { side: Some(Side::Expenditure), item: Item::Code(class), ..RowMeaning::NOTHING });
    }
    nature(name).map(|nature| RowMeaning { side: Some(Side::Expenditure), nature: Some(nature), ..RowMeaning::NOTHING })
}

/// The meaning of the cell where a row and a column meet.
pub fn meaning(form: Form, row: RowMeaning, column: Column) -> Meaning {
    let item = match (row.item, column.concept) {
        (Item::Total, Some(concept)) => Item::Of(concept),
        (Item::Total, None) if form.subject == Subject::Sangong => Item::Of(super::SANGONG),
        (item, _) => item,
    };
    let nature = row.nature.or(column.nature).unwrap_or(form.nature);
    Meaning {
        // 结余 of the overview by budgets: the row's budget, else the column's.
        money: row.money.or(column.money).unwrap_or(form.money),
        side: row.side.or(column.side).unwrap_or(default_side(form)),
        nature,
        item,
        basis: row.basis.or(column.basis).unwrap_or(Basis::Actual),
    }
}

/// 一、, 1. and （一） before a name.
pub fn strip_ordinal(label: &str) -> &str {
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = label.trim_start_matches('（').trim_start_matches(digits);
    let behind = rest.trim_start_matches(['、', '.', '）', ' ']);
    if behind.len() < rest.len() && rest.len() < label.len() { behind } else { label }
}

/// The classes (类) of the functional classification, with the names that they have had.
const CLASSES: [(u32, &[&str]); 30] = [
    (201, &["一般公共服务"]),
    (202, &["外交"]),
    (203, &["国防"]),
    (204, &["公共安全"]),
    (205, &["教育"]),
    (206, &["科学技术"]),
    (207, &["文化旅游体育与传媒", "文化体育与传媒"]),
    (208, &["社会保障和就业"]),
    (209, &["社会保险基金"]),
    (210, &["卫生健康", "医疗卫生与计划生育", "医疗卫生"]),
    (211, &["节能环保"]),
    (212, &["城乡社区", "城乡社区事务"]),
    (213, &["农林水", "农林水事务"]),
    (214, &["交通运输"]),
    (215, &["资源勘探信息等", "资源勘探工业信息等", "资源勘探电力信息等"]),
    (216, &["商业服务业等"]),
    (217, &["金融", "金融监管等事务"]),
    (219, &["援助其他地区"]),
    (220, &["自然资源海洋气象等", "国土海洋气象等", "国土资源气象等事务"]),
    (221, &["住房保障"]),
    (222, &["粮油物资储备", "粮油物资储备事务"]),
    (223, &["国有资本经营预算"]),
    (224, &["灾害防治及应急管理"]),
    (227, &["预备费"]),
    (229, &["其他"]),
    (230, &["转移性"]),
    (231, &["债务还本"]),
    (232, &["债务付息"]),
    (233, &["债务发行费用"]),
    (234, &["抗疫特别国债安排的"]),
];

/// The class of a name: 教育支出, 教育, 教育（类）.
pub fn class(name: &str) -> Option<u32> {
    let bare = name.trim_end_matches("（类）");
    let short = bare.strip_suffix("支出").unwrap_or(bare);
    CLASSES.iter().find(|(_, names)| names.contains(&short) || names.contains(&bare)).map(|(code, _)| *code)
}

/// 财政拨款支出: of all budgets, and where only the general one is meant, of that.
pub fn fiscal_expenditure(basis: Basis) -> Vec<Meaning> {
    let spent = |money| Meaning {
        money,
        side: Side::Expenditure,
        nature: Nature::Any,
        item: Item::Total,
        basis: Basis::Actual,
    };
    planned(basis, vec![spent(Money::Fiscal), spent(Money::General)])
}

/// The meanings of a concept as the prose uses it, the likeliest first: it holds where any table's cell agrees.
pub fn meanings(concept: Concept, basis: Basis) -> Vec<Meaning> {
    planned(basis, actual_meanings(concept))
}

/// The same of a basis; of a plan also as the plan that a table does not name.
fn planned(basis: Basis, meanings: Vec<Meaning>) -> Vec<Meaning> {
    let bases: &[Basis] = match basis {
        Basis::Actual => &[Basis::Actual],
        Basis::Initial => &[Basis::Initial, Basis::Budget],
        Basis::Adjusted => &[Basis::Adjusted, Basis::Budget],
        Basis::Budget => &[Basis::Budget, Basis::Initial, Basis::Adjusted],
    };
    bases.iter().flat_map(|&basis| meanings.iter().map(move |&meaning| Meaning { basis, ..meaning })).collect()
}

fn actual_meanings(concept: Concept) -> Vec<Meaning> {
    use super as t;
    let meaning = |money, side, nature| Meaning { money, side, nature, item: Item::Total, basis: Basis::Actual };
    let spent = |money, nature| meaning(money, Side::Expenditure, nature);
    let of = || {
        [Money::General, Money::Fiscal, Money::All]
            .map(|money| Meaning { item: Item::Of(concept), ..spent(money, Nature::Any) })
            .to_vec()
    };
    match concept {
        t::TOTAL | t::INCOME_TOTAL | t::EXPENDITURE_TOTAL => vec![meaning(Money::All, Side::Total, Nature::Any)],
        t::FISCAL_TOTAL | t::FISCAL_INCOME_TOTAL | t::FISCAL_EXPENDITURE_TOTAL => {
            vec![meaning(Money::Fiscal, Side::Total, Nature::Any)]
        }
        t::INCOME => vec![meaning(Money::All, Side::Income, Nature::Any)],
        t::EXPENDITURE => vec![spent(Money::All, Nature::Any)],
        // With the balances or without.
        t::ALL_INCOME => [Side::Income, Side::Total].map(|side| meaning(Money::All, side, Nature::Any)).to_vec(),
        t::ALL_EXPENDITURE => {
            [Side::Expenditure, Side::Total].map(|side| meaning(Money::All, side, Nature::Any)).to_vec()
        }
        t::FISCAL_INCOME => {
            vec![meaning(Money::Fiscal, Side::Income, Nature::Any), meaning(Money::General, Side::Income, Nature::Any)]
        }
        t::GENERAL_INCOME => vec![meaning(Money::General, Side::Income, Nature::Any)],
        t::FUND_INCOME => vec![meaning(Money::Fund, Side::Income, Nature::Any)],
        t::CAPITAL_INCOME => vec![meaning(Money::Capital, Side::Income, Nature::Any)],
        t::SUPERIOR_INCOME => vec![meaning(Money::Superior, Side::Income, Nature::Any)],
        t::OPERATING_INCOME => vec![meaning(Money::Operating, Side::Income, Nature::Any)],
        t::BUSINESS_INCOME => vec![meaning(Money::Business, Side::Income, Nature::Any)],
        t::SUBORDINATE_INCOME => vec![meaning(Money::Subordinate, Side::Income, Nature::Any)],
        t::OTHER_INCOME => vec![meaning(Money::Other, Side::Income, Nature::Any)],
        t::FUND_CARRIED_IN => vec![meaning(Money::Fund, Side::Opening, Nature::Any)],
        t::FUND_CARRIED_OUT => vec![meaning(Money::Fund, Side::Closing, Nature::Any)],
        t::CAPITAL_CARRIED_IN => vec![meaning(Money::Capital, Side::Opening, Nature::Any)],
        t::CAPITAL_CARRIED_OUT => vec![meaning(Money::Capital, Side::Closing, Nature::Any)],
        t::GENERAL => vec![spent(Money::General, Nature::Any), spent(Money::Fiscal, Nature::Any)],
        t::FUND => vec![spent(Money::Fund, Nature::Any)],
        t::CAPITAL => vec![spent(Money::Capital, Nature::Any)],
        t::GENERAL_BASIC => vec![spent(Money::General, Nature::Basic), spent(Money::Fiscal, Nature::Basic)],
        t::GENERAL_PROJECT => vec![spent(Money::General, Nature::Project), spent(Money::Fiscal, Nature::Project)],
        t::FUND_PROJECT => vec![spent(Money::Fund, Nature::Project)],
        t::BASIC => {
            [Money::All, Money::General, Money::Fiscal, Money::Fund].map(|money| spent(money, Nature::Basic)).to_vec()
        }
        t::PROJECT => {
            [Money::All, Money::General, Money::Fiscal, Money::Fund].map(|money| spent(money, Nature::Project)).to_vec()
        }
        t::PERSONNEL => vec![spent(Money::General, Nature::Personnel), spent(Money::Fiscal, Nature::Personnel)],
        t::PUBLIC => vec![spent(Money::General, Nature::Public), spent(Money::Fiscal, Nature::Public)],
        t::SANGONG
        | t::ABROAD
        | t::VEHICLES
        | t::VEHICLE_PURCHASE
        | t::VEHICLE_RUNNING
        | t::RECEPTION
        | t::MEETINGS
        | t::TRAINING => of(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_forms() {
        let of = |title| form(title).map(|f| (f.subject, f.money, f.nature));
        assert_eq!(of("收入支出决算总表"), Some((Subject::Overview, Money::All, Nature::Any)));
        assert_eq!(of("财政拨款收入支出决算总表"), Some((Subject::Overview, Money::Fiscal, Nature::Any)));
        assert_eq!(of("支出决算表"), Some((Subject::Expenditure, Money::All, Nature::Any)));
        assert_eq!(
            of("一般公共预算财政拨款基本支出决算表"),
            Some((Subject::Expenditure, Money::General, Nature::Basic))
        );
        assert_eq!(of("政府性基金预算财政拨款收入支出决算表"), Some((Subject::Movement, Money::Fund, Nature::Any)));
        assert_eq!(of("财政拨款“三公”经费支出决算表").map(|f| f.0), Some(Subject::Sangong));
        assert_eq!(of("部门整体支出绩效自评表"), None);
        assert_eq!(of("2023年度收入支出决算公开表").map(|f| f.0), Some(Subject::Overview));
        assert_eq!(of("部门收支决算总体情况表").map(|f| f.0), Some(Subject::Overview));
        assert_eq!(of("2025年部门收支总体情况表").map(|f| f.0), Some(Subject::Overview));
        assert_eq!(of("财政拨款收支总体情况表").map(|f| f.1), Some(Money::Fiscal));
        assert_eq!(of("部门收入总体情况表").map(|f| f.0), Some(Subject::Income));
        assert_eq!(of("收入决算总表").map(|f| f.0), Some(Subject::Income));
        assert_eq!(of("一般公共预算支出情况表"), Some((Subject::Expenditure, Money::General, Nature::Any)));
        assert_eq!(of("一般公共预算基本支出情况表").map(|f| f.2), Some(Nature::Basic));
        for part in [
            "机关运行经费支出决算表",
            "政府采购支出表",
            "所属单位收入支出决算情况表",
            "会议费支出决算表",
            "国有资产占用情况表",
        ] {
            assert_eq!(of(part), None, "{part}");
        }
    }

    #[test]
    fn columns_and_rows_meet_in_a_meaning() {
        let form = form("一般公共预算财政拨款支出决算表").unwrap();
        let column = column(&["基本支出".to_owned(), "公用经费".to_owned()], form).unwrap();
        let row = row(Some("2101501"), "行政运行", &[], form, None).unwrap();
        let meaning = meaning(form, row, column);
        assert_eq!(
            meaning,
            Meaning {
                money: Money::General,
                side: Side::Expenditure,
                nature: Nature::Public,
                item: Item::Code(2_101_501),
                basis: Basis::Actual
            }
        );
    }

    #[test]
    fn what_was_carried_in_is_a_part_of_a_bare_total_of_incomes() {
        let form = form("部门收入总体情况表");
        let of_total = |heads: &[&str]| {
            let paths: Vec<Vec<String>> = heads.iter().map(|head| vec![(*head).to_owned()]).collect();
            let heads: Vec<&[String]> = paths.iter().map(Vec::as_slice).collect();
            totals(form, &heads, &columns(&heads, form.unwrap()))
        };
        assert_eq!(of_total(&["合计", "上年结转", "一般公共预算", "事业收入"]), [(0, vec![1, 2, 3])]);
        assert_eq!(of_total(&["上年结转", "本年收入合计", "财政拨款收入", "事业收入"]), [(1, vec![2, 3])]);
        assert_eq!(of_total(&["合计", "上年数", "一般公共预算", "事业收入"]), [(0, vec![2, 3])]);
    }

    #[test]
    fn the_two_sides_of_an_overview() {
        let form = form("收入支出决算总表").unwrap();
        let income =
            row(None, "2.政府性基金预算财政拨款", &["收入".to_owned(), "项目".to_owned()], form, None).unwrap();
        assert_eq!((income.money, income.side), (Some(Money::Fund), Some(Side::Income)));
        let spent = row(None, "二十三、其他支出", &["支出".to_owned()], form, None).unwrap();
        assert_eq!(spent.item, Item::Code(229));
        assert_eq!(row(None, "年末结转和结余", &["支出".to_owned()], form, None).unwrap().side, Some(Side::Closing));
    }
}
