//! *Invitations*: somebody new, and who has not come yet.
//!
//! The law: a waiting invitation can be revoked, and then its link opens nothing.

use super::api;
use super::invite::InviteForm;
use crate::admin::load::load;
use crate::admin::moment::Moment;
use crate::admin::ui::{Asked, Button, Confirm, Empty, Loudness, Mark, MarkKind, Section, Shown};
use crate::admin::{notices, sentences as say};
use crate::frame::navigation;
use leptos::prelude::*;
use shared::account::{Invitation, InvitationList};
use shared::identity::Role;

#[component]
pub fn Invitations() -> impl IntoView {
    let loaded = load(api::invitations);
    let asked = Asked::<Invitation>::new();
    let done = notices::speaker();
    let revoke = move |invitation: Invitation| {
        let said = say::invitation_revoked(&invitation.name);
        asked
            .errand()
            .run(async move { api::revoke(&invitation).await }, move |()| {
                asked.close();
                loaded.again();
                done.run(said);
                navigation::focus_in_place("invitations");
            });
    };
    let draw = move |list: Signal<InvitationList>| {
        move || {
            let waiting = list.get().invitations;
            if waiting.is_empty() {
                return view! { <Empty words=say::WAITING_EMPTY.to_owned()/> }.into_any();
            }
            let lines = waiting
                .into_iter()
                .map(|invitation| view! { <Line invitation asked/> });
            view! { <ul class="rows-list" aria-label=say::WAITING_INVITATIONS>{lines.collect_view()}</ul> }.into_any()
        }
    };
    view! {
        <InviteForm on_made=move |()| loaded.again()/>
        <Section id="invitations" title=say::WAITING_INVITATIONS>
            <Shown loaded draw/>
        </Section>
        <Confirm
            asked
            title=|invitation: &Invitation| say::revoke_question(&invitation.name)
            words=|_: &Invitation| vec![say::REVOKE_WORDS.to_owned()]
            action=say::REVOKE
            on_yes=revoke
        />
    }
}

#[component]
fn Line(invitation: Invitation, asked: Asked<Invitation>) -> impl IntoView {
    let button = say::revoke_whom(&invitation.name);
    let to_revoke = invitation.clone();
    let is_admin = invitation.role == Role::Admin;
    view! {
        <li class="rows-list-row">
            <div class="rows-list-words">
                <p class="rows-list-name">
                    <span dir="auto">{invitation.name}</span>
                    {is_admin.then(|| view! { " "<Mark words=say::ADMIN_MARK kind=MarkKind::Strong/> })}
                </p>
                <p class="rows-list-more">{invitation.email}" · "{say::WORKS_UNTIL}" "<Moment time=invitation.expires_at/></p>
            </div>
            <Button label=say::REVOKE loudness=Loudness::Danger name=button on_press=move |()| asked.ask(to_revoke.clone())/>
        </li>
    }
}
