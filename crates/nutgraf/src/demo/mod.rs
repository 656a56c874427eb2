//! The demonstration: the repository's example stories, played as feeds by a local server over three minutes.
//!
//! Nothing of the newsroom knows of it: it fetches, groups and writes as ever, only that hosts under the reserved
//! domain `.example` are answered by [`server`], and that time is that of the examples.

mod folder;
mod material;
mod odd;
mod server;
mod talk;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use store::{Clock, NewFeed, NewOutlet, Store};

use crate::settings::Settings;
use folder::Folder;
use material::Material;

pub(crate) use talk::chat;

/// When the played time begins: 18 April 2026, 07:00 in UTC, when the last of the example's articles has come out.
const BEGIN: i64 = 1_776_495_600_000;

/// A demonstration that is played. Its data go when it is dropped, unless they are in a folder of the user's.
pub(crate) struct Demo {
    /// The time of the examples.
    pub(crate) clock: Clock,
    material: Arc<Material>,
    _folder: Option<Folder>,
}

impl Demo {
    /// Starts the server that plays the feeds, and changes the settings so that the newsroom meets it.
    pub(crate) async fn start(settings: &mut Settings, own_folder: bool) -> Result<Self> {
        let material = Arc::new(Material::read());
        let place = server::start(Arc::clone(&material), Instant::now()).await;
        settings.fetch.limits.stand_in =
            Some(place.context("the demonstration's own server can't be started on 127.0.0.1")?);
        settings.fetch.gap = Duration::from_millis(50);
        settings.fetch.least = Duration::from_secs(2);
        settings.fetch.most = Duration::from_secs(10);
        settings.write.settle = Duration::from_secs(2);
        settings.write.families.extend(material::FAMILIES);
        settings.site.demo = true;
        let folder = if own_folder { None } else { Some(Folder::make()?) };
        if let Some(folder) = &folder {
            settings.data = folder.path().to_path_buf();
            settings.database = format!("sqlite:{}", folder.path().join("nutgraf.db").display());
        }
        Ok(Self { clock: Clock::played(BEGIN, 1), material, _folder: folder })
    }

    /// Adds the feeds of the examples' outlets, and those that are broken in one way each.
    pub(crate) async fn fill(&self, store: &Store) -> Result<()> {
        let now = self.clock.now();
        for feed in &self.material.feeds {
            let outlet = NewOutlet {
                domain: feed.domain.clone(),
                name: feed.outlet.clone(),
                paywalled: feed.paywalled,
                ..NewOutlet::default()
            };
            let outlet = store.put_outlet(&outlet, now).await?;
            let (address, section) = (feed.address.clone(), feed.section.to_owned());
            let feed = NewFeed { address, outlet, title: feed.outlet.clone(), section };
            store.add_feed(&feed, now).await?;
        }
        Ok(())
    }
}
