//! The door: who may ask about which authority, and the authority as they may see it.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, Ordering},
    },
};

use chrono::{DateTime, Utc};
use thiserror::Error;
use tokio::sync::Mutex;

use super::{Holdings, Place, load};
use crate::{
    access::{Ask, Domain, Level, Permit, Policy, Scope, Viewer, decide},
    indicators::{self, Indicator},
    store::{Store, StoreError},
};

/// How many authorities, or earlier states of one, are kept in memory.
const MOST_KEPT: usize = 200;

/// Stands for the newest import before anyone has looked.
const UNKNOWN: i64 = -1;

/// Why a question could not be answered; the cause goes to the log.
#[derive(Debug, Error)]
pub enum FiguresError {
    /// The records could not be read.
    #[error("the records could not be read")]
    Store(#[from] StoreError),
}

/// Which state of which authority: the import up to which it is known.
type Key = (String, i64);

/// Answers questions about figures. Cheap to clone; all clones share what has been loaded and counted.
#[derive(Clone)]
pub struct Figures(Arc<Inner>);

struct Inner {
    store: Store,
    policy: Policy,
    latest_import: AtomicI64,
    places: RwLock<(i64, Arc<Vec<Place>>)>,
    loaded: RwLock<HashMap<Key, Arc<Holdings>>>,
    loading: Mutex<()>,
}

impl Figures {
    /// Opens nothing yet: authorities are loaded when they are first asked about.
    pub fn new(store: Store, policy: Policy) -> Self {
        let places = RwLock::new((UNKNOWN, Arc::default()));
        let (latest_import, loaded, loading) = (AtomicI64::new(UNKNOWN), RwLock::default(), Mutex::default());
        Self(Arc::new(Inner { store, policy, latest_import, places, loaded, loading }))
    }

    /// The records themselves, for questions that [`Opened::records`] permits.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The policy in force.
    pub fn policy(&self) -> &Policy {
        &self.0.policy
    }

    /// Looks whether anything has been imported or undone since; called every half second while serving.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn refresh(&self) -> Result<i64, FiguresError> {
        let latest = self.0.store.latest_import().await?;
        self.0.latest_import.store(latest, Ordering::Relaxed);
        Ok(latest)
    }

    /// The authorities that the viewer may ask about, by ONS code.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn authorities(&self, viewer: &Viewer) -> Result<Vec<Place>, FiguresError> {
        let places = self.places().await?;
        let permitted = |place: &&Place| !Permits::of(&self.0.policy, viewer, &place.ons_code).0.is_empty();
        Ok(places.iter().filter(permitted).cloned().collect())
    }

    async fn places(&self) -> Result<Arc<Vec<Place>>, FiguresError> {
        let latest = self.latest_import().await?;
        let (known_on, places) = self.0.places.read().unwrap_or_else(PoisonError::into_inner).clone();
        if known_on == latest {
            return Ok(places);
        }
        let places = Arc::new(load::places(&self.0.store).await?);
        *self.0.places.write().unwrap_or_else(PoisonError::into_inner) = (latest, Arc::clone(&places));
        Ok(places)
    }

    async fn latest_import(&self) -> Result<i64, FiguresError> {
        match self.0.latest_import.load(Ordering::Relaxed) {
            UNKNOWN => self.refresh().await,
            known => Ok(known),
        }
    }

    /// An authority as the viewer may see it, now or as known at an earlier moment; none if they may not ask about
    /// it, or if there is no such authority: the two are not told apart.
    ///
    /// # Errors
    /// If the records cannot be read.
    pub async fn open(
        &self,
        viewer: &Viewer,
        authority: &str,
        known_on: Option<DateTime<Utc>>,
    ) -> Result<Option<Opened>, FiguresError> {
        let permits = Permits::of(&self.0.policy, viewer, authority);
        if permits.0.is_empty() {
            return Ok(None);
        }
        let holdings = self.holdings(authority, known_on).await?;
        Ok(holdings.map(|holdings| Opened { holdings, permits: Arc::new(permits) }))
    }

    async fn holdings(
        &self,
        authority: &str,
        at: Option<DateTime<Utc>>,
    ) -> Result<Option<Arc<Holdings>>, FiguresError> {
        let latest = self.latest_import().await?;
        let known_on = match at {
            Some(at) => self.0.store.import_known_at(at).await?.min(latest),
            None => latest,
        };
        let key = (authority.to_owned(), known_on);
        if let Some(found) = self.kept(&key) {
            return Ok(Some(found));
        }
        let _one_at_a_time = self.0.loading.lock().await;
        if let Some(found) = self.kept(&key) {
            return Ok(Some(found));
        }
        let Some(holdings) = load::holdings(&self.0.store, authority, known_on).await? else { return Ok(None) };
        let holdings = Arc::new(holdings);
        let mut loaded = self.0.loaded.write().unwrap_or_else(PoisonError::into_inner);
        if loaded.len() >= MOST_KEPT {
            loaded.clear();
        }
        if at.is_none() {
            // What was current until now is loaded again if someone asks for that moment.
            loaded.retain(|(kept, _), _| kept != authority);
        }
        loaded.insert(key, Arc::clone(&holdings));
        Ok(Some(holdings))
    }

    fn kept(&self, key: &Key) -> Option<Arc<Holdings>> {
        self.0.loaded.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }
}

/// What a viewer may do with one authority, decided once for each request.
struct Permits(Vec<(Domain, Level, Permit)>);

impl Permits {
    fn of(policy: &Policy, viewer: &Viewer, authority: &str) -> Self {
        let at = Utc::now();
        let asked = Domain::ALL.into_iter().flat_map(|domain| [Level::N, Level::I].map(|level| (domain, level)));
        let permitted = asked.filter_map(|(domain, level)| {
            let ask = Ask { authority, domain, level, purpose: viewer.purpose, at };
            Some((domain, level, decide(policy, viewer, &ask).permit()?))
        });
        Self(permitted.collect())
    }

    fn get(&self, domain: Domain, level: Level) -> Option<&Permit> {
        self.0.iter().find(|(d, l, _)| *d == domain && *l == level).map(|(_, _, permit)| permit)
    }
}

/// One authority, open to one viewer for one request.
#[derive(Clone)]
pub struct Opened {
    holdings: Arc<Holdings>,
    permits: Arc<Permits>,
}

impl Opened {
    /// Names and numbers of the authority.
    pub fn place(&self) -> &Place {
        &self.holdings.place
    }

    /// What is held, for questions about indicators that [`Opened::may_see`] allows.
    pub fn holdings(&self) -> &Arc<Holdings> {
        &self.holdings
    }

    /// Whether the viewer may see true values of the indicator.
    pub fn may_see(&self, indicator: &Indicator) -> bool {
        self.permits.get(indicator.domain, Level::N).is_some()
    }

    /// The indicator with the code, if the viewer may see it; one they may not see does not exist for them.
    pub fn indicator(&self, code: &str) -> Option<&'static Indicator> {
        indicators::find(code).filter(|indicator| self.may_see(indicator))
    }

    /// The rows of records of a domain that the viewer may read; none if they may read none.
    pub fn records(&self, domain: Domain) -> Option<&Scope> {
        self.permits.get(domain, Level::I).map(Permit::scope)
    }
}
