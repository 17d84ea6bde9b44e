//! The pictures that a report announces and leaves blank: what its totals are made of, and how amounts moved since the year before. A bar
//! has its figures beside it, so that it is read in grey, and without being seen.

use yew::prelude::*;

use super::findings::use_reveal;
use super::page::{Page, PageProps};
use super::state::{Action, Selection};
use super::what_if::number;
use crate::report::{Change, Place, Structure};

/// Every picture.
#[component(ChartList)]
pub fn chart_list(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let list = use_reveal(page);
    let Some(report) = page.report() else { return Html::default() };
    let charts = &report.charts;
    html! {
        <div class="charts" ref={list}>
            <p class="about">{ words.charts_about }</p>
            { for charts.structures.iter().enumerate().map(|(key, structure)| html! {
                <section {key}>{ draw_structure(page, structure) }</section>
            }) }
            if !charts.changes.is_empty() {
                <section>
                    <h3>{ words.chart_changes }</h3>
                    <ol>{ for charts.changes.iter().map(|change| html! { <li>{ draw_change(page, change) }</li> }) }</ol>
                </section>
            }
        </div>
    }
}

/// Looks at a number of the document.
fn look(page: &Page, place: &Place) -> Callback<MouseEvent> {
    page.on(Action::Select(Selection::Place(place.span.start, place.span.end)))
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect()
}

fn draw_structure(page: &Page, structure: &Structure) -> Html {
    html! {
        <>
            <h3>
                <button type="button" class="plain" onclick={look(page, &structure.whole)}>
                    { &structure.name }<b>{ plain(&structure.whole.text) }</b>
                </button>
            </h3>
            <ol>
                { for structure.parts.iter().map(|part| html! {
                    <li>
                        <button type="button" class="plain" onclick={look(page, &part.amount)}>
                            <span class="bar-grid">
                                <span class="name">{ &part.name }</span>
                                <span class="amount">{ plain(&part.amount.text) }</span>
                                <b class="rate">{ &part.share }{ "%" }</b>
                                { bar("part", share(&part.share)) }
                            </span>
                        </button>
                    </li>
                }) }
            </ol>
        </>
    }
}

fn draw_change(page: &Page, change: &Change) -> Html {
    let words = page.words();
    let rate = share(&change.rate);
    // The longer of the two fills the width.
    let most = (100.0 + rate).max(100.0);
    let (now, before) = ((100.0 + rate) / most * 100.0, 10_000.0 / most);
    let signed = match change.rate.strip_prefix('-') {
        Some(fall) => format!("−{fall}%"),
        None => format!("+{}%", change.rate),
    };
    html! {
        <button type="button" class="plain" onclick={look(page, &change.now)}>
            <span class="bar-grid">
                <span class="name">{ &change.name }</span>
                <b class="rate wide">{ signed }</b>
                <span class="year">{ words.chart_now }</span>
                <span class="amount">{ plain(&change.now.text) }</span>
                { bar("now", now) }
                <span class="year">{ words.chart_before }</span>
                <span class="amount">{ &change.before }</span>
                { bar("before", before) }
            </span>
        </button>
    }
}

fn share(text: &str) -> f64 {
    use rust_decimal::prelude::ToPrimitive;
    number(text).and_then(|share| share.to_f64()).unwrap_or_default()
}

/// A bar of so many per cent. What it shows is written beside it.
fn bar(class: &'static str, per_cent: f64) -> Html {
    html! {
        <svg class="chart-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect class="whole" x="0" y="0" width="100" height="8" />
            <rect {class} x="0" y="0" width={format!("{:.2}", per_cent.clamp(0.0, 100.0))} height="8" />
        </svg>
    }
}
