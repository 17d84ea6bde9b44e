//! The rate of a change: 增加N，增长P.

use super::completion::{operands, spoken_of};
use super::movement::{currents, prior, reference, started_from};
use super::{Context, Found, Rule};
use crate::facts::{self, Against, Basis, Direction, Fact, Joint, Period, Role, Unit};
use crate::relations::{Certainty, Formula, Relation, Truth, WordCheck};
use rust_decimal::Decimal;

/// The rule.
pub const RULE: Rule = Rule {
    id: "change-rate",
    name: ["增减幅度", "rate of change"],
    doc: [
        "增长（下降）比率 = 增减额 ÷ 上年数。上年数未写明时，由本年数减去增减额推出；写明上年数时，直接用两年的数计算。",
        "A rate of growth or decline is the change divided by the prior year's amount, which is stated or follows from this year's amount and the change.",
    ],
    fails: "2023年度收、支总计1320.00万元。与2022年相比，收、支总计各增加120.00万元，增长12.00%。",
    passes: "2023年度收、支总计1320.00万元。与2022年相比，收、支总计各增加120.00万元，增长10.00%。",
    find,
};

fn find(context: &Context, found: &mut Found) {
    for (id, rate) in context.facts() {
        let direction = match rate.role {
            Role::Rate(direction, _) => {
                Some(direction).filter(|_| matches!(rate.quantity.unit, Unit::Percent | Unit::Times))
            }
            _ => in_points(context, id),
        };
        let Some(direction) = direction.filter(|_| !rate.quantity.loose) else { continue };
        let change = change_of(context, id).or_else(|| change_behind(context, id));
        let about = change.unwrap_or(id);
        let mut readings = Vec::new();
        let mut certainty = Certainty::Likely;
        if let Some(change) = change {
            let Role::Change(moved, _) = context.fact(change).role else { continue };
            if moved != direction {
                found.words.push(WordCheck {
                    rule: RULE.id,
                    span: rate.span,
                    operands: vec![change],
                    holds: false,
                    truth: Some(Truth::OtherWay),
                    judge: false,
                });
            }
            let currents = currents(context, about, context.fact(change));
            certainty = currents.certainty;
            for current in currents.ids {
                readings.push(Formula::Rate { change, current, direction: moved });
            }
        } else if rate.role == Role::Rate(direction, Against::Budget) {
            if let Some((current, plans)) = operands(context, id, Basis::Budget) {
                for current in spoken_of(context, id, current) {
                    readings.extend(plans.iter().map(|&prior| Formula::RateFrom { current, prior, direction }));
                }
            }
        } else if let Some((current, _)) = rated(context, id)
            && let Some(prior) = prior(context, id, current)
                .or_else(|| started_from(context, current))
                .or_else(|| prior_behind(context, id, current))
        {
            certainty = Certainty::Sure;
            readings.push(Formula::RateFrom { current, prior, direction });
            // 增长3倍 is said of what is three times as much, as often as of what grew by that much.
            if rate.quantity.unit == Unit::Times {
                readings.push(Formula::Share { part: current, whole: prior });
            }
        }
        if rate.quantity.unit != Unit::Percent {
            certainty = certainty.min(Certainty::Open);
        }
        if let Some(check) = from_nothing(context, id, &readings) {
            found.words.push(check);
            continue;
        }
        if !readings.is_empty() {
            found.relations.push(Relation { rule: RULE.id, target: id, readings, certainty });
        }
    }
}

/// 增加N万元，增长P个百分点: a rate that is told in points, right behind the change that it goes with.
fn in_points(context: &Context, id: usize) -> Option<Direction> {
    let points = context.fact(id);
    let (_, change) = context.before(id).next().filter(|_| points.quantity.unit == Unit::Points)?;
    let lead = context.reading.lead(id);
    let verb = lead.strip_prefix(['，', ',']).filter(|verb| verb.chars().count() <= 3)?;
    let beside = change.quantity.unit == Unit::Money && change.sentence == points.sentence;
    facts::direction(verb).filter(|_| beside && matches!(change.role, Role::Change(..)))
}

/// 支出5.00万元，比上年增加5.00万元，增长100%: what has grown from nothing has no rate of growth; by convention it is told as 100 %.
fn from_nothing(context: &Context, id: usize, readings: &[Formula]) -> Option<WordCheck> {
    let figure = |id: usize| context.fact(id).quantity.figure;
    let scale = |id: usize| context.fact(id).quantity.scale;
    let [formula] = readings else { return None };
    let nothing = match *formula {
        Formula::Rate { change, current, direction: Direction::Up } => {
            figure(change) == figure(current) && scale(change) == scale(current) && !figure(current).is_zero()
        }
        Formula::RateFrom { prior, current, direction: Direction::Up } => {
            figure(prior).is_zero() && !figure(current).is_zero()
        }
        _ => false,
    };
    let rate = context.fact(id);
    (nothing && rate.quantity.unit == Unit::Percent).then(|| WordCheck {
        rule: RULE.id,
        span: rate.span,
        operands: formula.operands(),
        holds: rate.quantity.figure == Decimal::ONE_HUNDRED,
        truth: None,
        judge: false,
    })
}

/// The amount that a rate speaks of: the one right before it. One of which nothing is read (人均166.67元，比上年的160.00元增长) is itself meant.
fn rated<'c>(context: &'c Context, id: usize) -> Option<(usize, &'c Fact)> {
    let measured = |f: &Fact| matches!(f.quantity.unit, Unit::Money | Unit::Count(_));
    let nearest = context.before(id).find(|(_, f)| measured(f) && (f.is_actual() || f.role == Role::Other));
    nearest.filter(|(_, f)| f.is_actual())
}

/// 本年A，同比增长P，上年为B: the year before stands right behind the rate.
fn prior_behind(context: &Context, id: usize, current: usize) -> Option<usize> {
    let (this, rate) = (context.fact(current), context.fact(id));
    let facts = &context.reading.paragraphs[rate.paragraph].facts;
    let behind = Some(id + 1).filter(|next| facts.contains(next))?;
    let prior = context.fact(behind);
    let is_prior = matches!(prior.role, Role::Value(basis) if !basis.is_plan()) && prior.period == Period::Prior;
    let beside =
        current + 1 == id && prior.joint == Joint::Comma && [this, rate].iter().all(|f| f.sentence == prior.sentence);
    let alike = prior.quantity.unit == this.quantity.unit && prior.depth == this.depth && !prior.quantity.loose;
    // 上年办公费为B: a name of its own is that of another thing.
    let unnamed = prior.subject.chars().count() <= 2 || prior.subject == this.subject;
    (is_prior && beside && alike && unnamed).then_some(behind)
}

/// 增长P，增收N: the amount of change right behind its rate, which no rate of its own follows.
fn change_behind(context: &Context, id: usize) -> Option<usize> {
    let rate = context.fact(id);
    let end = context.reading.paragraphs[rate.paragraph].facts.end;
    let beside = |f: &Fact| f.sentence == rate.sentence && f.depth == rate.depth;
    let change = (id + 1 < end).then(|| context.fact(id + 1)).filter(|f| beside(f))?;
    let follows = change.joint == Joint::Comma
        && matches!(change.role, Role::Change(..))
        && change.subject.chars().count() <= 1
        && !change.quantity.loose;
    let has_own = id + 2 < end && beside(context.fact(id + 2)) && matches!(context.fact(id + 2).role, Role::Rate(..));
    (follows && !has_own).then_some(id + 1)
}

/// What the words right before a change or rate say that it is held against: 2019年决算数 in 比2019年决算数下降P; may be empty.
fn compared_with(context: &Context, id: usize) -> String {
    if let Some(named) = reference(context, id) {
        return context.fact(named).subject.to_string();
    }
    let words = context.reading.lead(id);
    let clause = words.rsplit(['，', '；', '。']).next().unwrap_or("");
    facts::reference(clause).to_owned()
}

/// The amount of change that a rate goes with.
fn change_of(context: &Context, id: usize) -> Option<usize> {
    let rate = context.fact(id);
    let is_change = |role: &Role| matches!(role, Role::Change(..));
    if let Some(paired) = context.paired(id, |f| is_change(&f.role)) {
        return Some(paired);
    }
    // 比报告数增加N，比2019年下降P: two comparisons are two thoughts.
    let own = compared_with(context, id);
    let same_comparison = |change: usize| {
        own.is_empty() || compared_with(context, change).is_empty() || compared_with(context, change) == own
    };
    let in_sentence = || {
        context
            .before(id)
            .take_while(|(_, f)| f.sentence == rate.sentence)
            .filter(|&(other, f)| !is_change(&f.role) || same_comparison(other))
    };
    if !rate.subject.is_empty()
        && let Some((named, _)) = in_sentence().find(|(_, f)| is_change(&f.role) && f.subject == rate.subject)
    {
        return Some(named);
    }
    if !rate.subject.is_empty() {
        // 收入增长P behind 财政拨款收入总计增加N: the change whose name holds the rate's.
        let held = in_sentence()
            .filter(|(_, f)| is_change(&f.role) && f.subject.contains(&*rate.subject))
            .map(|(id, _)| id)
            .next();
        if held.is_some() {
            return held;
        }
    }
    // An amount in between begins a new thought.
    in_sentence()
        .take_while(|(_, f)| f.depth != rate.depth || !matches!(f.role, Role::Value(_)))
        .find(|(_, f)| is_change(&f.role) && f.depth == rate.depth && !f.quantity.loose)
        .map(|(id, _)| id)
}

#[cfg(test)]
mod tests {
    use crate::{Options, check};

    fn told(text: &str) -> Vec<String> {
        check(text, &Options::default()).findings.into_iter().map(|f| f.text).collect()
    }

    #[test]
    fn a_movement_from_one_amount_to_another_has_its_rate_and_change() {
        assert_eq!(told("项目支出由200.00万元增至250.00万元，增长20.00%。"), ["20.00%"]);
        assert_eq!(told("项目支出由200.00万元增加到250.00万元，增加60.00万元，增长25.00%。"), ["60.00万元"]);
        assert!(told("项目支出从上年的200.00万元降至150.00万元，减少50.00万元，下降25.00%。").is_empty());
    }

    #[test]
    fn a_ratio_may_count_what_there_was() {
        assert!(told("2023年收入300.00万元，上年100.00万元，增长2倍。").is_empty());
        assert!(told("2023年收入300.00万元，上年100.00万元，增长3倍。").is_empty());
        assert_eq!(told("2023年收入300.00万元，上年100.00万元，增长5倍。"), ["5倍"]);
        assert_eq!(told("2023年收入300.00万元，是上年100.00万元的4倍。"), ["4倍"]);
    }

    #[test]
    fn a_rate_may_be_told_in_points() {
        assert_eq!(told("2023年收入1000.00万元，比上年增加200.00万元，增长20个百分点。"), ["20个百分点"]);
        assert!(told("2023年收入1000.00万元，比上年增加200.00万元，增长25个百分点。").is_empty());
        assert!(told("2023年收入1000.00万元，比上年增加200.00万元，占比提高20个百分点。").is_empty());
    }

    #[test]
    fn growth_from_nothing_is_told_as_a_hundred_per_cent() {
        assert!(told("公务接待费支出5.00万元，比上年增加5.00万元，增长100%。").is_empty());
        assert!(told("公务接待费支出0.00万元，比上年增加0.00万元，增长0%。").is_empty());
        assert_eq!(told("公务接待费支出5.00万元，比上年增加5.00万元，增长50.00%。"), ["50.00%"]);
    }

    #[test]
    fn an_average_against_the_one_before_is_nothing_of_the_total() {
        assert!(told("接待180人次，支出3.00万元，人均166.67元，比上年的160.00元增长4.17%。").is_empty());
    }

    #[test]
    fn the_year_before_may_stand_behind_the_rate() {
        let text = "示例市示例局2023年度部门决算\n一、情况说明\n2023年办理案件5200件，同比增长15.56%，上年为4500件。";
        assert!(told(text).is_empty());
        assert_eq!(told(&text.replace("15.56", "30.00")), ["30.00%"]);
    }
}
