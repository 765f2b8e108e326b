//! What is fetched to be shown: one thing, or a list by the page.
//!
//! The law: what is on the screen stays there while it is fetched again; an answer to a question that nobody asks any
//! more is dropped.

use crate::net::Failure;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;
use std::pin::Pin;

/// Something fetched.
pub struct Loaded<Value: Send + Sync + 'static> {
    value: RwSignal<Option<Value>>,
    failure: RwSignal<Option<Failure>>,
    question: RwSignal<u32>,
    fetch: StoredValue<Fetch<Value>, LocalStorage>,
}

type Answered<Value> = Pin<Box<dyn Future<Output = Result<Value, Failure>>>>;
type Fetch<Value> = Box<dyn Fn() -> Answered<Value>>;

impl<Value: Send + Sync + 'static> Clone for Loaded<Value> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Value: Send + Sync + 'static> Copy for Loaded<Value> {}

/// Fetches now, and again whenever a signal that `fetch` reads changes.
pub fn load<Value, Answer>(fetch: impl Fn() -> Answer + 'static) -> Loaded<Value>
where
    Value: Send + Sync + 'static,
    Answer: Future<Output = Result<Value, Failure>> + 'static,
{
    let loaded = Loaded::later(fetch);
    Effect::new(move |_| loaded.ask());
    loaded
}

impl<Value: Send + Sync + 'static> Loaded<Value> {
    /// Fetches when it is told to ([`Loaded::again`]).
    pub fn later<Answer>(fetch: impl Fn() -> Answer + 'static) -> Self
    where
        Answer: Future<Output = Result<Value, Failure>> + 'static,
    {
        let fetch: Fetch<Value> = Box::new(move || -> Answered<Value> { Box::pin(fetch()) });
        Self {
            value: RwSignal::new(None),
            failure: RwSignal::new(None),
            question: RwSignal::new(0),
            fetch: StoredValue::new_local(fetch),
        }
    }

    /// Fetches again; what is shown stays until the answer is there.
    pub fn again(self) {
        untrack(move || self.ask());
    }

    fn ask(self) {
        let question = self.question.get_untracked() + 1;
        self.question.set(question);
        let call = self.fetch.with_value(|fetch| fetch());
        spawn_local(async move {
            let answer = call.await;
            if self.question.try_get_untracked() == Some(question) {
                self.answered(answer);
            }
        });
    }

    fn answered(self, answer: Result<Value, Failure>) {
        match answer {
            Ok(value) => {
                self.failure.set(None);
                self.value.set(Some(value));
            }
            Err(failure) => self.failure.set(Some(failure)),
        }
    }

    /// What a command answered is as good as fetched.
    pub fn put(self, value: Value) {
        self.question.update(|question| *question += 1);
        self.answered(Ok(value));
    }

    /// `None` before the first answer.
    pub fn value(self) -> RwSignal<Option<Value>> {
        self.value
    }

    /// Why there is no newer answer.
    pub fn failure(self) -> Signal<Option<Failure>> {
        self.failure.into()
    }
}

/// Rows, fetched page by page.
pub struct Pages<Row: Send + Sync + 'static> {
    rows: RwSignal<Vec<Row>>,
    cursor: RwSignal<Option<String>>,
    state: RwSignal<PagesState>,
    question: RwSignal<u32>,
    fetch: StoredValue<FetchPage<Row>, LocalStorage>,
}

/// How a list stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum PagesState {
    /// The first page is on its way.
    First,
    /// A later page is on its way.
    More,
    Idle,
    Failed(Failure),
}

type FetchPage<Row> = Box<dyn Fn(Option<String>) -> Answered<(Vec<Row>, Option<String>)>>;

impl<Row: Send + Sync + 'static> Clone for Pages<Row> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Row: Send + Sync + 'static> Copy for Pages<Row> {}

impl<Row: Clone + Send + Sync + 'static> Pages<Row> {
    /// Fetches the first page now, and anew whenever a signal that `fetch` reads changes. `fetch` gets the cursor and
    /// answers rows and the next cursor.
    pub fn load<Answer>(fetch: impl Fn(Option<String>) -> Answer + 'static) -> Self
    where
        Answer: Future<Output = Result<(Vec<Row>, Option<String>), Failure>> + 'static,
    {
        let fetch: FetchPage<Row> = Box::new(move |cursor| Box::pin(fetch(cursor)));
        let pages = Self {
            rows: RwSignal::new(Vec::new()),
            cursor: RwSignal::new(None),
            state: RwSignal::new(PagesState::First),
            question: RwSignal::new(0),
            fetch: StoredValue::new_local(fetch),
        };
        Effect::new(move |_| pages.first());
        pages
    }

    /// From the first page.
    pub fn again(self) {
        untrack(move || self.first());
    }

    fn first(self) {
        self.state.set(PagesState::First);
        self.ask(None);
    }

    /// The next page, or the one that failed.
    pub fn more(self) {
        let cursor = self.cursor.get_untracked();
        if cursor.is_none() {
            return self.again();
        }
        self.state.set(PagesState::More);
        untrack(move || self.ask(cursor));
    }

    fn ask(self, cursor: Option<String>) {
        let question = self.question.get_untracked() + 1;
        self.question.set(question);
        let is_first = cursor.is_none();
        let call = self.fetch.with_value(|fetch| fetch(cursor));
        spawn_local(async move {
            let answer = call.await;
            if self.question.try_get_untracked() != Some(question) {
                return;
            }
            match answer {
                Ok((rows, cursor)) => {
                    self.rows.update(|shown| {
                        if is_first {
                            shown.clear();
                        }
                        shown.extend(rows);
                    });
                    self.cursor.set(cursor);
                    self.state.set(PagesState::Idle);
                }
                Err(failure) => self.state.set(PagesState::Failed(failure)),
            }
        });
    }

    pub fn rows(self) -> RwSignal<Vec<Row>> {
        self.rows
    }

    pub fn has_more(self) -> bool {
        self.cursor.with(Option::is_some)
    }

    pub fn state(self) -> PagesState {
        self.state.get()
    }
}
