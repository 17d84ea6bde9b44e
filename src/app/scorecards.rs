//! The scoring tables of a performance self-evaluation: what each row states beside what its own rule computes.

use yew::prelude::*;

use super::findings::use_reveal;
use super::inspection::is_same_number;
use super::inspector::Inspector;
use super::page::{Page, PageProps};
use super::state::{Action, Selection};
use super::words::fill;
use crate::report::{Indicator, Place, ScoreStatus, ScoreValue, Scorecard};

/// Every scoring table that was read.
#[component(Scorecards)]
pub fn scorecards(PageProps { page }: &PageProps) -> Html {
    let list = use_reveal(page);
    let cards = page.report().map_or(&[][..], |report| &report.scorecards);
    html! {
        <div class="scorecards" ref={list}>
            { for cards.iter().enumerate().map(|(index, card)| scorecard(page, index, card)) }
        </div>
    }
}

fn scorecard(page: &Page, index: usize, card: &Scorecard) -> Html {
    let words = page.words();
    let title = if card.title.is_empty() { words.card_untitled } else { &card.title };
    let total = |value: &ScoreValue, name: &str| {
        (value.stated.is_some() || value.computed.is_some())
            .then(|| html! { <span class="sum">{ name }{ " " }{ score(page, value) }</span> })
    };
    html! {
        <section class="scorecard">
            <h3>{ title }</h3>
            <p class="sums">
                { for total(&card.total, words.total) }
                { for total(&card.weight, words.role_weight) }
                { for card.band.as_ref().map(|band| html! {
                    <span class="band">{ fill(words.band, &[&band.name]) }if band.own { { words.band_own } }</span>
                }) }
            </p>
            { for card.notes.iter().map(|note| html! { <p class="note">{ &note.message }</p> }) }
            <ol class="list">
                { for card.indicators.iter().enumerate().map(|(row, indicator)| {
                    html! { <li key={row}>{ indicator_card(page, Selection::Indicator(index, row), indicator) }</li> }
                }) }
            </ol>
            if !card.groups.is_empty() {
                <ul class="groups" aria-label={words.group}>
                    { for card.groups.iter().map(|group| html! {
                        <li>
                            <span class="name">{ group.path.join(" › ") }</span>
                            { for total(&group.weight, words.role_weight) }
                            { for total(&group.score, words.score) }
                        </li>
                    }) }
                </ul>
            }
        </section>
    }
}

fn indicator_card(page: &Page, selection: Selection, indicator: &Indicator) -> Html {
    let words = page.words();
    let is_open = page.selection == Some(selection);
    let (class, glyph) = match indicator.status {
        ScoreStatus::Pass => ("pass", "✓"),
        ScoreStatus::Rounding => ("rounding", "≈"),
        ScoreStatus::Fail => ("fail", "✕"),
        ScoreStatus::Derived => ("info", "="),
        ScoreStatus::Unscored | ScoreStatus::Judge | ScoreStatus::Unread => ("info", "?"),
    };
    let status = words.score_status(indicator.status);
    let text = |place: &Option<Place>| place.as_ref().map(|place| place.text.trim().to_owned());
    let facts = [
        text(&indicator.target).map(|target| format!("{} {target}", words.role_target)),
        text(&indicator.actual).map(|actual| format!("{} {actual}", words.role_actual)),
        indicator.met.map(|met| if met { words.met } else { words.unmet }.to_owned()),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    html! {
        <article class={classes!("card", class, is_open.then_some("open"))}>
            <button type="button" class="card-head" aria-expanded={is_open.to_string()} onclick={page.on(Action::Select(selection))}>
                <span class="card-grid">
                    <span class={classes!("badge", class)} role="img" aria-label={status} title={status}>{ glyph }</span>
                    <span class="indicator">
                        if !indicator.path.is_empty() {
                            <span class="path">{ indicator.path.join(" › ") }</span>
                        }
                        { &indicator.name }
                    </span>
                    <span class="score">
                        { score(page, &indicator.score) }
                        if let Some(weight) = text(&indicator.weight) {
                            <span class="weight">{ " / " }{ weight }</span>
                        }
                    </span>
                    <span class="message">{ facts.join(" · ") }</span>
                </span>
            </button>
            if is_open {
                <Inspector page={page.clone()} />
            }
        </article>
    }
}

/// A printed number, and behind it the computed one where that says something else.
fn score(page: &Page, value: &ScoreValue) -> Html {
    let stated = value.stated.as_ref().map_or("—", |place| place.text.trim());
    let computed = value.computed.as_deref().filter(|computed| !is_same_number(stated, computed));
    html! {
        <>
            <b class="stated">{ stated }</b>
            if let Some(computed) = computed {
                <span class="arrow" aria-label={page.words().computed}>{ "→" }</span>
                <b class="expected">{ computed }</b>
            }
        </>
    }
}
