//! Guests who become users: the policy, and what it would do with the guests there are.
//!
//! The law: a dry run changes nothing and is of what is chosen, saved or not; the answer for another choice is not shown.

use super::bind::bind;
use super::desk::{Desk, use_desk};
use crate::admin::api;
use crate::admin::errand::Errand;
use crate::admin::sentences as say;
use crate::admin::sentences::DryRunLine;
use crate::admin::ui::{Button, Loudness, Mistake, Pick, PickOne, Section};
use leptos::prelude::*;
use shared::conversion::{ConversionPolicy, DryRun, DryRunOutcome};

const PLAN: &str = "/api/admin/conversions/plan";
const MAIL_SECTION: &str = "/admin/settings#mail";

const POLICIES: [ConversionPolicy; 4] = [
    ConversionPolicy::Off,
    ConversionPolicy::SameBrowser,
    ConversionPolicy::AutoVerified,
    ConversionPolicy::AutoAny,
];

#[component]
pub fn Conversion() -> impl IntoView {
    let desk = use_desk();
    view! {
        <Section id="conversion" title=say::CONVERSION help=say::CONVERSION_HELP>
            <PickOne label=say::CONVERSION_CHOICE value=bind!(desk, conversion) picks=picks()/>
            <Codes/>
            <TryOut/>
        </Section>
    }
}

fn picks() -> Vec<Pick<ConversionPolicy>> {
    let picks = POLICIES.into_iter().map(|policy| {
        let name = say::conversion_policy(policy);
        let pick = Pick::new(policy, name, say::conversion_policy_help(policy));
        match policy {
            ConversionPolicy::AutoAny => pick.warns(say::AUTO_ANY_WARNING),
            _ => pick,
        }
    });
    picks.collect()
}

fn chosen(desk: Desk) -> ConversionPolicy {
    desk.settings(|settings| settings.conversion)
}

/// Whether codes can be mailed with what is chosen, and the mail server that is saved.
#[component]
fn Codes() -> impl IntoView {
    let desk = use_desk();
    let has_mail = Memo::new(move |_| {
        desk.page.value().with(|page| {
            page.as_ref().is_some_and(|page| {
                !page.settings.mail_host.is_empty() && !page.settings.mail_from.is_empty()
            })
        })
    });
    let words = move || match (chosen(desk), has_mail.get()) {
        (ConversionPolicy::Off, _) => say::CODES_OFF.into_any(),
        (_, true) => say::CODES_READY.into_any(),
        (_, false) => view! {
            {say::CODES_NEED_MAIL}" "<a href=MAIL_SECTION>{say::CODES_NEED_MAIL_LINK}</a>
        }
        .into_any(),
    };
    view! { <p>{words}</p> }
}

/// The dry run.
#[component]
fn TryOut() -> impl IntoView {
    let desk = use_desk();
    let errand = Errand::new();
    let found = RwSignal::new(None::<(ConversionPolicy, DryRunOutcome)>);
    let run = move |()| {
        let policy = desk.settings(|settings| settings.conversion);
        found.set(None);
        let call = async move { api::post::<_, DryRunOutcome>(PLAN, &DryRun { policy }).await };
        errand.run(call, move |outcome| found.set(Some((policy, outcome))));
    };
    let shown = Memo::new(move |_| {
        let chosen = chosen(desk);
        found.get().filter(|(policy, _)| *policy == chosen)
    });
    let words = move || match errand.is_busy() {
        true => Some(say::DRY_RUN_RUNNING.to_owned()),
        false => shown.get().map(|(_, outcome)| say::dry_run_words(&outcome)),
    };
    let table = move || {
        let (policy, outcome) = shown.get().filter(|_| !errand.is_busy())?;
        let lines = say::dry_run_lines(policy, &outcome);
        (!lines.is_empty()).then(|| table(policy, lines))
    };
    view! {
        <div class="dry-run">
            <div class="card-actions">
                <Button
                    label=say::DRY_RUN
                    loudness=Loudness::Quiet
                    busy=errand.busy()
                    on_press=move |()| untrack(move || run(()))
                />
                <p class="card-help dry-run-help">{say::DRY_RUN_HELP}</p>
            </div>
            <Mistake words=errand.words()/>
            <p class="dry-run-words" role="status">{words}</p>
            {table}
        </div>
    }
}

fn table(policy: ConversionPolicy, lines: Vec<DryRunLine>) -> impl IntoView {
    let rows = lines.into_iter().map(|line| {
        view! {
            <tr class:is-sum=line.is_sum>
                <th class="dry-run-what" scope="row">{line.words}</th>
                <td class="dry-run-count">{line.guests}</td>
            </tr>
        }
    });
    view! {
        <table class="dry-run-table">
            <caption class="dry-run-caption">{say::conversion_policy(policy)}</caption>
            <thead class="dry-run-head">
                <tr>
                    <th class="dry-run-name" scope="col">{say::DRY_RUN_WHAT}</th>
                    <th class="dry-run-count" scope="col">{say::DRY_RUN_GUESTS}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
}
