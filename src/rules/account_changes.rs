//! What the parts of an account changed by makes what the whole changed by, wherever the report tells them: 三公经费减少N, and in paragraphs of
//! their own 公务用车费减少A, 公务接待费减少B.

use super::movement::currents;
use super::{Context, Found, Rule, changes_total};
use crate::facts::{Against, Basis, Claim, Direction, Fact, Period, Role, Unit, label};
use crate::relations::{Certainty, FactId, Formula, Relation};
use crate::taxonomy::{
    CALCULATIONS, CAPITAL, CAPITAL_INCOME, Calculation, Concept, FISCAL_INCOME, FUND, FUND_INCOME, GENERAL,
    GENERAL_INCOME,
};
use crate::verdicts::Interval;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// The rule.
pub const RULE: Rule = Rule {
    id: "account-changes",
    name: ["决算口径增减", "changes of the accounts"],
    doc: [
        "总额的增减额 = 各组成部分增减额之和，各部分分段写明的也核对：“三公”经费与其三项、支出合计与基本、项目支出、财政拨款与一般公共预算、政府性基金等。上年数写明时，增减额由两年的数得出。本年数合计相符的才核对；可能另有未写明的部分的，只作提示。",
        "What a whole changed by is the sum of what its parts changed by, also where each has a paragraph of its own: the three public expenses, basic and project expenditure, the budgets of the fiscal grant. Where the prior year's amount is stated the change follows from both. This year's amounts must add up first; where a part may be untold, the failure is a note.",
    ],
    fails: "示例市水务局2023年度部门决算\n一、“三公”经费支出情况\n“三公”经费支出决算8.00万元，比上年减少2.60万元。\n1.因公出国（境）费支出决算0万元，与上年持平。\n2.公务用车购置及运行维护费支出决算6.00万元，比上年减少2.00万元。\n3.公务接待费支出决算2.00万元，比上年减少0.50万元。",
    passes: "示例市水务局2023年度部门决算\n一、“三公”经费支出情况\n“三公”经费支出决算8.00万元，比上年减少2.50万元。\n1.因公出国（境）费支出决算0万元，与上年持平。\n2.公务用车购置及运行维护费支出决算6.00万元，比上年减少2.00万元。\n3.公务接待费支出决算2.00万元，比上年减少0.50万元。",
    find,
};

/// An account whose parts are known.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Account {
    /// One with a name of its own.
    Named(Concept),
    /// 财政拨款支出 in its own chapter, which is that of all budgets; in the chapter of one budget the same name is that budget's.
    FiscalSpending,
}

/// What an account changed by since the year before: the first numbers less the second.
struct Change {
    /// This year's amount.
    current: FactId,
    plus: Vec<FactId>,
    minus: Vec<FactId>,
    /// The change itself, where it is printed and does not follow from two years.
    printed: Option<(FactId, Direction)>,
}

/// The parts of an account: those that every report has, and those that only some have.
type Parts = (Vec<Account>, Vec<Account>);

fn find(context: &Context, found: &mut Found) {
    let changes = Changes::of(context);
    let named = |concepts: &[Concept]| concepts.iter().map(|&concept| Account::Named(concept)).collect::<Vec<_>>();
    for calculation in CALCULATIONS {
        let Calculation { wholes, needed, others } = calculation;
        for &whole in *wholes {
            changes.relate(Account::Named(whole), &(named(needed), named(others)), found);
        }
    }
    let income = (named(&[GENERAL_INCOME, FUND_INCOME]), named(&[CAPITAL_INCOME]));
    changes.relate(Account::Named(FISCAL_INCOME), &income, found);
    changes.relate(Account::FiscalSpending, &(named(&[GENERAL, FUND]), named(&[CAPITAL])), found);
}

/// What the prose says that accounts changed by, in source order.
struct Changes<'c> {
    context: &'c Context<'c>,
    of: HashMap<(usize, Account), Vec<Change>>,
}

impl<'c> Changes<'c> {
    fn of(context: &'c Context) -> Self {
        let mut changes = Changes { context, of: HashMap::new() };
        for (id, fact) in context.facts().filter(|(_, fact)| is_money(fact)) {
            match fact.role {
                Role::Change(direction, Against::Prior | Against::Unsaid) => {
                    let currents = currents(context, id, fact);
                    if let Some(&current) = currents.ids.first().filter(|_| currents.certainty >= Certainty::Likely) {
                        let (plus, minus) = match direction {
                            Direction::Up => (vec![id], Vec::new()),
                            Direction::Down => (Vec::new(), vec![id]),
                        };
                        changes.add(Change { current, plus, minus, printed: Some((id, direction)) });
                    }
                }
                Role::Value(Basis::Actual) if fact.period == Period::Prior => {
                    if let Some(current) = beside(context, id, fact) {
                        changes.add(Change { current, plus: vec![current], minus: vec![id], printed: None });
                    }
                }
                _ => {}
            }
        }
        for statement in context.reading.statements.iter().filter(|said| said.claim == Claim::Unchanged) {
            let facts = context.reading.paragraphs[statement.paragraph].facts.clone();
            let current = facts
                .rev()
                .filter(|&id| context.fact(id).at.1 <= statement.at.0)
                .take_while(|&id| !matches!(context.fact(id).role, Role::Change(..)))
                .find(|&id| matches!(context.fact(id).role, Role::Value(_)));
            if let Some(current) = current {
                changes.add(Change { current, plus: Vec::new(), minus: Vec::new(), printed: None });
            }
        }
        for told in changes.of.values_mut() {
            told.sort_by_key(|change| change.current);
        }
        changes
    }

    fn add(&mut self, change: Change) {
        let fact = self.context.fact(change.current);
        if is_money(fact)
            && fact.is_actual()
            && let Some(account) = account(self.context, change.current)
        {
            self.of.entry((self.context.scope(change.current), account)).or_default().push(change);
        }
    }

    /// Holds every change of an account against those of its parts.
    fn relate(&self, whole: Account, parts: &Parts, found: &mut Found) {
        let scopes = self.of.keys().filter(|(_, account)| *account == whole).map(|(scope, _)| *scope);
        let mut scopes: Vec<usize> = scopes.collect();
        scopes.sort_unstable();
        for scope in scopes {
            for change in &self.of[&(scope, whole)] {
                found.relations.extend(self.relation(scope, change, parts));
            }
        }
    }

    fn relation(&self, scope: usize, whole: &Change, (needed, others): &Parts) -> Option<Relation> {
        let told = |&account: &Account| self.nearest(scope, account, whole.current);
        let mut parts: Vec<&Change> = needed.iter().map(told).collect::<Option<_>>()?;
        parts.extend(others.iter().filter_map(told));
        let amounts: Vec<FactId> = parts.iter().map(|part| part.current).collect();
        let lists = |(change, _)| changes_total::parts(self.context, change).len() > 1;
        // A list behind the change itself is held against it as a list.
        if whole.printed.is_some_and(lists) || !self.makes(&amounts, whole.current) {
            return None;
        }
        let all =
            |side: fn(&Change) -> &Vec<FactId>| parts.iter().flat_map(|part| side(part)).copied().collect::<Vec<_>>();
        let (plus, minus) = (all(|part| &part.plus), all(|part| &part.minus));
        let (target, direction, plus, minus) = match whole.printed {
            Some((target, direction)) => (target, direction, plus, minus),
            // The first part whose change is printed is what the whole leaves when the others are taken off.
            None => {
                let (target, direction) = parts.iter().find_map(|part| part.printed)?;
                let rest = |ids: Vec<FactId>| ids.into_iter().filter(move |&id| id != target);
                let plus = whole.plus.iter().copied().chain(rest(minus)).collect();
                (target, direction, plus, whole.minus.iter().copied().chain(rest(all(|part| &part.plus))).collect())
            }
        };
        let readings = vec![match direction {
            Direction::Up => Formula::Sum(plus, minus),
            Direction::Down => Formula::Sum(minus, plus),
        }];
        let certainty = if others.is_empty() { Certainty::Likely } else { Certainty::Open };
        Some(Relation { rule: RULE.id, target, readings, certainty })
    }

    /// The change of a part that is told nearest behind the whole, else before it.
    fn nearest(&self, scope: usize, account: Account, whole: FactId) -> Option<&Change> {
        let told = self.of.get(&(scope, account))?;
        let behind = told.partition_point(|change| change.current < whole);
        told.get(behind).or_else(|| told.last())
    }

    /// Whether this year's amounts of the parts add up to that of the whole.
    fn makes(&self, parts: &[FactId], whole: FactId) -> bool {
        let value = |id: FactId| self.context.fact(id).quantity.interval();
        let sum = parts.iter().try_fold(Interval::point(Decimal::ZERO), |sum, &id| sum.plus(value(id)));
        sum.is_some_and(|sum| sum.meet(value(whole)).is_some())
    }
}

/// Whether a number is an exact one of money.
fn is_money(fact: &Fact) -> bool {
    fact.quantity.unit == Unit::Money && !fact.quantity.loose
}

/// This year's amount of the same name right before one of the year before: 支出A，上年支出B.
fn beside(context: &Context, id: FactId, prior: &Fact) -> Option<FactId> {
    let (current, fact) = context.before(id).next()?;
    let alike = fact.is_actual() && is_money(fact) && fact.sentence == prior.sentence;
    let same = label::of_any_year(&prior.subject) == fact.subject && !fact.subject.is_empty();
    (alike && same && fact.depth == prior.depth).then_some(current)
}

/// The account that an amount is of, by its name or by the chapter that it stands in.
fn account(context: &Context, id: FactId) -> Option<Account> {
    let fact = context.fact(id);
    let title = &context.document.sections[context.chapter(id)].title;
    let fiscal = fact.subject == "财政拨款支出";
    if !fiscal && (fact.concept.is_some() || fact.subject != "支出") {
        return fact.concept.map(Account::Named);
    }
    let budgets = [("政府性基金", FUND), ("国有资本经营", CAPITAL), ("一般公共预算", GENERAL)];
    let named: Vec<Concept> =
        budgets.into_iter().filter(|(name, _)| title.contains(name)).map(|(_, concept)| concept).collect();
    match named[..] {
        [concept] => Some(Account::Named(concept)),
        [] if fiscal && title.contains("财政拨款") => Some(Account::FiscalSpending),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::report::Severity;
    use crate::{Options, check};

    fn told(text: &str) -> Vec<(Severity, String)> {
        let report = check(&format!("示例市示例局2023年度部门决算\n{text}"), &Options::default());
        report.findings.iter().filter(|f| f.rule == RULE.id).map(|f| (f.severity, f.text.clone())).collect()
    }

    fn checked(text: &str) -> usize {
        let report = check(&format!("示例市示例局2023年度部门决算\n{text}"), &Options::default());
        report.checks.iter().filter(|check| check.rule == RULE.id).count()
    }

    const BUDGETS: &str = "四、财政拨款支出决算情况\n财政拨款支出950.00万元，上年财政拨款支出800.00万元。\n五、一般公共预算财政拨款支出决算情况\n财政拨款支出900.00万元，与上年相比，财政拨款支出增加130.00万元。\n六、政府性基金预算财政拨款收入支出情况\n支出50.00万元，较上年增长20.00万元。";

    #[test]
    fn the_budgets_make_what_the_fiscal_grant_changed_by() {
        assert_eq!(checked(BUDGETS), 1);
        assert!(told(BUDGETS).is_empty());
        let wrong = BUDGETS.replace("130.00", "76.54");
        assert_eq!(told(&wrong), [(Severity::Info, "76.54万元".to_owned())], "another budget may have ended");
    }

    #[test]
    fn the_parts_may_be_told_sentences_apart() {
        let text = "三、支出决算情况说明\n2023年本年支出合计500.00万元，比2022年增加40.00万元。其中：基本支出300.00万元，占60.00%，\
            比2022年增加55.00万元。项目支出200.00万元，占40.00%，比2022年减少15.00万元。";
        assert_eq!((checked(text), told(text).len()), (1, 0));
        assert_eq!(told(&text.replace("减少15.00", "减少13.65")).len(), 1);
    }

    #[test]
    fn nothing_is_said_where_this_years_amounts_do_not_make_the_whole() {
        let text = RULE.fails.split_once('\n').expect("a title").1;
        assert_eq!(told(text), [(Severity::Warning, "2.60万元".to_owned())]);
        assert_eq!(checked(&text.replace("支出决算6.00", "支出决算5.00")), 0);
        assert_eq!(checked(&text.replace("，与上年持平", "")), 0, "what abroad cost the year before is not told");
    }
}
