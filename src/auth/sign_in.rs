//! Letting a request in: its token is checked, or found among those checked within the last minute, and joined with
//! the grants of its subject.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use moka::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use super::{IdentityHeaders, Issuers, Refusal, SubjectGrant, VerifiedToken, anonymous, viewer};
use crate::access::{Grant, Limits, Policy, Role, Suspension, Viewer};
use crate::store::{GrantAndAgreement, Store};

/// How long a token that was checked is remembered.
const TOKEN_LIFE: TimeDelta = TimeDelta::seconds(60);
/// How long grants are remembered: the time that a withdrawal may take.
const GRANTS_LIFE: Duration = Duration::from_secs(1);
/// How many of each are remembered.
const REMEMBERED: u64 = 10_000;
/// How many subjects may have their grants read at once.
const READERS: usize = 64;

/// Checks who asks.
pub struct SignIn {
    issuers: Issuers,
    store: Store,
    policy: Policy,
    limits: Limits,
    tokens: Cache<[u8; 32], CheckedToken>,
    grants: Cache<String, Arc<[SubjectGrant]>>,
    /// Requests of one subject that come together have its grants read once.
    readers: [Mutex<()>; READERS],
    spread: RandomState,
}

/// A token that was checked.
#[derive(Clone)]
struct CheckedToken {
    verified: Arc<VerifiedToken>,
    /// What was accepted then.
    edition: u64,
    at: DateTime<Utc>,
}

impl CheckedToken {
    /// Whether the verdict would be the same now.
    fn holds(&self, edition: u64, at: DateTime<Utc>) -> bool {
        let fresh = (at - self.at).abs() < TOKEN_LIFE;
        fresh && self.edition == edition && i64::try_from(self.verified.expires).is_ok_and(|end| at.timestamp() < end)
    }
}

impl SignIn {
    /// Accepts tokens of these issuers, with the grants in this store, for the purposes of this policy.
    pub fn new(issuers: Issuers, store: Store, policy: Policy, limits: Limits) -> SignIn {
        SignIn {
            issuers,
            store,
            policy,
            limits,
            tokens: Cache::builder()
                .max_capacity(REMEMBERED)
                .time_to_live(TOKEN_LIFE.to_std().unwrap_or_default())
                .build(),
            grants: Cache::builder().max_capacity(REMEMBERED).time_to_live(GRANTS_LIFE).build(),
            readers: [const { Mutex::const_new(()) }; READERS],
            spread: RandomState::new(),
        }
    }

    /// The viewer of a request; where it has no token, someone who may see what is granted to everyone.
    ///
    /// # Errors
    /// [`Refusal`], by what is wrong with token, grants, role or purpose.
    pub async fn viewer(&self, presented: &IdentityHeaders<'_>, at: DateTime<Utc>) -> Result<Viewer, Refusal> {
        let Some(token) = presented.token else {
            let grants = self.recent(Role::Public.code()).await?;
            return anonymous(&self.policy, &grants, presented, self.limits, at);
        };
        let digest: [u8; 32] = Sha256::digest(token).into();
        let edition = self.issuers.edition(at);
        let seen = self.tokens.get(&digest).filter(|token| token.holds(edition, at));
        if let Some(CheckedToken { verified, .. }) = &seen
            && let Ok(viewer) =
                viewer(&self.policy, verified, &self.recent(&verified.subject).await?, presented, self.limits, at)
        {
            return Ok(viewer);
        }
        let seen = match seen {
            Some(seen) => seen,
            None => CheckedToken { verified: Arc::new(self.issuers.verify(token, at).await?), edition, at },
        };
        // A token not seen before, or one that the remembered grants do not let in, reads the grants again, so that
        // a grant acts from the moment that it is given.
        let grants = self.read(&seen.verified.subject).await?;
        let viewer = viewer(&self.policy, &seen.verified, &grants, presented, self.limits, at)?;
        self.tokens.insert(digest, seen);
        Ok(viewer)
    }

    /// Reads keys that will soon be old, so that no request has to wait for them.
    pub async fn keep_fresh(&self, at: DateTime<Utc>) {
        self.issuers.keep_fresh(at).await;
    }

    /// Whether this token was found to be good within the last minute.
    pub fn remembers(&self, token: &str) -> bool {
        let digest: [u8; 32] = Sha256::digest(token).into();
        self.tokens.contains_key(&digest)
    }

    /// The grants of a subject as they are remembered, or read by the first of those who ask at once.
    async fn recent(&self, subject: &str) -> Result<Arc<[SubjectGrant]>, Refusal> {
        if let Some(grants) = self.grants.get(subject) {
            return Ok(grants);
        }
        let reader = usize::try_from(self.spread.hash_one(subject)).unwrap_or_default() % READERS;
        let _reading = match self.readers.get(reader) {
            Some(reader) => Some(reader.lock().await),
            None => None,
        };
        match self.grants.get(subject) {
            Some(grants) => Ok(grants),
            None => self.read(subject).await,
        }
    }

    async fn read(&self, subject: &str) -> Result<Arc<[SubjectGrant]>, Refusal> {
        let rows = self.store.grants_of(subject).await.map_err(|error| {
            tracing::error!(code = error.code(), "grants cannot be read");
            Refusal::Unavailable
        })?;
        let grants: Arc<[SubjectGrant]> = rows.into_iter().filter_map(|row| self.held(row)).collect();
        self.grants.insert(subject.to_owned(), Arc::clone(&grants));
        Ok(grants)
    }

    /// A grant for a role that we do not know grants nothing.
    fn held(&self, (row, agreement_ends): GrantAndAgreement) -> Option<SubjectGrant> {
        let suspended = if row.suspended_on.is_some() { Suspension::Suspended } else { Suspension::Active };
        let commissions = row.commissions.unwrap_or_default();
        let grant = Grant {
            id: row.grant_id,
            authority: row.authority_id,
            role: Role::parse(&row.role)?,
            organisation: row.organisation,
            agreement: row.agreement,
            agreement_ends,
            from: row.starts_on,
            to: row.ends_on,
            records: row.records_from.zip(row.records_to),
            commissions: commissions.split_whitespace().map(str::to_owned).collect(),
            inspection: row.inspection_number,
            suspended,
        };
        Some(SubjectGrant { issuer: row.issuer.unwrap_or_else(|| self.issuers.development().to_owned()), grant })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::development::{self, TokenContent};
    use crate::auth::keyset::Edition;
    use crate::auth::{DevelopmentKey, Issuer};
    use crate::store::rows;

    struct Bench {
        folder: tempfile::TempDir,
        key: DevelopmentKey,
        store: Store,
        sign_in: SignIn,
    }

    async fn bench() -> Bench {
        let folder = tempfile::tempdir().unwrap();
        let key = DevelopmentKey::open(folder.path()).unwrap();
        let store = Store::connect(&format!("sqlite://{}/records.db", folder.path().display())).await.unwrap();
        store.migrate().await.unwrap();
        let sign_in = SignIn::new(
            Issuers::only(Issuer::development("issuer", "audience", &key), Edition::default()),
            store.clone(),
            crate::auth::invented::policy(),
            Limits::default(),
        );
        Bench { folder, key, store, sign_in }
    }

    impl Bench {
        fn token(&self) -> String {
            let wanted = TokenContent {
                issuer: "issuer",
                audience: "audience",
                subject: "someone",
                role: Role::Analyst,
                minutes: 60,
            };
            development::token(&self.key, &wanted, Utc::now()).unwrap()
        }

        async fn grant(&self, authority: &str, role: &str) {
            let row = rows::Grant {
                authority_id: authority.to_owned(),
                grant_id: format!("{role}-{authority}"),
                subject: "someone".to_owned(),
                role: role.to_owned(),
                agreement: "DEVELOPMENT".to_owned(),
                starts_on: "2020-01-01".parse().unwrap(),
                ends_on: "2099-12-31".parse().unwrap(),
                ..rows::Grant::default()
            };
            self.store.put_grant(row).await.unwrap();
        }

        async fn viewer(&self, token: Option<&str>) -> Result<Viewer, Refusal> {
            self.sign_in.viewer(&IdentityHeaders { token, ..IdentityHeaders::default() }, Utc::now()).await
        }
    }

    #[tokio::test]
    async fn without_a_token_the_viewer_is_anonymous_and_holds_nothing() {
        let viewer = bench().await.viewer(None).await.unwrap();
        assert_eq!((viewer.role, viewer.grants.len()), (Role::Public, 0));
    }

    #[tokio::test]
    async fn a_token_lets_in_as_soon_as_its_grant_is_given() {
        let bench = bench().await;
        let token = bench.token();
        assert!(matches!(bench.viewer(Some(&token)).await, Err(Refusal::Unauthenticated(_))));
        bench.grant("E09000015", "inspector").await;
        assert!(matches!(bench.viewer(Some(&token)).await, Err(Refusal::Unauthenticated(_))));
        bench.grant("E09000015", "analyst").await;
        let viewer = bench.viewer(Some(&token)).await.unwrap();
        assert_eq!(viewer.authorities(Utc::now()), ["E09000015"]);
    }

    #[tokio::test]
    async fn a_new_token_of_the_same_subject_sees_a_grant_given_with_it() {
        let bench = bench().await;
        bench.grant("E09000015", "analyst").await;
        bench.viewer(Some(&bench.token())).await.unwrap();
        bench.grant("E09000005", "analyst").await;
        let viewer = bench.viewer(Some(&bench.token())).await.unwrap();
        assert_eq!(viewer.authorities(Utc::now()), ["E09000005", "E09000015"]);
    }

    #[tokio::test]
    async fn requests_that_come_together_read_the_grants_once() {
        let bench = bench().await;
        bench.grant("E09000015", "analyst").await;
        let token = bench.token();
        bench.viewer(Some(&token)).await.unwrap();
        bench.sign_in.grants.invalidate_all();
        // Grants that another has read meanwhile are the same ones in memory.
        let read = futures_util::future::join_all((0..50).map(|_| bench.sign_in.recent("someone"))).await;
        let first = read.first().unwrap().as_ref().unwrap();
        assert!(read.iter().all(|grants| Arc::ptr_eq(grants.as_ref().unwrap(), first)));
    }

    #[tokio::test]
    async fn a_remembered_token_ends_at_its_time() {
        let bench = bench().await;
        bench.grant("E09000015", "analyst").await;
        let token = bench.token();
        let presented = IdentityHeaders { token: Some(&token), ..IdentityHeaders::default() };
        let made = Utc::now();
        // It ends after an hour, and is checked while it is remembered: both moments are within a minute.
        let after = |seconds| bench.sign_in.viewer(&presented, made + chrono::TimeDelta::seconds(seconds));
        assert!(after(3_575).await.is_ok());
        assert!(matches!(after(3_632).await, Err(Refusal::Unauthenticated(_))));
    }

    #[tokio::test]
    async fn a_grant_for_a_role_that_we_do_not_know_grants_nothing() {
        let bench = bench().await;
        bench.grant("E09000015", "astronaut").await;
        assert!(matches!(bench.viewer(Some(&bench.token())).await, Err(Refusal::Unauthenticated(_))));
        assert!(bench.folder.path().exists());
    }
}
