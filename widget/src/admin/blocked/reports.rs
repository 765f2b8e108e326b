//! Messages that somebody found wrong.
//!
//! The law: the message and the reason are shown as they were written, as text; dismissing says that it is done.

use super::api;
use crate::admin::errand::Errand;
use crate::admin::load::Pages;
use crate::admin::moment::Moment;
use crate::admin::session::use_session;
use crate::admin::ui::{Button, FaceView, Loudness, Mistake, Rows, Section};
use crate::admin::{notices, oversight, sentences as say};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::safety::ReportRow;

#[component]
pub fn Reports(is_open: bool) -> impl IntoView {
    let (state, empty) = match is_open {
        true => ("open", say::REPORTS_EMPTY),
        false => ("dismissed", say::DISMISSED_EMPTY),
    };
    let pages = Pages::load(move |cursor| api::reports(state, cursor));
    let errand = Errand::new();
    let session = use_session();
    let done = notices::speaker();
    let dismiss = Callback::new(move |report: ReportRow| {
        let report_id = report.report_id.clone();
        errand.run(async move { api::dismiss(&report).await }, move |()| {
            pages
                .rows()
                .update(|rows| rows.retain(|row| row.report_id != report_id));
            session.refresh();
            done.run(say::REPORT_DISMISSED.into());
            navigation::focus_in_place("reports");
        });
    });
    view! {
        <Section id="reports" title=say::REPORTS>
            <Mistake words=errand.words()/>
            <Rows
                pages
                label=say::REPORTS
                empty=empty.to_owned()
                key=|report: &ReportRow| report.report_id.as_str().to_owned()
                draw=move |report| view! { <Line report dismiss/> }
            />
        </Section>
    }
}

#[component]
fn Line(report: ReportRow, dismiss: Callback<ReportRow>) -> impl IntoView {
    let who = say::who_reported(&report.reporter.name, &report.reported.name);
    let button = say::dismiss_whom(&report.reported.name);
    let address = oversight::address_of(report.reported_kind, &report.conversation_id);
    let read = say::read_whose(&report.reported.name);
    let face = report.reported.clone();
    let time = report.created_at;
    let (text, reason) = (report.text.clone(), report.reason.clone());
    let reason = match reason.is_empty() {
        true => say::NO_REASON.to_owned(),
        false => reason,
    };
    let outcome = match report.dismissed.clone() {
        Some(dismissed) => view! {
            <p class="rows-list-more">{say::dismissed_by(&dismissed.by)}", "<Moment time=dismissed.at/></p>
        }
        .into_any(),
        None => {
            view! { <Button label=say::DISMISS loudness=Loudness::Quiet name=button on_press=move |()| dismiss.run(report.clone())/> }
                .into_any()
        }
    };
    view! {
        <li class="rows-list-row report">
            <FaceView face/>
            <div class="rows-list-words">
                <p class="rows-list-name">{who}</p>
                <p class="rows-list-more"><Moment time/></p>
            </div>
            <dl class="report-words">
                <dt class="facts-name">{say::REPORTED_MESSAGE}</dt><dd class="report-text" dir="auto">{text}</dd>
                <dt class="facts-name">{say::REPORT_REASON}</dt><dd class="report-text is-plain" dir="auto">{reason}</dd>
            </dl>
            <div class="rows-list-actions">
                {outcome}
                <a class="report-read" href=address aria-label=read>{say::READ_CONVERSATION}</a>
            </div>
        </li>
    }
}
