//! The indicators of a scorecard as a tree: what each weighs, what it was to reach and reached, and its score beside the one that its rule
//! gives.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::inspection::is_same_number;
use super::inspector::Inspector;
use super::page::Page;
use super::state::{Action, Selection};
use super::tree::{self, Line};
use super::what_if::{Field, Outcome, number};
use super::words::fill;
use crate::report::{Indicator, Place, ScoreGroup, ScoreMethod, ScoreStatus, ScoreValue, Scorecard};

/// What a tree is drawn from.
#[derive(Properties, PartialEq)]
pub struct TreeProps {
    /// The state.
    pub page: Page,
    /// The scorecard, by its place in the report.
    pub index: usize,
    /// What comes of the suppositions, where some are made of this scorecard.
    pub outcome: Option<Outcome>,
}

/// The tree.
#[component(Tree)]
pub fn tree(TreeProps { page, index, outcome }: &TreeProps) -> Html {
    let Some(card) = page.report().and_then(|report| report.scorecards.get(*index)) else { return Html::default() };
    let heaviest = card.indicators.iter().filter_map(tree::weight).max().unwrap_or(Decimal::ONE);
    html! {
        <ol class="tree">
            { for tree::lines(card).iter().enumerate().map(|(key, line)| match line {
                Line::Group { depth, name, weight, stated } => html! {
                    <li {key} class={format!("group depth-{}", (*depth).min(3))}>{ group(page, name, *weight, *stated) }</li>
                },
                Line::Row(row) => html! { <li {key}>{ indicator(page, card, *index, *row, heaviest, outcome.as_ref()) }</li> },
            }) }
        </ol>
    }
}

fn group(page: &Page, name: &str, weight: Option<Decimal>, stated: Option<&ScoreGroup>) -> Html {
    let words = page.words();
    let sum =
        |value: &ScoreValue, label: &str| {
            let stated = value.stated.as_ref().map(|place| place.text.trim());
            let computed = value.computed.as_deref();
            let differs = computed.filter(|computed| stated.is_some_and(|stated| !is_same_number(stated, computed)));
            (stated.is_some() || computed.is_some()).then(|| html! {
            <span class="sum">
                { label }{ " " }<b>{ stated.or(computed) }</b>
                if let Some(made) = differs { <span class="made">{ " " }{ fill(words.rows_make, &[made]) }</span> }
            </span>
        })
        };
    html! {
        <>
            <span class="name">{ name }</span>
            if let Some(group) = stated {
                { for sum(&group.weight, words.role_weight) }
                { for sum(&group.score, words.score) }
            } else if let Some(weight) = weight {
                <span class="sum">{ words.role_weight }{ " " }<b>{ weight.normalize().to_string() }</b></span>
            }
        </>
    }
}

fn text(place: &Option<Place>) -> Option<&str> {
    place.as_ref().map(|place| place.text.trim())
}

fn indicator(
    page: &Page,
    card: &Scorecard,
    index: usize,
    row: usize,
    heaviest: Decimal,
    outcome: Option<&Outcome>,
) -> Html {
    let words = page.words();
    let indicator = &card.indicators[row];
    let selection = Selection::Indicator(index, row);
    let is_open = page.selection == Some(selection);
    let (class, glyph) = match indicator.status {
        ScoreStatus::Pass => ("pass", "✓"),
        ScoreStatus::Rounding => ("rounding", "≈"),
        ScoreStatus::Fail => ("fail", "✕"),
        ScoreStatus::Derived => ("info", "="),
        ScoreStatus::Unscored | ScoreStatus::Judge | ScoreStatus::Unread => ("info", "?"),
    };
    let status = words.score_status(indicator);
    let facts = [
        text(&indicator.target).map(|target| format!("{} {target}", words.role_target)),
        text(&indicator.actual).map(|actual| format!("{} {actual}", words.role_actual)),
        indicator.met.map(|met| if met { words.met } else { words.unmet }.to_owned()),
        (indicator.method == ScoreMethod::Unread).then(|| words.unread_rule.to_owned()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let stated = text(&indicator.score.stated);
    let computed = indicator.score.computed.as_deref();
    let differs = computed.filter(|computed| !is_same_number(stated.unwrap_or_default(), computed));
    html! {
        <article class={classes!("card", class, is_open.then_some("open"))}>
            <button type="button" class="card-head" aria-expanded={is_open.to_string()} onclick={page.on(Action::Select(selection))}>
                <span class="card-grid">
                    <span class={classes!("badge", class)} role="img" aria-label={status} title={status}>{ glyph }</span>
                    <span class="indicator">
                        if indicator.name.trim().is_empty() {
                            <span class="unnamed">{ words.unnamed }</span>
                        }
                        { &indicator.name }
                    </span>
                    <span class="score">
                        <b class="stated">{ stated.unwrap_or("—") }</b>
                        if let Some(computed) = differs {
                            <span class="due">{ words.computed }{ " " }<b>{ computed }</b></span>
                        }
                        if let Some(weight) = text(&indicator.weight) {
                            <span class="weight">{ " / " }{ weight }</span>
                        }
                    </span>
                    <span class="message">{ facts.join(" · ") }{ bar(page, indicator, heaviest) }</span>
                </span>
            </button>
            if outcome.is_some() {
                { suppositions(page, row, indicator, outcome) }
            }
            if is_open {
                <Inspector page={page.clone()} />
            }
        </article>
    }
}

/// How much of the total a row weighs, and how much of that it scored.
fn bar(page: &Page, indicator: &Indicator, heaviest: Decimal) -> Option<Html> {
    let weight = tree::weight(indicator)?;
    let most = heaviest.to_f64().filter(|&most| most > 0.0)?;
    let share =
        |value: Decimal| format!("{:.1}", (value.to_f64().unwrap_or_default() / most * 100.0).clamp(0.0, 100.0));
    let printed = text(&indicator.score.stated).or(indicator.score.computed.as_deref());
    let score = printed.and_then(number);
    let label = fill(page.words().bar, &[&weight.to_string(), printed.unwrap_or("—")]);
    Some(html! {
        <svg class="bar-of-weight" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={label}>
            <rect class="weight" x="0" y="0" width={share(weight)} height="6" />
            if let Some(score) = score {
                <rect class="score" x="0" y="0" width={share(score)} height="6" />
            }
        </svg>
    })
}

/// The fields to suppose another actual or score in.
fn suppositions(page: &Page, row: usize, indicator: &Indicator, outcome: Option<&Outcome>) -> Html {
    let words = page.words();
    let field = |field: Field, label: &'static str, printed: Option<&str>| {
        let supposed = page.what_if.as_ref().and_then(|what_if| what_if.supposed(row, field));
        let send = page.sender();
        let suppose = Callback::from(move |value: String| send.emit(Action::Suppose { row, field, value }));
        html! {
            <label class={classes!(supposed.is_some().then_some("supposed"))}>
                { label }
                <Supposition name={format!("{} {label}", indicator.name)}
                    first={supposed.or(printed).unwrap_or_default().to_owned()} {suppose} />
            </label>
        }
    };
    let score = outcome.and_then(|outcome| outcome.scores.get(&row));
    html! {
        <div class="suppositions">
            if indicator.actual.is_some() {
                { field(Field::Actual, words.role_actual, text(&indicator.actual)) }
            }
            { field(Field::Score, words.score, text(&indicator.score.stated)) }
            { match score {
                Some(Some(score)) => html! { <span class="outcome">{ "→ " }<b>{ score.normalize().to_string() }</b></span> },
                Some(None) => html! { <span class="unknown">{ words.what_if_unknown }</span> },
                None => Html::default(),
            } }
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct SuppositionProps {
    /// What the field is for.
    name: String,
    /// What it holds at first. From then on it keeps what is typed.
    first: String,
    suppose: Callback<String>,
}

/// A field for another actual or score.
#[component(Supposition)]
fn supposition(props: &SuppositionProps) -> Html {
    let node = use_node_ref();
    {
        let (node, first) = (node.clone(), props.first.clone());
        use_effect_with((), move |()| {
            if let Some(input) = node.cast::<HtmlInputElement>() {
                input.set_value(&first);
            }
        });
    }
    let oninput = props.suppose.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    html! { <input ref={node} type="text" aria-label={props.name.clone()} {oninput} /> }
}
