//! What was checked and how it came out.

use yew::prelude::*;

use super::page::PageProps;
use super::state::{Action, Outcome, Tab};
use super::words::fill;
use crate::report::Severity;

/// The counts, each of which leads to what it counts.
#[component(SummaryView)]
pub fn summary_view(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let Some(checked) = &page.checked else { return Html::default() };
    let report = &checked.report;
    let outcomes = [Outcome::Pass, Outcome::Rounding, Outcome::Judge, Outcome::Fail];
    let counts = outcomes.map(|outcome| (outcome, checked.count(outcome)));
    // Most reports have nothing to judge.
    let named = counts.iter().filter(|(outcome, count)| *outcome != Outcome::Judge || *count > 0);
    let chips = [
        (Severity::Error, "error", words.errors),
        (Severity::Warning, "warning", words.warnings),
        (Severity::Info, "info", words.infos),
    ];
    let ignored = page.count_ignored();
    html! {
        <div class="summary">
            <p class="counts">
                <strong>{ fill(words.checked_count, &[&report.checks.len().to_string()]) }</strong>
                { for named.map(|&(outcome, count)| html! {
                    <button type="button" class={classes!("verdict", outcome.class())}
                        onclick={page.on(Action::FilterOutcome(Some(outcome)))}>
                        { words.outcome(outcome) }<b>{ count }</b>
                    </button>
                }) }
            </p>
            <Share {counts} label={fill(words.share_label, &counts.map(|(_, count)| count.to_string()).each_ref().map(String::as_str))} />
            { for report.document.notes.iter().map(|note| html! { <p class="note">{ &note.message }</p> }) }
            <div class="chips" role="group" aria-label={words.filter_label}>
                { for chips.into_iter().map(|(severity, class, name)| {
                    let pressed = page.shown.includes(severity) && !page.listing_ignored;
                    html! {
                        <button type="button" class={classes!("chip", class)} aria-pressed={pressed.to_string()}
                            onclick={page.on(Action::Toggle(severity))}>
                            { name }<b>{ page.count(severity) }</b>
                        </button>
                    }
                }) }
                if ignored > 0 || page.listing_ignored {
                    <button type="button" class="chip ignored" aria-pressed={page.listing_ignored.to_string()}
                        onclick={page.on(if page.listing_ignored { Action::ListIgnored(false) } else { Action::ListIgnored(true) })}>
                        { words.ignored }<b>{ ignored }</b>
                    </button>
                }
                if page.tab == Tab::Findings {
                    <span class="structure">
                        { fill(words.structure, &[&report.document.sections.to_string(), &report.document.tables.to_string()]) }
                    </span>
                }
            </div>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct ShareProps {
    counts: [(Outcome, usize); 4],
    label: String,
}

/// The outcomes as one bar. It is drawn in SVG, whose attributes a strict policy allows where it forbids styles.
#[component(Share)]
fn share(ShareProps { counts, label }: &ShareProps) -> Html {
    let all = counts.iter().map(|(_, count)| count).sum::<usize>().max(1) as f64;
    let width = |count: usize| if count == 0 { 0.0 } else { (count as f64 / all * 100.0).max(1.0) };
    // The first takes what the others leave, each of which is seen however small.
    let [(first, passed), others @ ..] = counts;
    let rest = if *passed == 0 { 0.0 } else { 100.0 - others.iter().map(|(_, count)| width(*count)).sum::<f64>() };
    let mut x = 0.0;
    let mut bar = |outcome: Outcome, width: f64| {
        let from = x;
        x += width;
        html! { <rect class={outcome.class()} x={format!("{from:.2}")} y="0" width={format!("{:.2}", width.max(0.0))} height="4" /> }
    };
    html! {
        <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={label.clone()}>
            { bar(*first, rest) }
            { for others.iter().map(|&(outcome, count)| bar(outcome, width(count))) }
        </svg>
    }
}
