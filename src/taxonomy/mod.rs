//! The concepts of the final accounts: their names, and the calculations that bind them.
//!
//! Source: the tables 公开01-09 of the finance ministry's 部门决算 (财预〔2016〕143号 and the yearly 部门决算编制手册), and the prose that
//! the provinces' 公开模板 put beside them.

pub mod economic;
pub mod functional;
mod measures;
pub mod official;
pub mod tables;

pub use measures::stock;

/// A named item of the accounts.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Concept(u8);

impl Concept {
    /// Its usual name.
    pub fn name(self) -> &'static str {
        CONCEPTS[usize::from(self.0)].1[0]
    }
}

impl std::fmt::Debug for Concept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Ord for Concept {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name().cmp(other.name())
    }
}

impl PartialOrd for Concept {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// What kind of figure an amount is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Basis {
    /// 决算数, 执行数: what happened.
    Actual,
    /// 年初预算.
    Initial,
    /// 调整预算, 全年预算.
    Adjusted,
    /// A budget, not said which.
    Budget,
}

impl Basis {
    /// Whether it is a plan.
    pub fn is_plan(self) -> bool {
        self != Basis::Actual
    }
}

/// A concept and all the names that reports use for it.
type Names = (Concept, &'static [&'static str]);

macro_rules! concepts {
    ($($ident:ident = $name:literal $(| $other:literal)*;)*) => {
        /// The concepts' places in the list.
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum At { $($ident),* }
        $(#[doc = $name] pub const $ident: Concept = Concept(At::$ident as u8);)*
        const CONCEPTS: &[Names] = &[$(($ident, &[$name $(, $other)*])),*];
    };
}

concepts! {
    TOTAL = "收、支总计" | "收支总计" | "收入支出总计" | "收、支决算总计" | "收入、支出总计" | "收入总计、支出总计" | "收入支出总体" | "收支总体" | "收入、支出总体" | "收入总计和支出总计" | "收支决算总计";
    INCOME_TOTAL = "收入总计" | "收入决算总计";
    EXPENDITURE_TOTAL = "支出总计" | "支出决算总计";
    INCOME = "本年收入合计" | "本年收入";
    EXPENDITURE = "本年支出合计" | "本年支出";
    ALL_INCOME = "总收入" | "收入合计" | "收入总额" | "全年总收入";
    ALL_EXPENDITURE = "总支出" | "支出合计" | "支出总额" | "全年总支出" | "全部支出";
    FISCAL_TOTAL = "财政拨款收、支总计" | "财政拨款收支总计" | "财政拨款收入支出总计" | "财政拨款收、支决算总计" | "财政拨款收入、支出总计";
    FISCAL_INCOME_TOTAL = "财政拨款收入总计";
    FISCAL_EXPENDITURE_TOTAL = "财政拨款支出总计";
    GENERAL_INCOME = "一般公共预算财政拨款收入" | "一般公共预算拨款收入";
    FUND_INCOME = "政府性基金预算财政拨款收入" | "政府性基金预算拨款收入" | "政府性基金收入";
    CAPITAL_INCOME = "国有资本经营预算财政拨款收入" | "国有资本经营预算拨款收入" | "国有资本经营预算收入";
    CARRIED_IN = "年初结转和结余" | "上年结转和结余" | "年初结转结余" | "上年结转结余";
    CARRIED_OUT = "年末结转和结余" | "年末结转结余" | "结转下年" | "结转和结余";
    SURPLUS_USED = "使用非财政拨款结余" | "使用非财政拨款结余（含专用结余）" | "使用非财政拨款结余和专用结余" | "用事业基金弥补收支差额";
    SURPLUS_SHARED = "结余分配";
    SUPERIOR_INCOME = "上级补助收入";
    OPERATING_INCOME = "事业收入";
    BUSINESS_INCOME = "经营收入";
    SUBORDINATE_INCOME = "附属单位上缴收入" | "附属单位缴款";
    OTHER_INCOME = "其他收入";
    FISCAL_INCOME = "财政拨款收入";
    BASIC = "基本支出";
    PROJECT = "项目支出";
    TO_SUPERIOR = "上缴上级支出";
    BUSINESS = "经营支出";
    TO_SUBORDINATE = "对附属单位补助支出" | "对附属单位补助";
    FUND_CARRIED_IN = "政府性基金预算财政拨款年初结转和结余" | "政府性基金预算年初结转和结余" | "政府性基金年初结转和结余";
    FUND_CARRIED_OUT = "政府性基金预算财政拨款年末结转和结余" | "政府性基金预算年末结转和结余" | "政府性基金年末结转和结余";
    CAPITAL_CARRIED_IN = "国有资本经营预算财政拨款年初结转和结余" | "国有资本经营预算年初结转和结余";
    CAPITAL_CARRIED_OUT = "国有资本经营预算财政拨款年末结转和结余" | "国有资本经营预算年末结转和结余";
    GENERAL = "一般公共预算财政拨款支出" | "一般公共预算支出" | "一般公共预算拨款支出" | "一般公共预算财政拨款";
    GENERAL_BASIC = "一般公共预算财政拨款基本支出" | "一般公共预算基本支出";
    GENERAL_PROJECT = "一般公共预算财政拨款项目支出" | "一般公共预算项目支出";
    FUND = "政府性基金预算财政拨款支出" | "政府性基金预算支出" | "政府性基金支出" | "政府性基金预算拨款支出" | "政府性基金财政拨款支出";
    FUND_PROJECT = "政府性基金预算财政拨款项目支出" | "政府性基金预算项目支出" | "政府性基金项目支出";
    CAPITAL = "国有资本经营预算财政拨款支出" | "国有资本经营预算支出" | "国有资本经营预算拨款支出";
    PERSONNEL = "人员经费" | "人员经费支出" | "人员支出";
    PUBLIC = "公用经费" | "日常公用经费" | "公用经费支出" | "日常公用经费支出" | "公用支出";
    SANGONG = "三公经费" | "三公经费财政拨款支出" | "三公经费支出" | "三公经费总支出" | "三公经费一般公共预算财政拨款支出" | "三公经费财政拨款" | "一般公共预算财政拨款三公经费支出" | "财政拨款三公经费支出" | "财政拨款三公经费" | "三公经费合计" | "财政拨款的三公经费支出" | "财政拨款安排的三公经费支出" | "财政拨款安排的三公经费" | "一般公共预算财政拨款安排的三公经费支出" | "一般公共预算财政拨款安排的三公经费";
    ABROAD = "因公出国（境）费" | "因公出国（境）费支出" | "因公出国（境）费用" | "因公出国（境）费用支出" | "因公出国（境）经费" | "因公出国（境）经费支出" | "因公出国（境）支出";
    VEHICLES = "公务用车购置及运行维护费" | "公务用车购置及运行维护费支出" | "公务用车购置及运行费" | "公务用车购置及运行费支出" | "公务用车购置和运行维护费" | "公务用车购置及运行维护费用" | "公务用车购置及运行维护支出" | "公务用车购置和运行维护费支出" | "公务用车费用" | "公务用车费";
    VEHICLE_PURCHASE = "公务用车购置费" | "公务用车购置费支出" | "公务用车购置支出" | "公务用车购置费用" | "公务用车购置费用支出" | "公务用车购置" | "车辆购置支出" | "车辆购置费";
    VEHICLE_RUNNING = "公务用车运行维护费" | "公务用车运行维护费支出" | "公务用车运行费" | "公务用车运行费支出" | "公务用车运行维护费用" | "公务用车运行维护支出" | "公务用车运行支出" | "车辆运行维护费" | "车辆运行维护费支出" | "车辆运行费" | "车辆运行费支出";
    RECEPTION = "公务接待费" | "公务接待" | "公务接待费支出" | "公务接待费用" | "公务接待支出";
    RECEPTION_DOMESTIC = "国内公务接待支出" | "国内公务接待费" | "国内接待费" | "国内接待费支出" | "国内公务接待费支出" | "国内接待支出";
    RECEPTION_FOREIGN = "外事接待支出" | "外事接待费" | "国（境）外接待费" | "国（境）外公务接待费" | "国（境）外公务接待支出" | "外宾接待支出" | "外宾接待费" | "外事接待费支出";
    AGENCY = "机关运行经费" | "机关运行经费支出" | "机关运行经费财政拨款支出" | "机关（单位）运行经费支出";
    PROCUREMENT = "政府采购支出总额" | "政府采购支出" | "政府采购总额" | "政府采购支出合计" | "政府采购支出总金额";
    GOODS = "政府采购货物支出" | "政府采购货物类支出" | "货物类支出" | "货物支出" | "采购货物支出";
    WORKS = "政府采购工程支出" | "政府采购工程类支出" | "工程类支出" | "工程支出" | "采购工程支出";
    SERVICES = "政府采购服务支出" | "政府采购服务类支出" | "服务类支出" | "服务支出" | "采购服务支出";
    SME_CONTRACTS = "授予中小企业合同金额" | "授予中小企业合同" | "授予中小企业的合同金额" | "授予中小企业合同总额" | "授予中小企业合同额";
    MICRO_CONTRACTS = "授予小微企业合同金额" | "授予小微企业合同" | "授予小微企业的合同金额" | "授予小微企业合同总额" | "授予小微企业合同额";
    MEETINGS = "会议费" | "会议费支出";
    TRAINING = "培训费" | "培训费支出";
}

/// A whole that is the sum of its parts, by the accounts' own definition.
#[derive(Debug, Clone, Copy)]
pub struct Calculation {
    /// The whole, by any of these concepts.
    pub wholes: &'static [Concept],
    /// The parts that every report prints.
    pub needed: &'static [Concept],
    /// The parts that a report prints only where it has them.
    pub others: &'static [Concept],
    /// What the names of two parts or more have of their own, whosever they are: parts that bear one each leave nothing of their whole out
    /// (财政拨款基本支出, 财政拨款项目支出).
    pub marks: &'static [&'static str],
}

impl Calculation {
    /// Whether a concept is one of its parts.
    pub fn has(&self, part: Concept) -> bool {
        self.needed.contains(&part) || self.others.contains(&part)
    }

    const fn new(wholes: &'static [Concept], needed: &'static [Concept], others: &'static [Concept]) -> Self {
        Calculation { wholes, needed, others, marks: &[] }
    }

    const fn marked(self, marks: &'static [&'static str]) -> Self {
        Calculation { marks, ..self }
    }
}

/// The calculations of the prose: table 公开02 (income), 03 (expenditure), 05 and 06 (basic), 07 (三公), and the procurement statement. What came
/// in has six sources, the first of which may be told as its three budgets; only where all are named is nothing left out.
pub const CALCULATIONS: &[Calculation] = &[
    Calculation::new(
        &[INCOME],
        &[FISCAL_INCOME, SUPERIOR_INCOME, OPERATING_INCOME, BUSINESS_INCOME, SUBORDINATE_INCOME, OTHER_INCOME],
        &[],
    ),
    Calculation::new(
        &[INCOME],
        &[
            GENERAL_INCOME,
            FUND_INCOME,
            CAPITAL_INCOME,
            SUPERIOR_INCOME,
            OPERATING_INCOME,
            BUSINESS_INCOME,
            SUBORDINATE_INCOME,
            OTHER_INCOME,
        ],
        &[],
    ),
    Calculation::new(&[EXPENDITURE], &[BASIC, PROJECT], &[TO_SUPERIOR, BUSINESS, TO_SUBORDINATE])
        .marked(&["基本支出", "项目支出"]),
    Calculation::new(&[GENERAL_BASIC, BASIC], &[PERSONNEL, PUBLIC], &[]).marked(&["人员", "公用"]),
    Calculation::new(&[SANGONG], &[ABROAD, VEHICLES, RECEPTION], &[]),
    Calculation::new(&[SANGONG], &[ABROAD, VEHICLE_PURCHASE, VEHICLE_RUNNING, RECEPTION], &[]),
    Calculation::new(&[VEHICLES], &[VEHICLE_PURCHASE, VEHICLE_RUNNING], &[]),
    Calculation::new(&[RECEPTION], &[RECEPTION_DOMESTIC, RECEPTION_FOREIGN], &[]),
    Calculation::new(&[PROCUREMENT], &[GOODS, SERVICES], &[WORKS]).marked(&["货物", "工程", "服务"]),
];

/// Other names of parts that are all there is of a whole, whatever it is.
const PARTITIONS: &[&[&str]] = &[
    // 政府收支分类科目: 101 and 103 of what a government takes in.
    &["税收", "非税"],
    // 国发〔2014〕43号: the two kinds of a local government's debt.
    &["一般债", "专项债"],
    // 部门决算 附表, 机构人员情况: whom an office pays, and what its posts are.
    &["在职", "离休", "退休"],
    &["行政编制", "事业编制"],
    // 医疗保障定点管理办法 (国家医疗保障局令 2 and 3): who serves the insured.
    &["医疗机构", "零售药店"],
    &["男", "女"],
    // 财预〔2020〕10号 and 财预〔2013〕53号: the groups of indicators of an evaluation.
    &["决策", "过程", "产出", "效益"],
    &["投入", "过程", "产出", "效益"],
    &["投入", "过程", "产出", "效果"],
    // The levels of government that money comes from.
    &["中央", "省级", "市级", "县级"],
];

/// Whether parts of these names are all there is of their whole: each bears one mark of a partition, and each mark is borne by one.
pub fn is_partition(names: &[&str]) -> bool {
    let marks = CALCULATIONS.iter().map(|calculation| calculation.marks).chain(PARTITIONS.iter().copied());
    marks.filter(|marks| marks.len() == names.len()).any(|marks| {
        !marks.is_empty() && marks.iter().all(|mark| names.iter().filter(|name| name.contains(mark)).count() == 1)
    })
}

/// The balances of table 公开01, whose numbers a report may spread over its first chapters.
pub const BALANCES: &[Calculation] = &[
    Calculation::new(&[INCOME_TOTAL, TOTAL], &[INCOME, CARRIED_IN], &[SURPLUS_USED]),
    Calculation::new(&[EXPENDITURE_TOTAL, TOTAL], &[EXPENDITURE, CARRIED_OUT], &[SURPLUS_SHARED]),
];

/// One side of the accounts, by the totals that it has under the names that reports give them. Reports use each for the others.
#[derive(Debug)]
pub struct Side {
    /// 收入 or 支出.
    pub name: &'static str,
    /// What came in or went out in the year.
    pub of_year: Concept,
    /// The same where 本年 is not said.
    pub unsaid: Concept,
    /// The total of table 公开01, with what was carried over.
    pub with_carried: Concept,
    /// What that total holds besides.
    pub carried: [Concept; 2],
}

impl Side {
    /// Its totals, from the narrowest to the widest.
    pub fn totals(&self) -> [Concept; 3] {
        [self.of_year, self.unsaid, self.with_carried]
    }

    /// The side that a total belongs to.
    pub fn of(total: Concept) -> Option<&'static Side> {
        SIDES.iter().find(|side| side.totals().contains(&total))
    }
}

/// Both sides of table 公开01.
pub const SIDES: [Side; 2] = [
    Side {
        name: "收入",
        of_year: INCOME,
        unsaid: ALL_INCOME,
        with_carried: INCOME_TOTAL,
        carried: [CARRIED_IN, SURPLUS_USED],
    },
    Side {
        name: "支出",
        of_year: EXPENDITURE,
        unsaid: ALL_EXPENDITURE,
        with_carried: EXPENDITURE_TOTAL,
        carried: [CARRIED_OUT, SURPLUS_SHARED],
    },
];

/// How a name says that it is a total: 三公经费支出合计, 政府采购规模.
const TOTAL_TAILS: [&str; 10] = ["总额", "总数", "总量", "总计", "合计", "共计", "总规模", "规模", "数额", "总"];

/// Totals that are told together (收、支总计) or each by itself.
pub const TOTALS: &[(Concept, [Concept; 2])] =
    &[(TOTAL, [INCOME_TOTAL, EXPENDITURE_TOTAL]), (FISCAL_TOTAL, [FISCAL_INCOME_TOTAL, FISCAL_EXPENDITURE_TOTAL])];

/// Classes of the functional classification (without 支出) that were renamed, with the name that they bear now; reports go on using both.
/// Source: 政府收支分类科目, the years 2014 to 2020.
const RENAMED_CLASSES: [(&str, &str); 7] = [
    ("文化体育与传媒", "文化旅游体育与传媒"),
    ("医疗卫生", "卫生健康"),
    ("医疗卫生与计划生育", "卫生健康"),
    ("国土海洋气象等", "自然资源海洋气象等"),
    ("资源勘探电力信息等", "资源勘探工业信息等"),
    ("资源勘探信息等", "资源勘探工业信息等"),
    ("资源勘探电力信息等事务", "资源勘探工业信息等"),
];

/// The name that a class of the functional classification bears now.
pub fn present_class(name: &str) -> &str {
    RENAMED_CLASSES.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new)
}

/// A whole that holds a part, where nothing says what else it holds.
pub const BOUNDS: &[(Concept, Concept)] = &[
    (PROCUREMENT, SME_CONTRACTS),
    (SME_CONTRACTS, MICRO_CONTRACTS),
    (RECEPTION, RECEPTION_DOMESTIC),
    (EXPENDITURE, GENERAL),
];

/// The concept that a cleaned name means. A department's own name may stand before it (示例市水务局机关运行经费支出).
pub fn concept(name: &str) -> Option<Concept> {
    // 收入总计 and 支出合计 have meanings of their own.
    let own = |bare: &&str| !bare.ends_with("收入") && !matches!(*bare, "支出" | "收支" | "收、支");
    let (concept, _) = concept_of_office(name).or_else(|| concept_of_office(without_total(name).filter(own)?))?;
    Some(concept)
}

/// A name that says that it is a total, without the word: 三公经费 of 三公经费合计.
pub fn without_total(name: &str) -> Option<&str> {
    TOTAL_TAILS.iter().find_map(|tail| name.strip_suffix(tail)).filter(|bare| !bare.is_empty())
}

/// The concept that a cleaned name means, and the office whose it is; empty where the name names none.
pub fn concept_of_office(name: &str) -> Option<(Concept, &str)> {
    let [.., second, _, _, last] = name.as_bytes() else { return None };
    // Few names end alike: the last bytes of their last two characters tell most of them apart.
    let alike = |candidate: &&&str| matches!(candidate.as_bytes(), [.., a, _, _, b] if b == last && a == second);
    let mut best: Option<(&str, Concept)> = None;
    for (concept, names) in CONCEPTS {
        for candidate in names.iter().filter(alike) {
            if let Some(before) = name.strip_suffix(candidate)
                && best.is_none_or(|(other, _)| before.len() < other.len())
                && names_only_an_office(before)
            {
                best = Some((before, *concept));
            }
        }
    }
    // 一般公共服务支出 is a class of its own and nobody's 服务支出.
    best.filter(|(before, _)| before.is_empty() || tables::class(name).is_none())
        .map(|(before, concept)| (concept, before))
}

/// The concept that a name means under the given headings and behind the given words of its sentence: 收入总计 in the chapter on
/// 财政拨款收入支出 is that of the 财政拨款, 本年收入 in the chapter on 政府性基金 is that of the fund, and behind those words elsewhere it is
/// none that has a name here.
pub fn qualify(concept: Concept, heading: &str, before: impl Fn() -> String) -> Option<Concept> {
    const OF_ALL_MONEY: [Concept; 13] = [
        ALL_INCOME,
        ALL_EXPENDITURE,
        TOTAL,
        INCOME_TOTAL,
        EXPENDITURE_TOTAL,
        INCOME,
        EXPENDITURE,
        BASIC,
        PROJECT,
        CARRIED_IN,
        CARRIED_OUT,
        SURPLUS_USED,
        SURPLUS_SHARED,
    ];
    if !OF_ALL_MONEY.contains(&concept) {
        return Some(concept);
    }
    let before = before();
    let says = |word: &str| heading.contains(word) || before.contains(word);
    // A list of incomes names every source of money; only one that the sentence is about restricts what follows.
    let list = before.contains("本年收入合计") || before.contains("本年支出合计") || before.contains("收入总计");
    // 国有资本经营预算收入总计N，支出总计M: the fund that the sentence begins with is whose all its totals are.
    let total = ["合计", "总计", "本年"].iter().filter_map(|word| before.find(word)).min().unwrap_or(usize::MAX);
    let led =
        ["政府性基金", "国有资本", "社会保险基金"].iter().any(|fund| before.find(fund).is_some_and(|at| at < total));
    if led || (says("政府性基金") || says("国有资本")) && !list && !heading.contains("总体情况") {
        return of_budget(concept, heading, &before);
    }
    if heading.contains("财政拨款") || (before.contains("财政拨款") && !list) {
        let of_all = heading.contains("财政拨款收入支出") || !heading.contains("财政拨款");
        return match concept {
            TOTAL if of_all => Some(FISCAL_TOTAL),
            INCOME_TOTAL if of_all => Some(FISCAL_INCOME_TOTAL),
            EXPENDITURE_TOTAL if of_all => Some(FISCAL_EXPENDITURE_TOTAL),
            BASIC if says("一般公共预算") => Some(GENERAL_BASIC),
            PROJECT if says("一般公共预算") => Some(GENERAL_PROJECT),
            _ => None,
        };
    }
    Some(concept)
}

/// The concept in the chapter on one budget alone, whose 本年收入 is that budget's; none where the sentence names another.
fn of_budget(concept: Concept, heading: &str, before: &str) -> Option<Concept> {
    let budgets = [
        ("政府性基金", "国有资本", [FUND_CARRIED_IN, FUND_INCOME, FUND, FUND_CARRIED_OUT]),
        ("国有资本", "政府性基金", [CAPITAL_CARRIED_IN, CAPITAL_INCOME, CAPITAL, CAPITAL_CARRIED_OUT]),
    ];
    let elsewhere = |words: &str, other: &str| words.contains(other) || words.contains("一般公共预算");
    let (.., own) = budgets
        .into_iter()
        .find(|(name, other, _)| heading.contains(name) && !elsewhere(heading, other) && !elsewhere(before, other))?;
    let [carried_in, income, expenditure, carried_out] = own;
    match concept {
        CARRIED_IN => Some(carried_in),
        INCOME => Some(income),
        EXPENDITURE => Some(expenditure),
        CARRIED_OUT => Some(carried_out),
        _ => None,
    }
}

/// The concept that a heading speaks of: the longest name in it.
pub fn mentioned(text: &str) -> Option<Concept> {
    let text = text.replace(['“', '”'], "");
    CONCEPTS
        .iter()
        .flat_map(|(concept, names)| names.iter().map(move |name| (*concept, *name)))
        .filter(|(_, name)| text.contains(name))
        .max_by_key(|(_, name)| name.len())
        .map(|(concept, _)| concept)
}

/// What stands before a concept's name must not be about money: 财政拨款基本支出 is not 基本支出.
fn names_only_an_office(before: &str) -> bool {
    const MONEY: [&str; 18] = [
        "支出", "收入", "预算", "经费", "拨款", "资金", "基金", "费", "补助", "其他", "结转", "上年", "项目", "授予",
        "非", "采购", "涉及", "安排",
    ];
    before.is_empty() || (before.chars().count() >= 2 && !MONEY.iter().any(|word| before.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_concepts_behind_an_offices_name() {
        assert_eq!(concept("示例市水务局机关运行经费支出"), Some(AGENCY));
        assert_eq!(concept("一般公共预算财政拨款基本支出"), Some(GENERAL_BASIC));
        assert_eq!(concept("财政拨款基本支出"), None);
        assert_eq!(concept("其他经营支出"), None);
        assert_eq!(concept("一般公共服务支出"), None);
        assert_eq!(concept("因公出国（境）费支出"), Some(ABROAD));
    }

    #[test]
    fn no_name_means_two_things() {
        let mut names: Vec<&str> = CONCEPTS.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
