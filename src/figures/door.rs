//! The door: who may ask about which authority, and the authority as they may see it.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use chrono::{DateTime, Datelike, Utc};
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::{Mutex, OnceCell};
use tokio::task::JoinError;

use super::{
    AuthorityData, AuthorityView, Place, ReadLog, ReadableDomain,
    authority_view::Children,
    load,
    permissions::{Names, Permissions},
};
use crate::{
    access::{Domain, Policy, Pseudonyms, Rows, Viewer},
    period::Date,
    store::{Store, StoreError},
};

/// How many authorities, or earlier states of one, are kept in memory.
const MOST_KEPT: usize = 200;

/// Name of the secret behind pseudonyms.
const PSEUDONYMS: &str = "pseudonyms";

/// Stands for the newest import before anyone has looked.
const UNKNOWN: i64 = -1;

/// Why a question could not be answered; the cause goes to the log.
#[derive(Debug, Error)]
pub enum FiguresError {
    /// The records could not be read.
    #[error("the records could not be read")]
    Store(#[from] StoreError),
}

/// An authority, and the import up to which it is known: the newest of all, or for an earlier state the newest that
/// touches the authority.
type Key = (String, i64);

/// Answers questions about figures. Cheap to clone; all clones share what has been loaded and counted.
#[derive(Clone)]
pub struct Figures(Arc<Inner>);

struct Inner {
    store: Store,
    policy: Policy,
    latest_import: AtomicI64,
    places: RwLock<(i64, Arc<Vec<Place>>)>,
    loaded: RwLock<HashMap<Key, Arc<AuthorityData>>>,
    gates: std::sync::Mutex<HashMap<String, Arc<Mutex<()>>>>,
    /// How often something had to be forgotten.
    erasures: AtomicU64,
    pseudonyms: OnceCell<[u8; 32]>,
}

/// Works on a thread of its own on what keeps a processor for long, so that nobody else waits for it; to the end, also where
/// whoever asked has gone.
async fn on_a_thread<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    let runtime = Handle::current();
    match tokio::task::spawn_blocking(move || runtime.block_on(work)).await.map_err(JoinError::try_into_panic) {
        Ok(done) => done,
        Err(Ok(panic)) => std::panic::resume_unwind(panic),
        // The runtime has ended, and with it everyone who waits.
        Err(Err(_)) => std::future::pending().await,
    }
}

impl Figures {
    /// Opens nothing yet: authorities are loaded when they are first asked about.
    pub fn new(store: Store, policy: Policy) -> Self {
        let places = RwLock::new((UNKNOWN, Arc::default()));
        let (latest_import, loaded) = (AtomicI64::new(UNKNOWN), RwLock::default());
        let gates = std::sync::Mutex::default();
        let (erasures, pseudonyms) = (AtomicU64::default(), OnceCell::new());
        Self(Arc::new(Inner { store, policy, latest_import, places, loaded, gates, erasures, pseudonyms }))
    }

    /// The records themselves, for questions that [`AuthorityView::records`] permits.
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
        let before = self.0.latest_import.load(Ordering::Relaxed);
        if before != UNKNOWN && latest > before {
            self.forget(&self.0.store.erased_since(before).await?);
        }
        self.0.latest_import.store(latest, Ordering::Relaxed);
        Ok(latest)
    }

    /// Forgets every state of authorities that had a child erased.
    fn forget(&self, authorities: &[String]) {
        if authorities.is_empty() {
            return;
        }
        let mut loaded = self.0.loaded.write().unwrap_or_else(PoisonError::into_inner);
        self.0.erasures.fetch_add(1, Ordering::SeqCst);
        loaded.retain(|(kept, _), _| !authorities.contains(kept));
    }

    /// The authorities that the viewer may ask about, by ONS code.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn authorities(&self, viewer: &Viewer) -> Result<Vec<Place>, FiguresError> {
        let (places, at) = (self.places().await?, Utc::now());
        let held = viewer.authorities(at);
        let permitted = |place: &&Place| {
            held.contains(&place.ons_code.as_str())
                && Permissions::of(&self.0.policy, viewer, &place.ons_code, at).any().is_ok()
        };
        Ok(places.iter().filter(permitted).cloned().collect())
    }

    /// What the viewer may read now of each domain, in the order of the policy: the closest of all their authorities.
    pub fn readable(&self, viewer: &Viewer, at: DateTime<Utc>) -> Vec<ReadableDomain> {
        let mut all: BTreeMap<Domain, ReadableDomain> = BTreeMap::new();
        for authority in viewer.authorities(at) {
            for readable in Permissions::of(&self.0.policy, viewer, authority, at).readable() {
                all.entry(readable.domain).and_modify(|known| *known = known.or(readable)).or_insert(readable);
            }
        }
        all.into_values().collect()
    }

    /// Whether the viewer may ask about days that end no month, of something at one of their authorities.
    pub fn exact_days(&self, viewer: &Viewer, at: DateTime<Utc>) -> bool {
        let permissions = |authority| Permissions::of(&self.0.policy, viewer, authority, at);
        viewer.authorities(at).into_iter().any(|authority| permissions(authority).any_identified())
    }

    /// The last day that the returns cover of the authorities that the viewer may ask about; none before the first return.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn records_up_to(&self, viewer: &Viewer) -> Result<Option<Date>, FiguresError> {
        let mut reached = None;
        for place in self.authorities(viewer).await? {
            let returns = self.0.store.returns(&place.ons_code).await?;
            reached = reached.max(returns.iter().map(|of_year| of_year.up_to).max());
        }
        Ok(reached)
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
    /// it, or if there is no such authority: the two are not told apart. What is asked of it is noted on the trail.
    ///
    /// # Errors
    /// If the records cannot be read.
    pub async fn open(
        &self,
        viewer: &Viewer,
        authority: &str,
        known_on: Option<DateTime<Utc>>,
        read_log: &ReadLog,
    ) -> Result<Option<AuthorityView>, FiguresError> {
        let permissions = Permissions::of(&self.0.policy, viewer, authority, Utc::now());
        if let Err(denial) = permissions.any() {
            read_log.denied(authority, denial);
            return Ok(None);
        }
        let Some(data) = self.data(authority, known_on).await? else { return Ok(None) };
        let now = Utc::now();
        let rows = permissions.rows(Domain::Core).ok();
        let shared = match rows {
            Some(scope) if matches!(scope.rows(), Rows::AdoptionShares(_)) => {
                self.0.store.shared_children(scope, now.date_naive()).await?
            }
            _ => HashSet::new(),
        };
        let pseudonyms = match rows {
            Some(scope) if permissions.names() != Names::OwnOrNone => {
                Pseudonyms::new(&self.secret().await?, scope, now.year())
            }
            _ => None,
        };
        Ok(Some(AuthorityView::new(data, permissions, Children { shared, pseudonyms }, read_log.clone())))
    }

    /// The secret behind every pseudonym, the same for all copies of the program.
    async fn secret(&self) -> Result<[u8; 32], FiguresError> {
        let read = || self.0.store.secret(PSEUDONYMS);
        Ok(*self.0.pseudonyms.get_or_try_init(read).await?)
    }

    async fn data(
        &self,
        authority: &str,
        at: Option<DateTime<Utc>>,
    ) -> Result<Option<Arc<AuthorityData>>, FiguresError> {
        let latest = self.latest_import().await?;
        let known_on = match at {
            Some(at) => self.0.store.import_known_at(at).await?.min(latest),
            None => latest,
        };
        let key = (authority.to_owned(), known_on);
        if let Some(found) = self.kept(&key) {
            return Ok(Some(found));
        }
        let one_at_a_time = self.gate(authority).lock_owned().await;
        if let Some(found) = self.kept(&key) {
            return Ok(Some(found));
        }
        let (figures, is_current) = (self.clone(), at.is_none());
        on_a_thread(async move {
            let _one_at_a_time = one_at_a_time;
            figures.read(&key, is_current).await
        })
        .await
    }

    /// Reads an authority, and keeps what was read.
    async fn read(&self, key: &Key, is_current: bool) -> Result<Option<Arc<AuthorityData>>, FiguresError> {
        let (authority, known_on) = key;
        loop {
            let erasures = self.0.erasures.load(Ordering::SeqCst);
            let kept = self.kept_of(authority);
            let read = load::data(&self.0.store, authority, *known_on, &kept).await?;
            let Some(data) = read else { return Ok(None) };
            if self.keep(key, &data, is_current, erasures) {
                return Ok(Some(data));
            }
        }
    }

    /// What makes requests wait while an authority is read: for that one, not for each other's.
    fn gate(&self, authority: &str) -> Arc<Mutex<()>> {
        let mut gates = self.0.gates.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(gates.entry(authority.to_owned()).or_default())
    }

    /// Keeps what was read; false if a child was erased meanwhile, whom it may hold.
    fn keep(&self, key: &Key, data: &Arc<AuthorityData>, is_current: bool, erasures: u64) -> bool {
        let mut loaded = self.0.loaded.write().unwrap_or_else(PoisonError::into_inner);
        if self.0.erasures.load(Ordering::SeqCst) != erasures {
            return false;
        }
        if loaded.len() >= MOST_KEPT {
            loaded.clear();
        }
        if is_current {
            // A state that nothing has touched stands under a newer number; one that is no longer current is read again if
            // someone asks for that moment.
            let is_it = |kept: &Arc<AuthorityData>| Arc::ptr_eq(kept, data);
            let is_untouched = loaded.values().any(is_it);
            loaded.retain(|(authority, number), kept| {
                *authority != key.0 || *number > key.1 || (is_untouched && !is_it(kept))
            });
        }
        // Moments between two imports that touch the authority stand for one state.
        let number = if is_current { key.1 } else { data.state.newest() };
        loaded.insert((key.0.clone(), number), Arc::clone(data));
        true
    }

    fn kept_of(&self, authority: &str) -> Vec<Arc<AuthorityData>> {
        let loaded = self.0.loaded.read().unwrap_or_else(PoisonError::into_inner);
        loaded.iter().filter(|((kept, _), _)| kept == authority).map(|(_, data)| Arc::clone(data)).collect()
    }

    fn kept(&self, key: &Key) -> Option<Arc<AuthorityData>> {
        self.0.loaded.read().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }
}
