//! Groups: what admins do with them, and what people do who are in them.

use super::{
    person::{Browser, Refused},
    site::{ORIGIN, Site},
};
use serde_json::json;
use shared::{
    conversation::{StartConversation, Started},
    group::{ChangePermission, GroupBoard, GroupList, PeoplePage},
    ids::{ClientId, GroupId, PersonId},
    samples::{ADA, MINA, NOOR},
    settings::Switch,
};

/// Noor is in Trial, Mina in Billing, and these two may chat with each other; Teo is in neither.
pub struct Office<'a> {
    /// At `/admin`.
    pub ada: Browser<'a>,
    pub noor: Browser<'a>,
    pub mina: Browser<'a>,
    pub trial: GroupId,
    pub billing: GroupId,
}

impl<'a> Office<'a> {
    pub async fn open(site: &'a Site) -> Self {
        let ada = site.admin_of(&ADA).await;
        let (noor, mina) = (site.signed_in(&NOOR).await, site.signed_in(&MINA).await);
        let (trial, billing) = (
            ada.makes_group("Trial").await,
            ada.makes_group("Billing").await,
        );
        ada.puts_in(&trial, &noor.person_id().await).await;
        ada.puts_in(&billing, &mina.person_id().await).await;
        ada.permits(&trial, &billing, Switch::On).await.unwrap();
        Self {
            ada,
            noor,
            mina,
            trial,
            billing,
        }
    }
}

impl Browser<'_> {
    pub async fn person_id(&self) -> PersonId {
        self.session()
            .await
            .person
            .expect("somebody is signed in")
            .person_id
    }

    pub async fn board(&self) -> GroupBoard {
        self.gets("/api/admin/groups").await.unwrap()
    }

    pub async fn makes_group(&self, name: &str) -> GroupId {
        let board: GroupBoard = self
            .posts(
                "POST",
                "/api/admin/groups",
                json!({ "name": name }).to_string(),
            )
            .await
            .read()
            .unwrap();
        let made = board.groups.into_iter().find(|group| group.name == name);
        made.expect("what was made is on the board").group_id
    }

    /// A write without a body, and its status.
    pub async fn tells(&self, method: &str, path: &str) -> u16 {
        let answer = self
            .calls(method, path, |request| request.header("origin", ORIGIN))
            .await;
        answer.status
    }

    pub async fn puts_in(&self, group_id: &GroupId, person_id: &PersonId) {
        let path = format!("/api/admin/groups/{group_id}/members/{person_id}");
        assert_eq!(self.tells("PUT", &path).await, 204);
    }

    pub async fn takes_out(&self, group_id: &GroupId, person_id: &PersonId) {
        let path = format!("/api/admin/groups/{group_id}/members/{person_id}");
        assert_eq!(self.tells("DELETE", &path).await, 204);
    }

    pub async fn permits(
        &self,
        one: &GroupId,
        other: &GroupId,
        allowed: Switch,
    ) -> Result<GroupBoard, Refused> {
        let command = ChangePermission {
            group_id: one.clone(),
            other_group_id: other.clone(),
            allowed,
        };
        self.posts(
            "PUT",
            "/api/admin/permissions",
            serde_json::to_vec(&command).unwrap(),
        )
        .await
        .read()
    }

    pub async fn groups(&self) -> Vec<(String, u32)> {
        let list: GroupList = self.gets("/api/groups").await.unwrap();
        list.groups
            .into_iter()
            .map(|group| (group.name, group.people))
            .collect()
    }

    /// Names of whom a query finds.
    pub async fn finds(&self, path: &str) -> Result<Vec<String>, Refused> {
        let page: PeoplePage = self.gets(path).await?;
        let name = |row: shared::group::PeerRow| row.peer.face.name;
        Ok(page.people.into_iter().map(name).collect())
    }

    /// The first message to somebody, with a client id of one's own choice.
    pub async fn writes_to_as(
        &self,
        client_id: &ClientId,
        person_id: &PersonId,
        text: &str,
    ) -> Result<Started, Refused> {
        let command = StartConversation {
            client_id: client_id.clone(),
            text: text.into(),
            guest: None,
            with: Some(person_id.clone()),
        };
        self.posts(
            "POST",
            "/api/conversations",
            serde_json::to_vec(&command).unwrap(),
        )
        .await
        .read()
    }

    pub async fn writes_to(&self, person_id: &PersonId, text: &str) -> Result<Started, Refused> {
        self.writes_to_as(&self.client_id(), person_id, text).await
    }
}
