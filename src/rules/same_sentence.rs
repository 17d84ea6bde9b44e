//! A passage that a report prints twice, word for word, gives the same figures both times.

use super::{Context, Found, Rule};
use crate::facts::{Paragraph, Unit};
use crate::relations::{Certainty, FactId, Formula, Relation};
use rust_decimal::Decimal;
use std::collections::HashMap;
use std::ops::Range;

/// The rule.
pub const RULE: Rule = Rule {
    id: "same-sentence",
    name: ["相同文字数字一致", "one passage twice"],
    doc: [
        "正文、附件中逐字相同的语句（概况、成效等常被整段照抄）数字应当相同。除一处外其余数字都相同、且相同的数字足以表明说的是同一件事的，认定不同的一处有误。",
        "Sentences that a report and its annexes print word for word alike (duties, results) give the same figures. Where all but one agree, and those that agree are telling enough that both speak of one thing, the other is a slip.",
    ],
    fails: "第一部分 概况\n全市检查定点机构2083家，约谈1989家，暂停服务87家，解除协议5家。\n第四部分 附件\n附件1\n一、成效\n全市检查定点机构2083家，约谈1998家，暂停服务87家，解除协议5家。",
    passes: "第一部分 概况\n全市检查定点机构2083家，约谈1989家，暂停服务87家，解除协议5家。\n第四部分 附件\n附件1\n一、成效\n全市检查定点机构2083家，约谈1989家，暂停服务87家，解除协议5家。",
    find,
};

/// How many figures agree for each that does not, at least.
const AGREEING: usize = 3;

/// How many digits agree at least that say something: 编制16名，局长1名，书记1名 has four, 占100% one, 0人 none.
const TELLING: usize = 4;

fn find(context: &Context, found: &mut Found) {
    let sentences: Vec<(Range<FactId>, Option<usize>)> = sentences(context);
    // A passage goes on as long as the sentences behind each other both times do.
    let goes_on = |a: &(Range<FactId>, Option<usize>), b: &(Range<FactId>, Option<usize>)| {
        a.1.zip(b.1).is_some_and(|(before, next)| before + 1 == next)
    };
    for passage in sentences.chunk_by(goes_on).filter(|passage| passage[0].1.is_some()) {
        let earlier = passage.iter().filter_map(|(_, twin)| twin.map(|twin| sentences[twin].0.clone())).flatten();
        let pairs: Vec<(FactId, FactId)> = passage.iter().flat_map(|(facts, _)| facts.clone()).zip(earlier).collect();
        let figure = |id: FactId| context.fact(id).quantity.figure;
        let agreeing = || pairs.iter().filter(|(later, earlier)| figure(*later) == figure(*earlier));
        let (agree, differ) = (agreeing().count(), pairs.len() - agreeing().count());
        let said: usize = agreeing().map(|(later, _)| digits(figure(*later))).sum();
        if differ > 0 && (agree < differ * AGREEING || said < TELLING) {
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

/// The sentences of the prose with figures, in order, each with the one before it that has the same words.
fn sentences(context: &Context) -> Vec<(Range<FactId>, Option<usize>)> {
    let mut found: Vec<(Range<FactId>, Option<usize>)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
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
                let twin = known.insert(wording(context, paragraph, from..to, own.clone()), found.len());
                found.push((own, twin));
            }
            from = to;
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

/// The digits of a figure without the zeros that only make it round.
fn digits(figure: Decimal) -> usize {
    figure.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len()
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
    fn round_figures_tell_nothing() {
        let unit = |spent: &str| format!("年初预算为5.00万元，支出决算为{spent}万元，其中出国0人，接待0批次。\n");
        assert!(told(&[unit("4.00"), unit("3.00")].concat()).is_empty());
    }
}
