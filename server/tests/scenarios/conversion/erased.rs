//! Erasing and undoing, in either order: what was erased does not come back, and what was given back is not taken along.

use crate::harness::{Browser, scenarios};
use shared::{
    conversion::{AnswerQuestion, ConversionPolicy},
    identity::Role,
    samples::{ADA, CORA, MINA},
};

scenarios! {
    async fn what_somebody_of_it_was_erased_from_is_not_undone(site) {
        let mut guest = site.browser(&CORA);
        let conversation_id = guest.starts("Hello").await;
        let mut user = Browser::user(site, &CORA);
        user.signs_in_verified().await;
        user.says(&conversation_id, "More").await;
        let mut ada = site.admin_of(&ADA).await;
        let row = ada.reads_conversions(&conversation_id).await.unwrap().remove(0);
        assert!(row.may_undo, "the control");
        let path = format!("/api/admin/people/{}/erase", row.became.person_id);
        assert_eq!(ada.asks("POST", &path).await.status, 204);
        let row = ada.reads_conversions(&conversation_id).await.unwrap().remove(0);
        assert!(!row.may_undo);
        assert_eq!(ada.undoes(&row.conversion_id).await, 422);
        assert_eq!(user.says_not_me(&conversation_id).await, 401);
        assert_eq!(guest.session().await.role, Role::Visitor, "their cookie is nobody's for ever");
        assert_eq!(site.texts("select body from message where kind = 'text'").await, ["", ""]);
        assert_eq!(site.texts("select owner from conversation").await, [row.became.person_id.as_str()]);
        assert_eq!(site.count("conversation").await, 1);
    }

    async fn not_even_where_only_the_guest_was_erased(site) {
        let mut guest = site.browser(&CORA);
        let conversation_id = guest.starts("Hello").await;
        let mut user = Browser::user(site, &CORA);
        user.signs_in_verified().await;
        user.says(&conversation_id, "More").await;
        site.happened("update person set erased_at = 1 where kind = 'guest'").await;
        let ada = site.admin_of(&ADA).await;
        let row = ada.reads_conversions(&conversation_id).await.unwrap().remove(0);
        assert!(!row.may_undo);
        assert_eq!(ada.undoes(&row.conversion_id).await, 422);
        assert_eq!(user.says_not_me(&conversation_id).await, 422);
        assert_eq!(user.reads(&conversation_id).await.unwrap().messages.len(), 3);
    }

    async fn what_was_given_back_before_is_not_erased_with_the_user(site) {
        let mina = site.signed_in(&MINA).await;
        let mut guest = site.browser(&CORA);
        let conversation_id = guest.starts("The guest's").await;
        let mut user = Browser::user(site, &CORA);
        user.signs_in_verified().await;
        user.says(&conversation_id, "The user's").await;
        let mut ada = site.admin_of(&ADA).await;
        ada.undoes_latest(&conversation_id).await;
        let [own] = user.own().await.try_into().unwrap();
        let user_id = user.session().await.person.unwrap().person_id;
        assert_eq!(ada.asks("POST", &format!("/api/admin/people/{user_id}/erase")).await.status, 204);
        assert_eq!(mina.reads(&own).await.unwrap().messages[1].text, "");
        let thread = guest.reads(&conversation_id).await.unwrap();
        assert_eq!(thread.messages[0].text, "The guest's");
        guest.says(&conversation_id, "I am still here").await;
    }

    async fn a_question_about_somebody_erased_is_nobodys(site) {
        site.converts(ConversionPolicy::SameBrowser).await;
        let mut guest = site.browser(&CORA);
        guest.starts("Hello").await;
        let mut user = guest.clone().on_behalf_of_user().used_by(&MINA);
        user.signs_in().await;
        assert!(user.session().await.question.is_some(), "the control");
        let guest_id = guest.session().await.person.unwrap().person_id;
        let mut ada = site.admin_of(&ADA).await;
        assert_eq!(ada.asks("POST", &format!("/api/admin/people/{guest_id}/erase")).await.status, 204);
        assert!(user.session().await.question.is_none());
        let yes = AnswerQuestion { continue_here: true };
        assert_eq!(user.writes("POST", "/api/conversion/answer", &yes).await.status, 200);
        assert_eq!(site.count("conversion").await, 0);
    }
}
