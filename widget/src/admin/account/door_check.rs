//! Whether a link still works.
//!
//! The law: a link that does not is one sentence, whatever the reason; a server that does not answer is another.

use crate::admin::load::{Loaded, load};
use crate::admin::ui::{Failed, Mistake, Waiting};
use crate::net::Failure;
use leptos::prelude::*;
use shared::problem::ProblemCode;
use std::future::Future;

/// Asks now.
pub fn checked<Shown, Answer>(ask: impl Fn() -> Answer + 'static) -> Loaded<Shown>
where
    Shown: Send + Sync + 'static,
    Answer: Future<Output = Result<Shown, Failure>> + 'static,
{
    load(ask)
}

/// Waiting, gone, or what the link is for.
#[component]
pub fn LinkState<Shown: Clone + Send + Sync + 'static>(
    link: Loaded<Shown>,
    gone: &'static str,
    good: impl Fn(Shown) -> AnyView + Send + Sync + 'static,
) -> impl IntoView {
    let failure = link.failure();
    move || match (link.value().get(), failure.get()) {
        (Some(shown), _) => good(shown),
        (None, Some(failure)) if failure.is(ProblemCode::NotFound) => {
            let words = Signal::derive(move || Some(gone.to_owned()));
            view! { <Mistake words/> }.into_any()
        }
        (None, Some(failure)) => {
            view! { <Failed failure again=move |()| link.again()/> }.into_any()
        }
        (None, None) => view! { <Waiting/> }.into_any(),
    }
}
