//! The document as a person would read it, with the findings marked in place.

use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::Element;
use yew::prelude::*;

use super::block::{Passage, SliceView};
use super::layout::{self, Slice};
use super::page::{Page, PageProps};
use super::state::{Action, Checked, Ignored, Selection, Shown};
use super::{dom, table};

/// Slices that are mounted at once, and then with every frame, so that a long document never holds the page up.
const FIRST: usize = 4;
const EACH: usize = 2;

/// What the drawn document depends on.
#[derive(Clone)]
struct Source {
    checked: Option<Rc<Checked>>,
    plain: Option<Rc<str>>,
    ignored: Rc<Vec<Ignored>>,
    shown: Shown,
}

impl Source {
    fn of(page: &Page) -> Source {
        Source {
            checked: page.checked.clone(),
            plain: page.checked.is_none().then(|| page.text.clone()),
            ignored: page.ignored.clone(),
            shown: page.shown,
        }
    }
}

impl PartialEq for Source {
    fn eq(&self, other: &Source) -> bool {
        fn same<T: ?Sized>(one: &Option<Rc<T>>, other: &Option<Rc<T>>) -> bool {
            match (one, other) {
                (Some(one), Some(other)) => Rc::ptr_eq(one, other),
                (None, None) => true,
                _ => false,
            }
        }
        same(&self.checked, &other.checked)
            && same(&self.plain, &other.plain)
            && Rc::ptr_eq(&self.ignored, &other.ignored)
            && self.shown == other.shown
    }
}

/// The left pane while the document is read.
#[component(DocumentPane)]
pub fn document_pane(PageProps { page }: &PageProps) -> Html {
    let pane = use_node_ref();
    let slices = {
        let page = page.clone();
        use_memo(Source::of(&page), move |source| match (&source.checked, &source.plain) {
            (Some(checked), _) => layout::slices(checked, &page),
            (None, plain) => layout::plain_slices(plain.as_deref().unwrap_or_default()),
        })
    };
    let mounted = use_mounting(page, slices.len());
    let emphasis = layout::emphasis(page);
    use_scrolling(page, &pane, &slices, &emphasis, &mounted);

    {
        let pane = pane.clone();
        use_effect_with((), move |()| {
            let resized = EventListener::new(&dom::window(), "resize", move |_| {
                if let Some(pane) = pane.cast::<Element>() {
                    table::fit(&pane);
                }
            });
            move || drop(resized)
        });
    }

    let rewriting = use_state(|| None::<(usize, Passage)>);
    {
        let rewriting = rewriting.clone();
        // The places of an older text mean nothing in a newer one.
        use_effect_with(page.version, move |_| rewriting.set(None));
    }

    let onclick = {
        let (page, slices) = (page.clone(), slices.clone());
        let place = move |mark: &Element| {
            let slice = mark.closest("[data-slice]").ok().flatten()?;
            let base = slices.get(dom::number(&slice, "data-slice")?)?.start;
            Some((base + dom::number(mark, "data-from")?, base + dom::number(mark, "data-to")?))
        };
        move |event: MouseEvent| {
            let target = event.target();
            if let Some(mark) = dom::closest(target.clone(), "[data-finding]") {
                if let Some(finding) = dom::number(&mark, "data-finding") {
                    page.send(Action::Pick(Selection::Finding(finding)));
                }
            } else if let Some(mark) = dom::closest(target, "[data-from]")
                && let Some((start, end)) = place(&mark)
            {
                page.send(Action::PickNumber { start, end });
            }
        }
    };
    let onmouseover = {
        let page = page.clone();
        // Messages change with the language and marks are many: a mark learns its message when it is pointed at.
        move |event: MouseEvent| {
            let mark = dom::closest(event.target(), "[data-finding]");
            let message = mark.as_ref().and_then(|mark| {
                Some(page.report()?.findings.get(dom::number(mark, "data-finding")?)?.message.clone())
            });
            if let (Some(mark), Some(message)) = (mark, message) {
                let _ = mark.set_attribute("title", &message);
            }
        }
    };
    let ondblclick = {
        let rewriting = rewriting.clone();
        let is_drawn = page.checked.is_some();
        move |event: MouseEvent| {
            let passage = || {
                let passage = dom::closest(event.target(), "[data-start]")?;
                let slice = dom::closest(event.target(), "[data-slice]")?;
                let (start, end) = (dom::number(&passage, "data-start")?, dom::number(&passage, "data-end")?);
                Some((dom::number(&slice, "data-slice")?, Passage { start, end }))
            };
            if is_drawn && let Some(passage) = passage() {
                event.prevent_default();
                rewriting.set(Some(passage));
            }
        }
    };
    let done = {
        let (page, rewriting, slices) = (page.clone(), rewriting.clone(), slices.clone());
        Callback::from(move |text: Option<String>| {
            if let Some((slice, passage)) = *rewriting
                && let Some(slice) = slices.get(slice)
                && let Some(text) = text
            {
                let (start, end) = (slice.start + passage.start, slice.start + passage.end);
                page.send(Action::Rewrite { start, end, text });
            }
            rewriting.set(None);
        })
    };
    html! {
        <div class="document" ref={pane} tabindex="0" {onclick} {onmouseover} {ondblclick}>
            <article class="sheet">
                { for slices.iter().enumerate().map(|(index, slice)| {
                    let passage = (*rewriting).filter(|(rewritten, _)| *rewritten == index).map(|(_, passage)| passage);
                    if index < mounted.now {
                        html! {
                            <SliceView
                                key={index}
                                {index}
                                slice={slice.clone()}
                                emphasis={layout::emphasis_in(&emphasis, slice)}
                                rewriting={passage}
                                done={passage.map(|_| done.clone())}
                            />
                        }
                    } else {
                        // About as high as the slice will be, so that the scroll bar tells the truth from the beginning.
                        let height = slice.blocks.len() * 34 + slice.units / 45 * 26;
                        html! { <svg key={index} class="waiting" width="1" height={height.to_string()} aria-hidden="true" /> }
                    }
                }) }
            </article>
        </div>
    }
}

/// How many slices are mounted, and the way to mount more.
struct Mounted {
    /// Which drawing they belong to: the document, and whether it has its marks. A new drawing begins with its first slices.
    drawing: (u32, bool),
    now: usize,
    state: UseStateHandle<((u32, bool), usize)>,
}

impl Mounted {
    fn mount(&self, slices: usize) {
        self.state.set((self.drawing, slices));
    }
}

/// A few slices at first, more with every frame.
#[hook]
fn use_mounting(page: &Page, all: usize) -> Rc<Mounted> {
    let drawing = (page.generation, page.checked.is_some());
    let state = use_state(|| (drawing, FIRST));
    let now = if state.0 == drawing { state.1 } else { FIRST };
    let mounted = Rc::new(Mounted { drawing, now, state });
    let next = mounted.clone();
    use_effect_with((drawing, now, all), move |_| {
        let frame = (now < all).then(|| gloo_render::request_animation_frame(move |_| next.mount(now + EACH)));
        move || drop(frame)
    });
    mounted
}

/// Scrolls to what is asked for, once it is there.
#[hook]
fn use_scrolling(
    page: &Page,
    pane: &NodeRef,
    slices: &Rc<Vec<Rc<Slice>>>,
    emphasis: &[layout::Emphasis],
    mounted: &Rc<Mounted>,
) {
    {
        let pane = pane.clone();
        use_effect_with(page.generation, move |_| {
            if let Some(pane) = pane.cast::<Element>() {
                pane.set_scroll_top(0);
            }
        });
    }
    let seen = use_mut_ref(|| page.jump);
    let place = page.jump_place;
    let target = emphasis.iter().find(|emphasis| emphasis.place == place).map(|emphasis| emphasis.start);
    let slice = target.and_then(|start| slices.iter().position(|slice| start < slice.start + slice.units));
    let (pane, mounted) = (pane.clone(), mounted.clone());
    use_effect_with((page.jump, mounted.now), move |&(jump, now)| {
        let wanted = *seen.borrow() != jump;
        let frame = match slice {
            Some(slice) if wanted && slice >= now => {
                mounted.mount(slice + 1);
                None
            }
            _ if wanted => {
                *seen.borrow_mut() = jump;
                // The slices are drawn after this component: by the next frame they are.
                Some(gloo_render::request_animation_frame(move |_| {
                    let Some(pane) = pane.cast::<Element>() else { return };
                    if let Ok(Some(element)) = pane.query_selector(&format!("[data-place='{place}']")) {
                        dom::show(&pane, &element);
                    }
                }))
            }
            _ => None,
        };
        // A frame that was asked for is let run, even if the next state comes first.
        if let Some(frame) = frame {
            std::mem::forget(frame);
        }
    });
}
