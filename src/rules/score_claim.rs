//! What the prose claims a form's total to be: 自评得分99.18分.

use super::Context;
use super::score_item::items;
use crate::document;
use crate::facts::{Fact, Unit};
use crate::relations::FactId;
use crate::scoring::TOTALS;
use crate::source::ByteSpan;
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// The totals that the prose states, in order.
pub fn totals<'c>(context: &'c Context) -> &'c [FactId] {
    context.totals.get_or_init(|| read(context))
}

fn read(context: &Context) -> Vec<FactId> {
    // 该指标分值20分，自评得分18分 is the score of a group.
    let of_groups: FxHashSet<FactId> =
        items(context).iter().filter(|item| item.weight.is_some()).filter_map(|item| item.score).collect();
    let states_total = |id: FactId| {
        let fact = context.fact(id);
        let words = &context.reading.paragraphs[fact.paragraph];
        let before = words.chars(fact.at.0.saturating_sub(14), fact.at.0);
        let name = before.iter().rposition(|c| !matches!(c, '为' | '：' | '是' | '达')).map_or(0, |last| last + 1);
        // 自评得分 | 150.00 | 141.00 are the head of a row of figures and the row.
        let in_row = || {
            fact.quantity.unit == Unit::Bare
                && words.facts.contains(&(id + 1))
                && context.reading.lead(id + 1).trim().is_empty()
        };
        document::end(&before[..name], TOTALS).is_some() && !in_row()
    };
    let scores = context
        .facts()
        .filter(|(_, fact)| matches!(fact.quantity.unit, Unit::Score | Unit::Bare) && !fact.quantity.loose);
    let ids = scores.map(|(fact, _)| fact).filter(|id| !of_groups.contains(id));
    ids.filter(|&id| states_total(id)).collect()
}

/// The scores of a form's groups that the prose in front of it states: 预算管理15.12分. Each with the group's place in [`crate::scoring::Form::groups`].
pub fn groups(context: &Context, form: usize) -> Vec<(FactId, usize)> {
    let form = &context.reading.forms[form];
    let scores = context
        .facts_in(context.passage(form))
        .filter(|(_, fact)| matches!(fact.quantity.unit, Unit::Score | Unit::Bare) && !fact.quantity.loose);
    let named = |(id, fact): (FactId, &Fact)| {
        let words = context.reading.paragraphs[fact.paragraph].between(0, fact.at.0);
        let group = |names: &dyn Fn(&str) -> bool| {
            form.groups.iter().position(|group| group.path.last().is_some_and(|name| names(name)))
        };
        let of_total = || {
            // 根据评价指标体系“总体绩效”…，我局总计得分47.5
            let sentence = words.rsplit('。').next().unwrap_or_default();
            let total = TOTALS.iter().any(|name| words.trim_end_matches(['为', '：', '是']).ends_with(name));
            group(&|name| total && sentence.contains(&format!("“{name}”")))
        };
        let before = words.trim_end_matches(['为', '得', '分', '：']);
        Some((id, group(&|name| before.ends_with(name)).or_else(of_total)?))
    };
    scores.filter_map(named).collect()
}

/// The claims whose form is certain, with the form's index: the only scored form and the only claim of a report, or those right beneath
/// which the form stands.
pub fn claims(context: &Context) -> Vec<(FactId, usize)> {
    let forms: Vec<usize> =
        (0..context.reading.forms.len()).filter(|&i| context.reading.forms[i].is_scored()).collect();
    // What a form concludes is said of it, and not of the next one.
    let span = |id: FactId| context.fact(id).span;
    let concluded: BTreeSet<ByteSpan> =
        context.reading.forms.iter().filter_map(|form| form.conclusion).map(span).collect();
    let claims: Vec<FactId> = totals(context).iter().copied().filter(|&id| !concluded.contains(&span(id))).collect();
    let places: Vec<usize> = claims.iter().map(|&id| span(id).start).collect();
    let mut found = Vec::new();
    for (index, claim) in claims.into_iter().enumerate() {
        let place = places[index];
        let start = |form: usize| context.document.blocks[context.reading.forms[form].block].span.start;
        // The next form behind the claim, with no other claim between them, and no other scored form in front of it since the claim before.
        let Some(&form) = forms.iter().find(|&&form| start(form) > place) else { continue };
        let nearer = places[index + 1..].iter().any(|&other| other < start(form));
        let alone = forms.iter().filter(|&&other| start(other) == start(form)).count() == 1;
        let claimed = context.fact(claim).quantity.value();
        let total = context.reading.forms[form].total().and_then(|total| total.score);
        let agrees = total.is_some_and(|total| context.fact(total).quantity.value() == claimed);
        let close = start(form) - place < 200;
        let only = forms.len() == 1 && places.len() == 1;
        let same_scope_alone = places.len() == forms.len() && alone;
        // The index system of the whole office stands behind the report that states its score.
        let of_office = ["指标体系", "整体"].iter().any(|word| context.reading.forms[form].title.contains(word));
        if !nearer && alone && (agrees || close || only || same_scope_alone || of_office) {
            found.push((claim, form));
        }
    }
    found
}
