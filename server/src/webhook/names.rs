//! Which addresses a name has.
//!
//! The law: whoever calls a name calls an address that was looked at for this very call: what a name meant when a webhook
//! was saved says nothing about what it means now.

use super::rules::{Failure, may_call_all};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// A name server that does not answer for longer is as good as away.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where names are looked up. Clones know the same.
#[derive(Clone, Debug, Default)]
pub enum Names {
    /// The machine's own way.
    #[default]
    System,
    /// As somebody said: for tests.
    Told(Arc<Mutex<HashMap<String, Vec<IpAddr>>>>),
}

/// Why a name is not called.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("{}", .0.word())]
pub struct NameRefused(pub Failure);

impl Names {
    /// The addresses of a name, if it may be called.
    ///
    /// **Errors**: `NameUnknown`, `AddressPrivate`.
    pub async fn find(&self, name: &str) -> Result<Vec<IpAddr>, NameRefused> {
        let addresses = match self {
            Self::System => look_up(name).await,
            Self::Told(told) => {
                let told = told.lock().unwrap_or_else(PoisonError::into_inner);
                told.get(name).cloned().unwrap_or_default()
            }
        };
        if addresses.is_empty() {
            return Err(NameRefused(Failure::NameUnknown));
        }
        may_call_all(&addresses).map_err(|_| NameRefused(Failure::AddressPrivate))?;
        Ok(addresses)
    }
}

async fn look_up(name: &str) -> Vec<IpAddr> {
    match tokio::time::timeout(PATIENCE, tokio::net::lookup_host((name, 0))).await {
        Ok(Ok(found)) => found.map(|address| address.ip()).collect(),
        Ok(Err(_)) | Err(_) => Vec::new(),
    }
}

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let names = self.clone();
        Box::pin(async move {
            let found = names.find(name.as_str()).await?;
            let addresses = found.into_iter().map(|address| SocketAddr::new(address, 0));
            Ok(Box::new(addresses) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_is_looked_at_each_time() {
        let told = Arc::new(Mutex::new(HashMap::new()));
        let names = Names::Told(Arc::clone(&told));
        let tell = |address: &str| {
            let addresses = vec![address.parse::<IpAddr>().unwrap()];
            told.lock()
                .unwrap()
                .insert("hooks.example".to_owned(), addresses);
        };
        let failure = async || {
            names
                .find("hooks.example")
                .await
                .err()
                .map(|refused| refused.0)
        };
        assert_eq!(failure().await, Some(Failure::NameUnknown));
        tell("93.184.216.34");
        assert_eq!(failure().await, None);
        tell("10.0.0.1");
        assert_eq!(failure().await, Some(Failure::AddressPrivate));
    }

    #[tokio::test]
    async fn the_machines_own_names_are_private() {
        let found = Names::System.find("localhost").await;
        assert!(matches!(found, Err(NameRefused(Failure::AddressPrivate))));
    }
}
