//! `porchlight demo`: from two ports to a shop with a chat in it, and back.
//!
//! The law: the ready line is printed when both listen, and not before; what is said before it fits on a screen.

use super::{
    cast::insert_cast,
    chat_server::ChatServer,
    data_dir::{DataDirectory, DirectoryRefused, Found, read_key},
    identity_token::SharedKey,
    mailbox::{Mailbox, keep_taking},
    options::DemoOptions,
    player::play,
    ports::{HostPorts, PortRefused, take_any_port, take_port},
    seeding::{self, SeedingRefused},
    setup::{PASSWORD, give_accounts, give_host_key, open_to_shop, set_up},
    shop::{Shop, router},
    store::ShopStore,
};
use crate::{
    account::password::Passwords,
    app::AppRefused,
    clock::Clock,
    config::{Config, read_database},
    database::{DataLock, LockRefused},
    identity::keys::{IdentityKeys, KeyFault},
    mint::Mint,
    serve::{Server, asked_to_stop},
    webhook::{names::Names, rules::Loopback},
};
use shared::{
    ids::{SiteId, Time},
    samples::{ADA, MINA},
};
use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

/// When the support group was set up. **Units**: milliseconds before the start.
const SET_UP_AGO_MS: i64 = 30 * 24 * 60 * 60 * 1000;
/// For pages of the shop that are on their way when it closes.
const FINISH: Duration = Duration::from_secs(3);

/// Why the demonstration did not start. Each is one sentence.
#[derive(Debug, thiserror::Error)]
pub enum DemoStopped {
    #[error(transparent)]
    Lock(#[from] LockRefused),
    #[error(transparent)]
    Port(#[from] PortRefused),
    #[error(transparent)]
    Directory(#[from] DirectoryRefused),
    #[error(transparent)]
    Seeding(#[from] SeedingRefused),
    #[error(transparent)]
    App(#[from] AppRefused),
    #[error("The shop's file cannot be used: {0}.")]
    Shop(#[from] sqlx::Error),
    #[error("The demonstration's key cannot be read; --fresh makes a new one. {0}")]
    Key(#[from] KeyFault),
}

/// Runs the demonstration until it is asked to stop.
pub async fn run(options: DemoOptions) -> Result<(), DemoStopped> {
    let _lock = DataLock::take(&options.data_dir)?;
    let (chat_listener, chat_port) = take_port(options.chat_port, "--chat-port")?;
    let (shop_listener, shop_port) = take_port(options.shop_port, "--shop-port")?;
    let (mail_listener, mail_port) = take_any_port()?;
    let ports = HostPorts {
        shop: shop_port,
        mail: mail_port,
    };
    let clock = options.now.map_or_else(Clock::system, Clock::stepped);
    let mint = Mint::from_entropy(clock.clone());
    let directory = DataDirectory::new(options.data_dir);
    let found = directory.prepare(options.is_fresh)?;
    let key = directory.identity_key(|| mint.token())?;
    let config = configure(directory.path(), chat_port, &key)?;
    let store = ShopStore::open(&directory.shop_file()).await?;
    let furnished = furnish(
        &config.database_url,
        &store,
        found,
        clock.now(),
        ports,
        &directory,
    );
    let (site_id, host_key) = furnished.await?;
    directory.mark_seeded()?;

    let (key_id, secret) = read_key(&key).ok_or(KeyFault::Written)?;
    let mailbox = Arc::new(Mailbox::default());
    let taking = tokio::spawn(keep_taking(mail_listener, Arc::clone(&mailbox)));
    let shop = Shop {
        store: store.clone(),
        clock: clock.clone(),
        mint: mint.clone(),
        passwords: Passwords::default(),
        chat_origin: config.public_origin.clone(),
        site_id: site_id.into(),
        key: SharedKey { key_id, secret },
        chat: ChatServer::new(chat_port, host_key),
        mailbox,
    };
    let asked_to_stop = asked_to_stop();
    let chat = Server::start(config, clock, mint, chat_listener).await?;
    let shop = OpenShop::open(shop, shop_listener);
    println!("{}", ready_text(directory.path(), chat_port, shop_port));

    asked_to_stop.await;
    shop.close().await;
    chat.stop().await;
    // The last mails leave with the chat.
    taking.abort();
    store.close().await;
    Ok(())
}

fn configure(data_dir: &Path, chat_port: u16, key: &str) -> Result<Config, DemoStopped> {
    Ok(Config {
        listen: SocketAddr::from(([127, 0, 0, 1], chat_port)),
        public_origin: format!("http://chat.localhost:{chat_port}"),
        database_url: read_database(None, data_dir)
            .expect("without a URL it is a file in the data directory"),
        data_dir: data_dir.into(),
        trusted_proxies: Vec::new(),
        identity_keys: Arc::new(IdentityKeys::parse([key])?),
        webhook_loopback: Loopback::Allowed,
        names: Names::System,
    })
}

/// Sets up and seeds a new demonstration; tells the product at any start where its shop is. **Shape**: the site's id, and
/// the key of the shop's server.
async fn furnish(
    database_url: &str,
    store: &ShopStore,
    found: Found,
    now: Time,
    ports: HostPorts,
    directory: &DataDirectory,
) -> Result<(SiteId, String), DemoStopped> {
    let from = match found {
        Found::New => Time(now.0 - SET_UP_AGO_MS),
        Found::Seeded => now,
    };
    let office = seeding::open(database_url, from).await?;
    if found == Found::New {
        let cast = set_up(&office).await?;
        play(&office, &cast, now).await?;
        insert_cast(store, now).await?;
        seeding::go_to(&office, now);
    }
    give_accounts(&office).await?;
    let site_id = open_to_shop(&office, ports).await?;
    let host_key = match directory.find_host_key()? {
        Some(host_key) => host_key,
        None => {
            let host_key = give_host_key(&office).await?;
            directory.keep_host_key(&host_key)?;
            host_key
        }
    };
    office.close().await;
    Ok((site_id, host_key))
}

/// The last line is what scripts wait for.
fn ready_text(data_dir: &Path, chat_port: u16, shop_port: u16) -> String {
    format!(
        "On the shop's pages, sign in as Mina or Teo (they answer guests), Ada (the admin) or Noor (a customer); \
         without signing in you are a visitor.\n\
         Use a private window for the second person.\n\
         Ada's admin page is http://chat.localhost:{chat_port}/admin ({}), and Mina answers without the shop at \
         http://chat.localhost:{chat_port}/agent ({}); both with the password {PASSWORD}.\n\
         Everything is kept in {}; --fresh begins anew.\n\
         Porchlight demo is ready: http://shop.localhost:{shop_port}",
        ADA.email,
        MINA.email,
        data_dir.display()
    )
}

/// The shop, answering.
struct OpenShop {
    stop: oneshot::Sender<()>,
    answering: JoinHandle<std::io::Result<()>>,
}

impl OpenShop {
    fn open(shop: Shop, listener: TcpListener) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let service = router(Arc::new(shop)).into_make_service_with_connect_info::<SocketAddr>();
        let answering = axum::serve(listener, service).with_graceful_shutdown(async move {
            // Dropped without a word: asked to stop all the same.
            let _asked = stopped.await;
        });
        Self {
            stop,
            answering: tokio::spawn(answering.into_future()),
        }
    }

    async fn close(self) {
        let _already_closed = self.stop.send(());
        if tokio::time::timeout(FINISH, self.answering).await.is_err() {
            tracing::warn!("some pages of the shop were not taken in time");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_one_that_scripts_wait_for() {
        let text = ready_text(Path::new("demo-data"), 8080, 8081);
        assert_eq!(
            text.lines().last(),
            Some("Porchlight demo is ready: http://shop.localhost:8081")
        );
        assert!(text.lines().count() <= 5);
        assert!(text.contains("http://chat.localhost:8080/admin") && text.contains(PASSWORD));
    }
}
