//! A passage that a report prints twice, word for word, gives the same figures both times.

use super::{Context, Found, Rule};
use crate::facts::{Paragraph, Unit};
use crate::numbers::telling_digits;
use crate::relations::{Certainty, FactId, Formula, Relation};
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::ops::Range;

/// The rule.
pub const RULE: Rule = Rule {
    id: "same-sentence",
    name: ["相同文字数字一致", "one passage twice"],
    doc: [
        "正文、附件中逐字相同的语句（概况、成效等常被整段照抄）数字应当相同。除一处外其余数字都相同、且相同的数字足以表明说的是同一件事的，或三处以上中多数相同的，认定不同的一处有误。",
        "Sentences that a report and its annexes print word for word alike (duties, results) give the same figures. Where all but one agree, and those that agree are telling enough that both speak of one thing, or where it stands so in most of three places or more, the other is a slip.",
    ],
    fails: "第一部分 概况\n全市检查定点机构2083家，约谈1989家，暂停服务87家，解除协议5家。\n第四部分 附件\n附件1\n一、成效\n全市检查定点机构2083家，约谈1998家，暂停服务87家，解除协议5家。",
    passes: "第一部分 概况\n全市检查定点机构2083家，约谈1989家，暂停服务87家，解除协议5家。\n第四部分 附件\n附件1\n一、成效\n全市检查定点机构2083家，约谈1989家，暂停服务87家，解除协议5家。",
    find,
};

/// How many figures agree for each that does not, at least.
const AGREEING: usize = 3;

/// How many digits agree at least that say something: 编制16名，局长1名，书记1名 has four, 占100% one, 0人 none.
const TELLING: usize = 4;

/// A sentence with figures.
struct Sentence {
    facts: Range<FactId>,
    /// The one of the same words whose figures stand most often, the first of them; none where it is this one.
    twin: Option<usize>,
    /// Whether the twin's figures stand in two places or more.
    is_outvoted: bool,
}

fn find(context: &Context, found: &mut Found) {
    let sentences = sentences(context);
    let figure = |id: FactId| context.fact(id).quantity.figure;
    // A passage goes on as long as the sentences behind each other both times do.
    let goes_on = |a: &Sentence, b: &Sentence| a.twin.zip(b.twin).is_some_and(|(before, next)| before + 1 == next);
    for passage in sentences.chunk_by(goes_on).filter(|passage| passage[0].twin.is_some()) {
        let twins = passage.iter().filter_map(|sentence| sentence.twin).flat_map(|twin| sentences[twin].facts.clone());
        let pairs: Vec<(FactId, FactId)> =
            passage.iter().flat_map(|sentence| sentence.facts.clone()).zip(twins).collect();
        let agreeing = || pairs.iter().filter(|(later, earlier)| figure(*later) == figure(*earlier));
        let (agree, differ) = (agreeing().count(), pairs.len() - agreeing().count());
        let said: usize = agreeing().map(|(later, _)| telling_digits(figure(*later))).sum();
        // Nothing, and all of something, are said of many things alike.
        let telling = |(id, _): &(FactId, FactId)| !figure(*id).is_zero() && figure(*id) != Decimal::ONE_HUNDRED;
        let outvoted = differ == 1 && passage.iter().all(|sentence| sentence.is_outvoted) && agreeing().any(telling);
        if differ > 0 && !outvoted && (agree < differ * AGREEING || said < TELLING) {
            continue;
        }
        found.relations.extend(pairs.into_iter().map(|(target, earlier)| Relation {
            rule: RULE.id,
            target,
            readings: vec![Formula::Equal(earlier)],
            certainty: Certainty::Likely,
        }));
    }
}

/// The sentences of the prose with figures, in order.
fn sentences(context: &Context) -> Vec<Sentence> {
    let mut found: Vec<Sentence> = Vec::new();
    let mut alike: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for paragraph in &context.reading.paragraphs {
        if paragraph.words.chars().is_empty() {
            continue;
        }
        let mut from = 0;
        let mut facts = paragraph.facts.clone();
        while !facts.is_empty() {
            let to = end(paragraph.words.chars(), from);
            let behind = facts.clone().find(|&id| context.fact(id).at.0 >= to).unwrap_or(facts.end);
            let own = facts.start..behind;
            facts.start = behind;
            if is_sentence(context, paragraph, to, own.clone()) {
                alike.entry(wording(context, paragraph, from..to, own.clone())).or_default().push(found.len());
                found.push(Sentence { facts: own, twin: None, is_outvoted: false });
            }
            from = to;
        }
    }
    for places in alike.values().filter(|places| places.len() > 1) {
        let figures = |place: usize| {
            found[place].facts.clone().map(|id| context.fact(id).quantity.figure).collect::<Vec<Decimal>>()
        };
        let mut counts: BTreeMap<Vec<Decimal>, usize> = BTreeMap::new();
        places.iter().for_each(|&place| *counts.entry(figures(place)).or_default() += 1);
        let most = counts.values().copied().max().unwrap_or_default();
        let Some(first) = places.iter().copied().find(|&place| counts[&figures(place)] == most) else { continue };
        for &place in places.iter().filter(|&&place| place != first) {
            found[place].twin = Some(first);
            found[place].is_outvoted = most > 1;
        }
    }
    found
}

/// Where the sentence ends that begins at a place; 其中 goes on with it.
fn end(chars: &[char], from: usize) -> usize {
    let ends =
        |at: &usize| matches!(chars[*at], '。' | '；' | '！' | '？') && !chars[at + 1..].starts_with(&['其', '中']);
    (from..chars.len()).find(ends).map_or(chars.len(), |at| at + 1)
}

/// Whether a stretch with figures that ends at a place is a sentence, and not rows of a table run together: a mark ends it, and each figure
/// says what it counts. What projects score is concluded in the same words of each.
fn is_sentence(context: &Context, paragraph: &Paragraph, to: usize, mut facts: Range<FactId>) -> bool {
    let ended = matches!(paragraph.words.chars()[to - 1], '。' | '；' | '！' | '？');
    ended && !facts.is_empty() && facts.all(|id| !matches!(context.fact(id).quantity.unit, Unit::Bare | Unit::Score))
}

/// The words of a sentence with its figures left out, and the item that its paragraph is about.
fn wording(context: &Context, paragraph: &Paragraph, range: Range<usize>, facts: Range<FactId>) -> String {
    let mut words = paragraph.item.as_ref().map_or(String::new(), |item| format!("{}{}", item.group, item.item));
    let mut from = range.start;
    for id in facts {
        let (start, end) = context.fact(id).at;
        words.push_str(&paragraph.between(from, start));
        words.push('#');
        words.extend(paragraph.between(start, end).chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',')));
        from = end;
    }
    words.push_str(&paragraph.between(from, range.end));
    words
}

#[cfg(test)]
mod tests {
    use crate::rules::told::corrections as told;

    #[test]
    fn the_sentences_of_one_passage_vouch_for_each_other() {
        let twice = |second: &str| {
            format!(
                "第一部分 概况\n本局行政编制16名。其中，局长1名，副局长3名，书记1名。\n第四部分 附件\n附件1\n{second}"
            )
        };
        let second = "本局行政编制16名。其中，局长1名，副局长4名，书记1名。";
        assert_eq!(told(&twice(second)), [("4名".to_owned(), "3名".to_owned())]);
        assert!(told(&twice("本局行政编制26名。其中，局长1名，副局长4名，书记1名。")).is_empty());
    }

    #[test]
    fn words_that_every_item_has_say_nothing() {
        let item = |spent: &str| format!("支出决算为{spent}万元，完成预算100.00%，决算数与预算数持平。\n");
        assert!(told(&[item("57.58"), item("348.66"), item("87.25")].concat()).is_empty());
    }

    #[test]
    fn of_three_places_one_is_wrong() {
        let text = "一、收入\n费用核算时间2022年只有8个月，2023年为12个月。\n二、支出\n费用核算时间2022年只有8个月，2023年为12个月。\n三、结余\n费用核算时间2022年只有8个月，2023年为7个月。";
        assert_eq!(told(text), [("7个月".to_owned(), "12个月".to_owned())]);
        assert!(told(&text.replace("7个月", "12个月")).is_empty());
    }

    #[test]
    fn sentences_of_two_offices_may_be_alike() {
        let two = "一、本级\n国内公务接待3批次，15人次（不包括陪同人员），共计支出0.20万元，均为业务检查接待。\n二、中心\n国内公务接待4批次，22人次（不包括陪同人员），共计支出0.31万元，均为业务检查接待。";
        assert!(told(two).is_empty());
    }

    #[test]
    fn round_figures_tell_nothing() {
        let unit = |spent: &str| format!("年初预算为5.00万元，支出决算为{spent}万元，其中出国0人，接待0批次。\n");
        assert!(told(&[unit("4.00"), unit("3.00")].concat()).is_empty());
    }
}
