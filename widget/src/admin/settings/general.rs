//! General, Widget, Language.
//!
//! The law: a field is bound to its setting by name.

use super::bind::bind;
use super::desk::use_desk;
use super::logo::Logo;
use super::number::NumberField;
use crate::admin::sentences as say;
use crate::admin::ui::{Choice, ChoiceOption, FieldKind, Section, TextField, Toggle, Value};
use leptos::prelude::*;
use shared::problem::Field;
use shared::settings::{ChatIcon, Corner};

#[component]
pub fn General() -> impl IntoView {
    let desk = use_desk();
    let icons = [
        ChatIcon::Speech,
        ChatIcon::Question,
        ChatIcon::Lifebuoy,
        ChatIcon::Lantern,
    ];
    let chat_icon = one_of(bind!(desk, chat_icon), icons.to_vec(), say::chat_icon);
    view! {
        <Section id="general" title=say::GENERAL>
            <TextField
                label=say::SITE_NAME
                value=bind!(desk, site_name)
                help=say::SITE_NAME_HELP
                mistake=desk.mistake(Field::SiteName)
                on_leave=desk.leaves(Field::SiteName)
            />
            <Logo/>
            <Choice label=say::CHAT_ICON value=chat_icon.0 options=chat_icon.1 help=say::CHAT_ICON_HELP/>
            <TextField
                label=say::FOOTER_TEXT
                value=bind!(desk, footer_text)
                help=say::FOOTER_TEXT_HELP
                mistake=desk.mistake(Field::FooterText)
                on_leave=desk.leaves(Field::FooterText)
            />
            <TextField
                label=say::FOOTER_URL
                kind=FieldKind::Code
                value=bind!(desk, footer_url)
                help=say::FOOTER_URL_HELP
                mistake=desk.mistake(Field::FooterUrl)
                on_leave=desk.leaves(Field::FooterUrl)
            />
        </Section>
    }
}

#[component]
pub fn Widget() -> impl IntoView {
    let desk = use_desk();
    let corner = one_of(
        bind!(desk, corner),
        vec![Corner::Right, Corner::Left],
        say::corner,
    );
    let line = move |label, help, value, field| {
        view! { <TextField label value help mistake=desk.mistake(field) on_leave=desk.leaves(field)/> }
    };
    view! {
        <Section id="widget" title=say::WIDGET>
            <Accent/>
            <Choice label=say::CORNER value=corner.0 options=corner.1 help=say::CORNER_HELP/>
            {line(say::GREETING, say::GREETING_HELP, bind!(desk, greeting), Field::Greeting)}
            {line(say::SUPPORT_NAME, say::SUPPORT_NAME_HELP, bind!(desk, support_name), Field::SupportName)}
            {line(say::USUAL_ANSWER, say::USUAL_ANSWER_HELP, bind!(desk, usual_answer), Field::UsualAnswer)}
            <NumberField
                desk
                field=Field::PageSize
                label=say::PAGE_SIZE
                help=say::PAGE_SIZE_HELP
                value=bind!(desk, page_size)
            />
            <Toggle
                label=say::NOTIFICATION_SOUND
                value=bind!(desk, notification_sound)
                help=say::NOTIFICATION_SOUND_HELP
            />
            <Toggle
                label=say::OPEN_ON_MESSAGE
                value=bind!(desk, open_on_message)
                help=say::OPEN_ON_MESSAGE_HELP
            />
        </Section>
    }
}

/// The colour: typed, or picked with the browser's own picker.
#[component]
fn Accent() -> impl IntoView {
    let desk = use_desk();
    let value = bind!(desk, accent);
    view! {
        <TextField
            label=say::ACCENT
            kind=FieldKind::Code
            value
            short=true
            help=say::ACCENT_HELP
            mistake=desk.mistake(Field::Accent)
            on_leave=desk.leaves(Field::Accent)
        >
            <input
                type="color"
                class="settings-swatch"
                aria-label=say::PICK_COLOUR
                prop:value=move || value.get().to_lowercase()
                on:input=move |event| value.set(event_target_value(&event).to_uppercase())
            />
        </TextField>
    }
}

#[component]
pub fn Language() -> impl IntoView {
    let desk = use_desk();
    let options = Signal::derive(move || {
        let others = desk
            .read()
            .with(|page| page.as_ref().map(|page| page.languages.clone()));
        let all = std::iter::once(String::from("en")).chain(others.unwrap_or_default());
        all.map(|code| ChoiceOption::new(code.clone(), say::language(&code)))
            .collect::<Vec<_>>()
    });
    view! {
        <Section id="language" title=say::LANGUAGE_SECTION>
            <Choice
                label=say::LANGUAGE
                value=bind!(desk, language)
                options
                help=say::LANGUAGE_HELP
                mistake=desk.mistake_at_once(Field::Language)
            />
        </Section>
    }
}

/// One of a few kinds, as a list of words.
pub(super) fn one_of<Kind: Copy + PartialEq + Send + Sync + 'static>(
    value: Value<Kind>,
    kinds: Vec<Kind>,
    words: fn(Kind) -> &'static str,
) -> (Value<String>, Vec<ChoiceOption>) {
    let options = kinds
        .iter()
        .map(|kind| ChoiceOption::new(words(*kind), words(*kind)))
        .collect();
    let chosen = Value::new(
        move || words(value.get()).into(),
        move |text: String| {
            if let Some(kind) = kinds.iter().find(|kind| words(**kind) == text) {
                value.set(*kind);
            }
        },
    );
    (chosen, options)
}
