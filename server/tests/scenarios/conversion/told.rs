//! What the host's server is told of conversions, and of their undoing.

use crate::harness::{Browser, Receiver, scenarios};
use serde_json::{Value, json};
use shared::{
    host::WebhookEvent::{ConversionDone, ConversionUndone},
    samples::{ADA, CORA},
};

scenarios! {
    async fn a_conversion_and_its_undoing_are_told(site) {
        let ada = site.admin_of(&ADA).await;
        let receiver = Receiver::open().await;
        let made = ada.points_at(&receiver, &[ConversionDone, ConversionUndone]).await;
        let mut guest = site.browser(&CORA);
        let conversation_id = guest.starts("Hello").await;
        let guest_id = guest.session().await.person.unwrap().person_id;
        let mut user = Browser::user(site, &CORA);
        user.signs_in_verified().await;
        let user_id = user.session().await.person.unwrap().person_id;
        let done = receiver.hears().await;
        assert!(done.is_signed_with(&made.secret));
        let row = ada.reads_conversions(&conversation_id).await.unwrap().remove(0);
        let converted = json!({
            "conversion_id": row.conversion_id,
            "conversation_id": conversation_id,
            "guest": {"person_id": guest_id, "name": CORA.name, "is_guest": true, "external_id": null},
            "became": {"person_id": user_id, "name": CORA.name, "is_guest": false, "external_id": CORA.key},
            "proof": "address_only",
            "cut": 1,
            "converted_at": done.json()["timestamp"],
        });
        assert_eq!(done.json(), json!({
            "type": "conversion.done", "timestamp": done.json()["timestamp"], "data": converted,
        }));

        user.says(&conversation_id, "Since then").await;
        site.clock.advance(1_000);
        assert_eq!(ada.undoes(&row.conversion_id).await, 204);
        assert_eq!(ada.undoes(&row.conversion_id).await, 204);
        let [own] = user.own().await.try_into().unwrap();
        let undone = receiver.hears().await;
        assert!(undone.is_signed_with(&made.secret));
        let mut data = converted.clone();
        data["how"] = json!("undo");
        data["carried_to"] = json!(own);
        data["undone_at"] = undone.json()["timestamp"].clone();
        assert_eq!(undone.json(), json!({
            "type": "conversion.undone", "timestamp": undone.json()["timestamp"], "data": data,
        }));
        assert_ne!(undone.json()["timestamp"], done.json()["timestamp"]);

        let mut second = site.browser(&CORA);
        let another = second.starts("Not mine").await;
        user.signs_in_verified().await;
        assert_eq!(receiver.hears().await.json()["data"]["conversation_id"], json!(another));
        assert_eq!(user.says_not_me(&another).await, 204);
        let told = receiver.hears().await.json();
        assert_eq!((&told["data"]["how"], &told["data"]["carried_to"]), (&json!("not_me"), &Value::Null));
        assert!(receiver.is_quiet().await, "the same again is no news");
        assert_eq!(site.count("webhook_delivery").await, 4);
    }
}
