//! A word about what just happened, with the way back where there is one.

use yew::prelude::*;

use super::page::PageProps;
use super::state::Action;

/// How long a confirmation stays; an alarm stays until it is closed.
const SHOWN_MS: u32 = 10_000;

/// The notice, spoken by screen readers as it appears.
#[component(NoticeBar)]
pub fn notice_bar(PageProps { page }: &PageProps) -> Html {
    let words = page.words();
    let timed = page.clone();
    use_effect_with(page.notice.clone(), move |notice| {
        let brief = notice.as_ref().is_some_and(|notice| !notice.is_alarm());
        let timer = brief.then(|| gloo_timers::callback::Timeout::new(SHOWN_MS, move || timed.send(Action::Dismiss)));
        move || drop(timer)
    });
    let body = page.notice.as_ref().map(|notice| {
        let undo = notice.offers_undo() && page.can_undo();
        html! {
            <div class={classes!("notice", notice.is_alarm().then_some("alarm"))}>
                <span class="notice-text">{ words.notice(notice) }</span>
                if undo {
                    <button type="button" onclick={page.on(Action::Undo)}>{ words.undo }</button>
                }
                <button type="button" class="plain" aria-label={words.close} onclick={page.on(Action::Dismiss)}>{ "×" }</button>
            </div>
        }
    });
    html! { <div class="notices" role="status" aria-live="polite">{ for body }</div> }
}
