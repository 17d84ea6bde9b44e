//! A total that the words add up: A，加上B、C，收入总计T.

use super::{Context, Found, REACH, Rule};
use crate::facts::{Fact, Period, Role, Unit, in_words, label};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::{self, CALCULATIONS, Concept};

/// The rule.
pub const RULE: Rule = Rule {
    id: "added-total",
    name: ["加总", "a total added up in words"],
    doc: [
        "“A，加上B、C，收入总计T”的，T = A + B + C。“A；B；C，共计T”和“合计T，甲、乙、丙分别为A、B、C”的，T 是各金额之和，仅在一处笔误即可解释时提示；甲、乙、丙是该合计的全部口径的，必须相等。另起一行的“以上合计T”，T 为上面各项之和。",
        "Where the words add amounts up to a total (加上), it is their sum. A bare 共计 or 合计 at the end of a sentence, and a total beside names with an amount each (分别为), are the sum of these amounts, told only where one keystroke explains the gap, unless the names are all that the accounts know of the total. 以上合计 on a line of its own is the sum of the items above it.",
    ],
    fails: "本年收入320.50万元，加上年初结转和结余20.30万元、使用非财政拨款结余9.20万元，收入总计360.00万元。",
    passes: "本年收入320.50万元，加上年初结转和结余20.30万元、使用非财政拨款结余9.20万元，收入总计350.00万元。",
    find,
};

/// How the name of a total ends.
const TOTALS: [&str; 8] = ["总计", "合计", "总量", "总额", "总收入", "总支出", "滚存结余", "累计结余"];

/// How many amounts before 加上 may be the one that is added to.
const MOST_BASES: usize = 4;

fn find(context: &Context, found: &mut Found) {
    for (id, fact) in context.facts() {
        found.relations.extend(closing(context, id));
        found.relations.extend(closing_items(context, id));
        found.relations.extend(side_by_side(context, id));
        if !is_addend(fact) || !context.reading.is_added(id) {
            continue;
        }
        let Some((addends, total)) = addends(context, id) else { continue };
        let bases = context.before(id).filter(|(_, f)| is_addend(f)).take(MOST_BASES).map(|(base, _)| base);
        let readings: Vec<Formula> = bases
            .map(|base| Formula::Sum(std::iter::once(base).chain(addends.iter().copied()).collect(), Vec::new()))
            .collect();
        if !readings.is_empty() {
            found.relations.push(Relation { rule: RULE.id, target: total, readings, certainty: Certainty::Likely });
        }
    }
}

/// A；B；C，共计T: a total without a name of its own closes the amounts before it, of which the first may be something else.
fn closing(context: &Context, id: FactId) -> Option<Relation> {
    const CLOSING: [&str; 8] = ["合计", "共计", "总计", "累计", "总收入", "总支出", "收入总量", "支出总量"];
    let total = context.fact(id);
    let closes = |clause: &str| {
        let paid = ["支付", "付款", "拨付", "支出", "投入"].iter().find_map(|verb| clause.strip_suffix(verb));
        CLOSING.iter().any(|word| clause.ends_with(word))
            || paid.is_some_and(|closing| closing == "共" || CLOSING.iter().any(|word| closing.ends_with(word)))
    };
    if !is_addend(total) || !closes(&context.reading.clause(id)) {
        return None;
    }
    let mut addends: Vec<FactId> = context
        .before(id)
        .take_while(|(_, f)| f.sentence == total.sentence)
        .filter(|(other, f)| is_addend(f) && context.lists_of(*other).all(|list| list.whole >= *other))
        .map(|(other, _)| other)
        .collect();
    addends.reverse();
    if are_instalments(context, &addends) {
        let readings = vec![Formula::Sum(addends, Vec::new())];
        return Some(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Likely });
    }
    let readings: Vec<Formula> =
        (0..addends.len().saturating_sub(1)).map(|first| Formula::Sum(addends[first..].to_vec(), Vec::new())).collect();
    (!readings.is_empty()).then_some(Relation { rule: RULE.id, target: id, readings, certainty: Certainty::Conjecture })
}

/// 第一期A，第二期B: numbered from the first on, and nothing between them.
fn are_instalments(context: &Context, addends: &[FactId]) -> bool {
    let number = |id: FactId| {
        let clause: Vec<char> = context.reading.clause(id).chars().collect();
        let end = clause.iter().position(|c| matches!(c, '期' | '批' | '次' | '笔'))?;
        clause.strip_prefix(&['第']).and_then(|_| in_words(&clause[1..end]))
    };
    addends.len() >= 2
        && addends.iter().zip(1..).all(|(&id, expected)| number(id) == Some(expected))
        && addends.windows(2).all(|pair| pair[0] + 1 == pair[1])
}

/// 1. A⏎2. B⏎以上合计T: a line of its own closes the items in the paragraphs right above it.
fn closing_items(context: &Context, id: FactId) -> Option<Relation> {
    let total = context.fact(id);
    let closes = |clause: &str| TOTALS.iter().any(|name| clause.ends_with(name));
    if !is_addend(total) || !context.reading.lead(id).starts_with("以上") || !closes(&context.reading.clause(id)) {
        return None;
    }
    let paragraphs = &context.reading.paragraphs;
    let section = paragraphs[total.paragraph].section;
    let mut addends: Vec<FactId> = Vec::new();
    for above in (0..total.paragraph).rev().take(REACH).take_while(|&above| paragraphs[above].section == section) {
        let mut amounts = paragraphs[above].facts.clone().filter(|&id| is_addend(context.fact(id)));
        let (Some(item), None) = (amounts.next(), amounts.next()) else { break };
        addends.push(item);
    }
    addends.reverse();
    (addends.len() >= 2).then_some(Relation {
        rule: RULE.id,
        target: id,
        readings: vec![Formula::Sum(addends, Vec::new())],
        certainty: Certainty::Likely,
    })
}

/// 合计T，甲、乙、丙分别为A、B、C, and 甲、乙、丙分别为A、B、C，合计T: the total right before or right behind.
fn side_by_side(context: &Context, first: FactId) -> Option<Relation> {
    let (start, len) = context.place_in_run(first);
    if start != first || len < 2 || !is_addend(context.fact(first)) {
        return None;
    }
    let lead = context.reading.lead(first);
    let clause = lead.rsplit(['，', ',', '；', '。', '：']).find(|clause| clause.contains('、'))?;
    let (names, _) = clause.split_once("分别")?;
    let names: Vec<String> = names.split(['、', '和']).map(label::clean).collect();
    if names.len() != len {
        return None;
    }
    let addends: Vec<FactId> = (first..first + len).collect();
    let facts = context.reading.paragraphs[context.fact(first).paragraph].facts.clone();
    let is_total = |id: &FactId| {
        let total = context.fact(*id);
        facts.contains(id)
            && total.sentence == context.fact(first).sentence
            && is_addend(total)
            && TOTALS.iter().any(|name| total.subject.ends_with(name))
    };
    let target = first.checked_sub(1).filter(is_total).or_else(|| Some(first + len).filter(is_total))?;
    let certainty = if are_all(context, target, &names) { Certainty::Likely } else { Certainty::Conjecture };
    Some(Relation { rule: RULE.id, target, readings: vec![Formula::Sum(addends, Vec::new())], certainty })
}

/// Whether names are all that the accounts know of a total, or the last is what the others leave (其他收入).
fn are_all(context: &Context, total: FactId, names: &[String]) -> bool {
    if names.len() > 2 && names.last().is_some_and(|name| name.starts_with("其他")) {
        return true;
    }
    let Some(whole) = context.fact(total).concept else { return false };
    let parts: Option<Vec<Concept>> = names
        .iter()
        .map(|name| taxonomy::concept(name.trim_end_matches("支出")).or_else(|| taxonomy::concept(name)))
        .collect();
    let Some(parts) = parts else { return false };
    CALCULATIONS.iter().filter(|calculation| calculation.wholes.contains(&whole)).any(|calculation| {
        calculation.needed.iter().all(|part| parts.contains(part)) && parts.iter().all(|&part| calculation.has(part))
    })
}

fn is_addend(fact: &Fact) -> bool {
    let amount = matches!(fact.role, Role::Value(basis) if !basis.is_plan());
    amount
        && fact.quantity.unit == Unit::Money
        && fact.depth == 0
        && !fact.quantity.loose
        && fact.period == Period::Current
}

/// What is added, and the total that it comes to.
fn addends(context: &Context, first: FactId) -> Option<(Vec<FactId>, FactId)> {
    let end = context.reading.paragraphs[context.fact(first).paragraph].facts.end;
    let mut addends = vec![first];
    for id in first + 1..end {
        let fact = context.fact(id);
        if fact.sentence != context.fact(first).sentence {
            return None;
        }
        if !is_addend(fact) {
            continue;
        }
        if TOTALS.iter().any(|name| fact.subject.ends_with(name)) {
            return Some((addends, id));
        }
        // 其中 behind an addend tells its parts.
        if !context.lists_of(id).any(|list| addends.contains(&list.whole)) {
            addends.push(id);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::rules::told::corrections as told;

    #[test]
    fn names_with_an_amount_each_make_the_total_beside_them() {
        let before = "收入合计1000.00万元，财政拨款收入、事业收入、其他收入分别为800.00万元、150.00万元、50.00万元。";
        assert!(told(before).is_empty());
        assert_eq!(told(&before.replace("1000.00", "1080.00")), [("1080.00万元".to_owned(), "1000.00万元".to_owned())]);
        let behind = "因公出国（境）费、公务用车购置及运行维护费、公务接待费支出分别为2.00万元、5.00万元、3.00万元，“三公”经费合计10.00万元。";
        assert!(told(behind).is_empty());
        assert_eq!(told(&behind.replace("10.00", "11.00")), [("11.00万元".to_owned(), "10.00万元".to_owned())]);
    }
}
