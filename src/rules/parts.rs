//! Parts and their whole, by the words of a list.

use super::share_total::shares;
use super::{Context, Found, Rule};
use crate::facts::{Fact, Joint, ListKind, Unit};
use crate::numbers::Interval;
use crate::relations::{Certainty, FactId, Formula, List, Relation, budget, same_kind};
use crate::taxonomy::{self, CALCULATIONS, CARRIED_IN, Calculation, Concept, INCOME, OTHER_INCOME, Side};
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "parts-total",
    name: ["分项合计", "parts make the whole"],
    doc: [
        "各分项之和应等于总数。仅在文字表明分项已列全时认定错误：占比合计为100%、“由…组成”、逐项列示的科目。“其中”只列部分时不作认定，但分项之和不得大于总数。",
        "Parts make their whole. This is only claimed where the words show that all parts are listed: shares that make 100 %, 由…组成, items in paragraphs of their own. Otherwise 其中 may name some parts only, but they cannot exceed the whole.",
    ],
    fails: "支出600.00万元，主要用于以下方面：教育支出（类）250.00万元，占40.00%；住房保障支出（类）360.00万元，占60.00%。",
    passes: "支出600.00万元，主要用于以下方面：教育支出（类）240.00万元，占40.00%；住房保障支出（类）360.00万元，占60.00%。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for list in &context.lists {
        if list.parts.len() < 2 {
            continue;
        }
        let certainty = certainty(context, list);
        let mut readings = vec![Formula::Sum(list.parts.clone(), Vec::new())];
        readings.extend(with_carried(context, list));
        found.relations.push(Relation { rule: RULE.id, target: list.whole, readings, certainty });
    }
}

/// How sure it is that a list names all parts.
fn certainty(context: &Context, list: &List) -> Certainty {
    if list.makes_whole(context.reading)
        || list.kind == ListKind::Consists
        || items_in_full(context, list)
        || shares_make_hundred(context, list)
    {
        return Certainty::Sure;
    }
    let sum = list.parts.iter().fold(Decimal::ZERO, |sum, &id| sum + context.fact(id).quantity.value());
    let exceeds = sum > context.fact(list.whole).quantity.value();
    let partition = is_partition(context, list).then_some(Certainty::Likely);
    if let Some(certainty) = by_accounts(context, list).max(partition) {
        return certainty;
    }
    if exceeds && lie_apart(context, list) {
        return Certainty::Likely;
    }
    if list.kind == ListKind::Divides {
        return Certainty::Conjecture;
    }
    if is_of_cars(context, list) {
        return Certainty::Open;
    }
    // Shares that make more than a hundred say themselves that the parts overlap.
    let overlap = shares(context, list).is_some_and(|shares| {
        shares.iter().map(|&id| context.fact(id).quantity.figure).sum::<Decimal>() > Decimal::ONE_HUNDRED + Decimal::ONE
    });
    if overlap {
        return Certainty::Conjecture;
    }
    // 编制52人，其中行政编制52人，现有在职人员45人: the posts are told in full, and the people that follow are none of them.
    let counted = matches!(context.fact(list.whole).quantity.unit, Unit::Count(_));
    let goes_beyond = counted && list.is_made_before_its_end(context.reading);
    // Parts of one list that together exceed the whole are a slip, or overlap: a person must look.
    // 补助资金520万元，已支出388万元: what became of a part is no part.
    let became = list.parts.iter().any(|&id| context.reading.clause(id).starts_with('已'));
    if exceeds && !goes_beyond && !became && !list.partial && !list.of_paragraphs && !list.mixed {
        Certainty::Open
    } else {
        Certainty::Conjecture
    }
}

/// How sure the names of the accounts make it that a list behind a total leaves nothing out: it names every category that table 公开02 or 03
/// has, or all but those that have nothing. 其他收入 is whatever no category before it holds. A total of another name than 本年收入合计 or
/// 本年支出合计 may hold what was carried over as well.
fn by_accounts(context: &Context, list: &List) -> Option<Certainty> {
    let whole = context.fact(list.whole);
    let total = whole.concept.filter(|_| !list.partial && !list.mixed)?;
    let side = Side::of(total)?;
    let named: Vec<Concept> = list.parts.iter().map(|&id| context.fact(id).concept).collect::<Option<_>>()?;
    let mut of_year = CALCULATIONS.iter().filter(|calculation| calculation.wholes.contains(&side.of_year));
    let known = |c: &&Calculation| named.iter().all(|&name| c.has(name));
    let calculation = of_year.find(known)?;
    let names_all = |concepts: &[Concept]| concepts.iter().all(|concept| named.contains(concept));
    let in_full = names_all(calculation.needed) && names_all(calculation.others);
    let has_rest = named.last() == Some(&OTHER_INCOME) || (side.of_year != INCOME && names_all(calculation.needed));
    match (in_full, total == side.with_carried) {
        (true, false) if total == side.of_year || whole.subject.ends_with("合计") => Some(Certainty::Sure),
        (true, _) => Some(Certainty::Likely),
        (false, false) => has_rest.then_some(Certainty::Likely),
        (false, true) => has_rest.then_some(Certainty::Open),
    }
}

/// What was carried over, which a total may hold beside the parts of a list that tells where the year's money came from or went to.
fn with_carried(context: &Context, list: &List) -> Option<Formula> {
    let total = context.fact(list.whole).concept?;
    let side = Side::of(total).filter(|side| side.of_year != total)?;
    let listed = |concept: &Concept| list.parts.iter().any(|&id| context.fact(id).concept == Some(*concept));
    let stated = side.carried.into_iter().filter(|concept| !listed(concept));
    let carried = stated.filter_map(|concept| context.amounts(concept, false, list.whole).next());
    let all: Vec<FactId> = list.parts.iter().copied().chain(carried).collect();
    (all.len() > list.parts.len()).then_some(Formula::Sum(all, Vec::new()))
}

fn is_partition(context: &Context, list: &List) -> bool {
    let names: Vec<&str> = list.parts.iter().map(|&id| context.fact(id).subject.as_ref()).collect();
    // More amounts behind the last part may be parts too.
    let goes_on = list.parts.last().is_some_and(|&last| {
        let part = context.fact(last);
        let end = context.reading.paragraphs[part.paragraph].facts.end;
        let more = |f: &Fact| f.sentence == part.sentence && f.depth == part.depth && same_kind(f, part);
        // 行政编制6人、事业编制43人；实有人员64人: a semicolon ends a list that has none within.
        let is_item = |&id: &FactId| context.fact(id).joint == Joint::Item;
        let with_items = list.parts[1..].iter().any(is_item);
        (last + 1..end).take_while(|id| with_items || !is_item(id)).any(|id| more(context.fact(id)))
    });
    if goes_on || list.partial || list.mixed {
        return false;
    }
    // What is counted and no part before it holds is in the last one: 其他用车5辆.
    let counted = matches!(context.fact(list.whole).quantity.unit, Unit::Count(_));
    let has_rest = counted && names.len() > 2 && names.last().is_some_and(|name| name.starts_with("其他"));
    has_rest
        || counted && (is_apposed(context, list) || is_done_or_not(context, list))
        || taxonomy::is_partition(&names)
}

/// 公务用车5辆，其中：轿车3辆、越野车2辆、载客汽车0辆: the kinds that the accounts know, beside which an office may have others.
fn is_of_cars(context: &Context, list: &List) -> bool {
    const KINDS: [&str; 3] = ["轿车", "越野车", "载客汽车"];
    let named = |kind: &&str| list.parts.iter().any(|&id| context.fact(id).subject.contains(*kind));
    list.parts.len() == KINDS.len() && KINDS.iter().all(named)
}

/// 23家医院（22家公立医院和1家民营医院）: a bracket that says nothing but the parts says the count over again.
fn is_apposed(context: &Context, list: &List) -> bool {
    let last = context.fact(list.parts[list.parts.len() - 1]);
    let behind = context.reading.paragraphs[last.paragraph].between(last.at.1, last.at.1 + REACH_OF_WORDS);
    let thing = behind.split(['）', '，', '。']).next().unwrap_or("");
    let whole = context.fact(list.whole);
    last.depth > whole.depth
        && list.parts[0] == list.whole + 1
        && context.reading.lead(list.parts[0]).ends_with('（')
        && list.parts[1..].iter().all(|&id| context.reading.lead(id).contains(['和', '、', '及', '，']))
        && behind.contains('）')
        && !thing.contains('等')
}

/// 9个项目，其中8个完成目标，1个未完成: what was done and what was not leave nothing out.
fn is_done_or_not(context: &Context, list: &List) -> bool {
    const DONE: [&str; 6] = ["完成", "合格", "达标", "通过", "达到", "实现"];
    let [first, last] = list.parts[..] else { return false };
    let said = |id: FactId| {
        let fact = context.fact(id);
        let behind = context.reading.paragraphs[fact.paragraph].between(fact.at.1, fact.at.1 + REACH_OF_WORDS);
        behind.split(['，', '、', '；', '。', '）']).next().unwrap_or("").to_owned()
    };
    let (first, last) = (said(first), said(last));
    let misses =
        |words: &str, done: &str| ["未", "不", "没有"].iter().any(|not| words.contains(&format!("{not}{done}")));
    DONE.iter().any(|done| {
        let does = |words: &str| words.contains(done) && !misses(words, done);
        does(&first) && misses(&last, done) || misses(&first, done) && does(&last)
    })
}

/// How many characters behind a count the words reach that say what was counted.
const REACH_OF_WORDS: usize = 24;

/// Money of different budgets, and what was left of the year before, do not overlap: together they are no more than their whole.
fn lie_apart(context: &Context, list: &List) -> bool {
    let parts = || list.parts.iter().map(|&id| context.fact(id)).filter(|fact| !fact.quantity.figure.is_zero());
    let budgets: Vec<&str> = parts().filter_map(budget).collect();
    let apart = budgets.iter().enumerate().all(|(at, one)| !budgets[..at].contains(one));
    let known = |fact: &Fact| budget(fact).is_some() || fact.concept == Some(CARRIED_IN);
    budgets.len() > 1 && apart && !list.partial && !list.mixed && parts().all(known)
}

/// The 项 of the functional classification, each in a paragraph of its own, are all of them, unless the text ends with them.
fn items_in_full(context: &Context, list: &List) -> bool {
    list.of_paragraphs
        && !list.gaps
        && !list.parts.last().is_some_and(|&last| context.may_break_off(context.fact(last).span))
        && list.parts.iter().all(|&part| {
            let paragraph = &context.reading.paragraphs[context.fact(part).paragraph];
            paragraph.item.as_ref().is_some_and(|item| !item.item.is_empty())
        })
}

fn shares_make_hundred(context: &Context, list: &List) -> bool {
    let Some(shares) = shares(context, list) else { return false };
    // The share of nothing is exactly nothing.
    let of_some = list.parts.iter().zip(shares).filter(|(part, _)| !context.fact(**part).quantity.figure.is_zero());
    let mut of_some = of_some.map(|(_, share)| context.fact(share).quantity.interval());
    let sum = of_some.try_fold(Interval::point(Decimal::ZERO), |sum, share| sum.plus(share));
    sum.is_some_and(|sum| sum.contains(Decimal::ONE_HUNDRED))
}

#[cfg(test)]
mod tests {
    use crate::rules::told::corrections as told;

    #[test]
    fn numbered_items_are_all_read() {
        assert!(
            told("支出110.00万元，其构成是：①人员支出60.00万元；②公用支出15.00万元；③项目支出35.00万元。").is_empty()
        );
        assert_eq!(
            told("支出103.00万元，其构成是：①人员支出60.00万元；②公用支出15.00万元；③项目支出35.00万元。"),
            [("103.00万元".to_owned(), "110.00万元".to_owned())]
        );
    }

    /// 政府性基金 is none of 一般公共预算: that the others make the whole without it is the slip.
    #[test]
    fn money_of_another_budget_is_a_part_like_the_others() {
        let total = "总收入560.20万元（其中：年初结转和结余2.20万元，一般公共预算财政拨款收入558.00万元，政府性基金预算财政拨款6.50万元）。";
        assert_eq!(told(total).len(), 1, "{:?}", told(total));
        assert!(told(&total.replace("558.00", "551.50")).is_empty());
    }

    #[test]
    fn a_list_that_names_every_category_makes_its_total() {
        let income = "本年收入合计1000.00万元，其中：财政拨款收入900.00万元，占90.00%；上级补助收入0.00万元，占0.00%；事业收入50.00万元，占5.00%；经营收入0.00万元，占0.00%；附属单位上缴收入0.00万元，占0.00%；其他收入20.00万元，占2.00%。";
        assert_eq!(told(income).len(), 1, "{:?}", told(income));
        assert!(told(&income.replace("20.00万元，占2", "50.00万元，占5")).is_empty());
        let rest =
            "2023年度本年收入合计1000.00万元，其中：财政拨款收入600.00万元，事业收入300.00万元，其他收入50.00万元。";
        assert_eq!(told(rest), [("1000.00万元".to_owned(), "950.00万元".to_owned())]);
        assert!(told(&rest.replace("，其他收入50.00万元", "")).is_empty(), "what else came in is left out");
        let all = "支出合计1000.00万元，其中：基本支出600.00万元，项目支出370.00万元，上缴上级支出0.00万元，经营支出0.00万元，对附属单位补助支出0.00万元。";
        assert_eq!(told(all), [("1000.00万元".to_owned(), "970.00万元".to_owned())]);
        let total = all.replace("支出合计", "支出总计");
        assert_eq!(told(&total).len(), 1);
        assert!(told(&format!("{total}年末结转和结余30.00万元。")).is_empty());
    }

    #[test]
    fn names_that_divide_what_is_counted_leave_nothing_out() {
        let rest = "车辆12辆，其中：机要通信用车2辆、应急保障用车3辆、执法执勤用车4辆、其他用车5辆。";
        assert_eq!(told(rest), [("12辆".to_owned(), "14辆".to_owned())]);
        assert!(told(&rest.replace("12辆", "14辆")).is_empty());
        assert_eq!(
            told("定点医药机构98家，其中医疗机构32家，零售药店57家。"),
            [("98家".to_owned(), "89家".to_owned())]
        );
        let done = "全年共9个项目，其中8个完成预期指标，1个培训项目未完成。";
        assert!(told(done).is_empty());
        assert_eq!(told(&done.replace("9个", "15个")), [("15个".to_owned(), "9个".to_owned())]);
        assert!(told("全年共9个项目，其中5个完成预期指标，1个培训项目有结余。").is_empty());
        let cars = "公务用车5辆，其中：轿车3辆、越野车2辆、载客汽车0辆。";
        assert!(told(cars).is_empty());
        assert_eq!(told(&cars.replace("5辆", "9辆")), [("9辆".to_owned(), "5辆".to_owned())]);
        let posts = "人员编制49人，其中行政编制6人、事业编制43人；实有人员64人，其中行政人员6人、事业人员58人。";
        assert!(told(posts).is_empty());
        assert_eq!(told(&posts.replace("行政编制6", "行政编制1")).len(), 1);
        let apposed = "涉及23家医院（22家公立医院和1家民营医院）的合同。";
        assert!(told(apposed).is_empty());
        assert_eq!(told(&apposed.replace("23家", "28家")), [("28家".to_owned(), "23家".to_owned())]);
        assert!(told("配备设备28台（22台电脑、1台打印机等）。").is_empty());
        assert!(told("内设科室12个，其中业务科室7个，综合科室4个。").is_empty());
    }
}
