//! What was checked and how it came out.

use yew::prelude::*;

use super::page::PageProps;
use super::state::{Action, Tab};
use super::words::fill;
use crate::report::{Severity, Status};

/// The counts, each of which leads to what it counts.
#[component(SummaryView)]
pub fn summary_view(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let Some(report) = page.report() else { return Html::default() };
    let summary = &report.summary;
    let verdicts = [
        (Status::Pass, "pass", words.passed, summary.passed),
        (Status::Rounding, "rounding", words.rounding, summary.rounding),
        (Status::Fail, "fail", words.failed, summary.failed),
    ];
    let chips = [
        (Severity::Error, "error", words.errors),
        (Severity::Warning, "warning", words.warnings),
        (Severity::Info, "info", words.infos),
    ];
    let ignored = page.count_ignored();
    html! {
        <div class="summary">
            <p class="counts">
                <strong>{ fill(words.checked_count, &[&summary.checks.to_string()]) }</strong>
                { for verdicts.iter().map(|&(status, class, name, count)| html! {
                    <button type="button" class={classes!("verdict", class)} onclick={page.on(Action::FilterStatus(Some(status)))}>
                        { name }<b>{ count }</b>
                    </button>
                }) }
            </p>
            <Share passed={summary.passed} rounding={summary.rounding} failed={summary.failed}
                label={fill(words.share_label, &[&summary.passed.to_string(), &summary.rounding.to_string(), &summary.failed.to_string()])} />
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
    passed: usize,
    rounding: usize,
    failed: usize,
    label: String,
}

/// The verdicts as one bar. It is drawn in SVG, whose attributes a strict policy allows where it forbids styles.
#[component(Share)]
fn share(props: &ShareProps) -> Html {
    let all = (props.passed + props.rounding + props.failed).max(1) as f64;
    let width = |count: usize| if count == 0 { 0.0 } else { (count as f64 / all * 100.0).max(1.0) };
    let (failed, rounding) = (width(props.failed), width(props.rounding));
    let passed = if props.passed == 0 { 0.0 } else { 100.0 - failed - rounding };
    let bar = |class: &'static str, x: f64, width: f64| {
        html! { <rect {class} x={format!("{x:.2}")} y="0" width={format!("{:.2}", width.max(0.0))} height="4" /> }
    };
    html! {
        <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={props.label.clone()}>
            { bar("pass", 0.0, passed) }
            { bar("rounding", passed, rounding) }
            { bar("fail", passed + rounding, failed) }
        </svg>
    }
}
