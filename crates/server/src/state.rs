//! What every request handler can reach.

use std::sync::Arc;

use engine::World;

use crate::deliver::Dispatcher;
use crate::outbound::Outbound;

/// A world with its doors. Cheap to clone; every handler holds one.
#[derive(Clone)]
pub struct Server {
    /// The platform itself.
    pub world: Arc<World>,
    /// The one guarded client for every request that leaves the house.
    pub outbound: Outbound,
    /// Delivers webhooks.
    pub dispatcher: Dispatcher,
    /// Where clients reach this server, when it stands behind a proxy; otherwise the request itself tells.
    pub public_url: Option<Arc<str>>,
}

impl Server {
    /// Opens the doors of a world. Nothing runs until [`Dispatcher::run`] is spawned by the composition root.
    pub fn new(world: Arc<World>, public_url: Option<String>) -> Self {
        let outbound = Outbound::new(&world.settings);
        if let Some(url) = &public_url {
            world.media.set_base(url);
        }
        let dispatcher = Dispatcher::new(Arc::clone(&world), outbound.clone());
        Self { world, outbound, dispatcher, public_url: public_url.map(Arc::from) }
    }

    /// The whole surface. `emulator` adds what is reserved under `/_parlance/`, and these pages beside it.
    pub fn router(self, emulator: Option<axum::Router>) -> axum::Router {
        let mut router = axum::Router::new();
        if let Some(pages) = emulator {
            router = router.merge(crate::emulator::router(self.clone(), pages));
        }
        let router = router.merge(crate::media::router(self.clone())).merge(crate::graph::router(self.clone()));
        crate::http::layered(router, self)
    }
}
