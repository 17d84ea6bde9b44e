//! The scoring forms, each to be opened: its total with its band, and its indicators as a tree.

use std::collections::BTreeSet;

use yew::prelude::*;

use super::checker;
use super::findings::use_reveal;
use super::gauge::Gauge;
use super::inspection::is_same_number;
use super::inspector::Inspector;
use super::page::{Page, PageProps};
use super::scorecard::Tree;
use super::state::{Action, Selection};
use super::what_if::{Outcome, WhatIf, band_of, number};
use super::words::fill;
use crate::report::{Finding, Report, ScoreStatus, Scorecard, Severity, Status};

/// Every scoring form that was read.
#[component(Scorecards)]
pub fn scorecards(PageProps { page }: &PageProps) -> Html {
    let list = use_reveal(page);
    let outcome = use_outcome(page);
    let Some(report) = page.report() else { return Html::default() };
    html! {
        <ol class="list scorecards" ref={list}>
            { for report.scorecards.iter().enumerate().map(|(index, card)| {
                let supposed = page.what_if.as_ref().is_some_and(|what_if| what_if.card == index);
                let outcome = outcome.as_ref().filter(|_| supposed);
                html! { <li key={index} class="form">{ form(page, report, index, card, outcome) }</li> }
            }) }
        </ol>
    }
}

/// What comes of the suppositions, if there are any. Where they need the rules of the form, a copy of the text is checked for it.
#[hook]
fn use_outcome(page: &Page) -> Option<Outcome> {
    let copy = use_state(|| None::<(WhatIf, Report)>);
    {
        let (page, copy) = (page.clone(), copy.clone());
        use_effect_with((page.what_if.clone(), page.language), move |(what_if, language)| {
            let language = *language;
            let what_if = what_if.clone();
            let text = what_if.as_ref().zip(page.checked.as_ref()).and_then(|(what_if, checked)| what_if.text(checked));
            if let Some((what_if, text)) = what_if.zip(text) {
                wasm_bindgen_futures::spawn_local(async move {
                    // A copy that cannot be checked leaves the scores as they are.
                    if let Ok(report) = checker::check(&text, language).await {
                        copy.set(Some((what_if, report)));
                    }
                });
            }
        });
    }
    let what_if = page.what_if.as_ref()?;
    let card = page.report()?.scorecards.get(what_if.card)?;
    // An older copy stands in until the newest is checked, so that nothing flickers.
    let copy = copy.as_ref().filter(|(of, _)| of.card == what_if.card);
    Some(what_if.outcome(card, copy.and_then(|(_, report)| report.scorecards.get(what_if.card))))
}

fn form(page: &Page, report: &Report, index: usize, card: &Scorecard, outcome: Option<&Outcome>) -> Html {
    let words = page.words();
    let is_open = page.open_cards.contains(&index);
    let title = if card.title.is_empty() { words.card_untitled } else { &card.title };
    let total = card.total.stated.as_ref().map(|place| place.text.trim());
    let failing = failing(page, report, card);
    html! {
        <section class={classes!("scorecard", is_open.then_some("opened"))}>
            <button type="button" class="form-head" aria-expanded={is_open.to_string()} onclick={page.on(Action::ToggleCard(index))}>
                <span class="form-grid">
                    <span class="twist" aria-hidden="true">{ if is_open { "▾" } else { "▸" } }</span>
                    <span class="name">{ title }</span>
                    <span class="line">{ fill(words.line, &[&card.span.line.to_string()]) }</span>
                    <span class="told">
                        if let Some(total) = total.or(card.total.computed.as_deref()) {
                            <b>{ total }</b>
                        }
                        if let Some(band) = &card.band {
                            <span class="band">{ &band.name }</span>
                        }
                        if failing > 0 {
                            <span class="failing">{ fill(words.card_failing, &[&failing.to_string()]) }</span>
                        }
                        <span class="counted">{ counts(page, card) }</span>
                    </span>
                </span>
            </button>
            if is_open {
                { total_of(page, report, index, card, outcome) }
                { for card.notes.iter().map(|note| html! { <p class="note">{ &note.message }</p> }) }
                <Tree page={page.clone()} {index} outcome={outcome.cloned()} />
            }
        </section>
    }
}

/// How many things about a form a person should look at.
fn failing(page: &Page, report: &Report, card: &Scorecard) -> usize {
    let rows = card.indicators.iter().flat_map(|indicator| indicator.checks.iter().copied());
    let ids: BTreeSet<usize> = rows.chain(card.total_check(&report.checks).map(|check| check.id)).collect();
    let about = |finding: &Finding| finding.check.is_some_and(|id| ids.contains(&id));
    let findings = report.findings.iter().enumerate();
    findings
        .filter(|&(index, finding)| {
            finding.severity != Severity::Info && about(finding) && page.ignored_for(index).is_none()
        })
        .count()
}

fn counts(page: &Page, card: &Scorecard) -> String {
    let computed =
        |status: ScoreStatus| !matches!(status, ScoreStatus::Unscored | ScoreStatus::Judge | ScoreStatus::Unread);
    let all = card.indicators.len();
    let known = card.indicators.iter().filter(|indicator| computed(indicator.status)).count();
    fill(page.words().card_counts, &[&all.to_string(), &known.to_string()])
}

/// The total on its scale, what the rows make, and what it would be.
fn total_of(page: &Page, report: &Report, index: usize, card: &Scorecard, outcome: Option<&Outcome>) -> Html {
    let words = page.words();
    let stated = card.total.stated.as_ref().map(|place| place.text.trim());
    let check = card.total_check(&report.checks);
    let fails = check.is_some_and(|check| check.status == Status::Fail);
    let computed = card.total.computed.as_deref();
    let differs = computed.filter(|computed| stated.is_none_or(|stated| !is_same_number(stated, computed)));
    let full = [&card.weight.stated.as_ref().map(|place| place.text.as_str()), &card.weight.computed.as_deref()];
    let full = full.into_iter().find_map(|text| number((*text)?)).unwrap_or(rust_decimal::Decimal::ONE_HUNDRED);
    let value = stated.or(computed).and_then(number);
    let floors = card.band.iter().flat_map(|band| &band.floors).filter_map(|floor| number(floor)).collect::<Vec<_>>();
    let moved = outcome.and_then(|outcome| outcome.total).filter(|(before, after)| before != after);
    let selection = Selection::Total(index);
    let is_open = page.selection == Some(selection);
    html! {
        <div class={classes!("total", "card", is_open.then_some("open"))}>
            <button type="button" class="card-head" aria-expanded={is_open.to_string()} onclick={page.on(Action::Select(selection))}>
                <span class="sums">
                    if let Some(stated) = stated {
                        <span>{ words.total }{ " " }<b class={classes!(fails.then_some("wrong"))}>{ stated }</b></span>
                    } else {
                        <span>{ words.no_total }</span>
                    }
                    if let Some(computed) = differs {
                        <span class={classes!("made", fails.then_some("wrong"))}>{ fill(words.rows_make, &[computed]) }</span>
                    }
                    if let Some(band) = &card.band {
                        <span class="band">{ fill(words.band, &[&band.name]) }if band.own { { words.band_own } }</span>
                    }
                </span>
                if let Some(value) = value {
                    <Gauge {value} {full} {floors} supposed={moved.map(|(_, after)| after)}
                        label={fill(words.gauge, &[&value.to_string(), &full.to_string()])} />
                }
            </button>
            if is_open {
                <Inspector page={page.clone()} />
            }
            <div class="what-if">
                if let Some(outcome) = outcome {
                    <p>{ words.what_if_hint }</p>
                    if let Some((before, after)) = outcome.total.filter(|_| !outcome.scores.is_empty()) {
                        <p class="outcome" role="status">
                            <b>{ fill(words.what_if_total, &[&after.normalize().to_string(), &signed(after - before)]) }</b>
                            if let Some(band) = card.band.as_ref().and_then(|band| band_of(band, after)) {
                                <span class="band">{ fill(words.band, &[band]) }</span>
                            }
                        </p>
                    }
                    <button type="button" onclick={page.on(Action::WhatIf(None))}>{ words.what_if_end }</button>
                } else if value.is_some() {
                    <button type="button" title={words.what_if_hint} onclick={page.on(Action::WhatIf(Some(index)))}>{ words.what_if }</button>
                }
            </div>
        </div>
    }
}

/// A difference with its sign.
fn signed(difference: rust_decimal::Decimal) -> String {
    let difference = difference.normalize();
    if difference.is_sign_negative() && !difference.is_zero() {
        format!("−{}", difference.abs())
    } else {
        format!("+{}", difference.abs())
    }
}
