//! The rows of every table, under the names that the importers fill them by.
//!
//! Importers leave `known_from`, `known_to` and, where the import is for one authority, `authority_id`, `return_year`
//! and `source` empty: the store fills them in.

// Places.
pub use entity::authority::Model as Authority;
pub use entity::authority_detail::Model as AuthorityDetail;
pub use entity::comparator_member::Model as ComparatorMember;
pub use entity::comparator_set::Model as ComparatorSet;
pub use entity::population::Model as Population;
pub use entity::region::Model as Region;

// Children.
pub use entity::child::Model as Child;
pub use entity::child_detail::Model as ChildDetail;
pub use entity::deprivation_of_liberty::Model as DeprivationOfLiberty;
pub use entity::episode::Model as Episode;
pub use entity::missing_episode::Model as MissingEpisode;
pub use entity::period_of_care::Model as PeriodOfCare;
pub use entity::placement::Model as Placement;
pub use entity::previous_permanence::Model as PreviousPermanence;
pub use entity::review::Model as Review;
pub use entity::uasc_status::Model as UascStatus;

// Health.
pub use entity::health_event::Model as HealthEvent;
pub use entity::oc2_return::Model as Oc2Return;
pub use entity::sdq_score::Model as SdqScore;
pub use entity::substance_misuse::Model as SubstanceMisuse;

// Permanence.
pub use entity::adoption_record::Model as AdoptionRecord;

// Visits and plans.
pub use entity::worker_allocation::Model as WorkerAllocation;

// Leavers.
pub use entity::leaver::Model as Leaver;
pub use entity::leaver_contact::Model as LeaverContact;
pub use entity::oc3_return::Model as Oc3Return;

// Carers.
pub use entity::carer::Model as Carer;
pub use entity::carer_application::Model as CarerApplication;
pub use entity::carer_household::Model as CarerHousehold;
pub use entity::placement_link::Model as PlacementLink;

// Published.
pub use entity::commentary::Model as Commentary;
pub use entity::published_value::Model as PublishedValue;
pub use entity::target::Model as Target;

// Access.
pub use entity::agreement::Model as Agreement;
pub use entity::grant::Model as Grant;
pub use entity::record_share::Model as RecordShare;

// Running.
pub use entity::import::Model as Import;
pub use entity::import_file::Model as ImportFile;
pub use entity::import_issue::Model as ImportIssue;

/// Declares [`Rows`]: a list for each table that an import may fill.
macro_rules! rows {
    ($($(#[doc = $doc:literal])+ $table:ident: $model:ident,)+) => {
        /// The rows of one import, a list for each table.
        ///
        /// A list is the whole of what this import's scope now holds: what the database has there and the list has not
        /// is retired. `None` says nothing about the table and leaves it as it is. Of two rows with one key the later
        /// in the list stands. The scope of a list: of a return, the authority's rows of that year; of another import
        /// for one authority, the authority's rows (of the same kind of import, where the table keeps `source`); of
        /// reference data, see each list.
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct Rows {
            $($(#[doc = $doc])+ pub $table: Option<Vec<$model>>,)+
        }
    };
}

rows! {
    /// Names of authorities. Scope: the authorities listed.
    authority_detail: AuthorityDetail,
    /// Regions. Scope: the regions listed.
    region: Region,
    /// Editions of neighbours. Scope: the editions listed.
    comparator_set: ComparatorSet,
    /// Neighbours. Scope: the editions listed.
    comparator_member: ComparatorMember,
    /// Population. Scope: the authorities and years listed.
    population: Population,
    /// What a return says about each child.
    child_detail: ChildDetail,
    /// Asylum-seeking children.
    uasc_status: UascStatus,
    /// Orders.
    deprivation_of_liberty: DeprivationOfLiberty,
    /// Episodes.
    episode: Episode,
    /// Reviews.
    review: Review,
    /// Times missing or away.
    missing_episode: MissingEpisode,
    /// Earlier permanence.
    previous_permanence: PreviousPermanence,
    /// Dated health events.
    health_event: HealthEvent,
    /// Dated scores.
    sdq_score: SdqScore,
    /// Dated records of substance misuse.
    substance_misuse: SubstanceMisuse,
    /// Yearly health flags.
    oc2_return: Oc2Return,
    /// Both adoption files.
    adoption_record: AdoptionRecord,
    /// Social workers.
    worker_allocation: WorkerAllocation,
    /// Dated eligibility.
    leaver: Leaver,
    /// Yearly rows of care leavers.
    oc3_return: Oc3Return,
    /// Dated contacts.
    leaver_contact: LeaverContact,
    /// Approvals.
    carer_household: CarerHousehold,
    /// Carers.
    carer: Carer,
    /// Applications.
    carer_application: CarerApplication,
    /// Placements and households.
    placement_link: PlacementLink,
    /// Published figures. Scope: the sources and documents listed.
    published_value: PublishedValue,
    /// Targets. Scope: the authorities and indicators listed.
    target: Target,
    /// Comments. Scope: the authorities and indicators listed.
    commentary: Commentary,
}

impl Rows {
    /// The rows of a whole yearly return: every table that a return fills is in it, empty to begin with, so that
    /// importing a year again retires what the year no longer holds.
    pub fn of_a_return() -> Self {
        Self {
            child_detail: Some(Vec::new()),
            uasc_status: Some(Vec::new()),
            deprivation_of_liberty: Some(Vec::new()),
            episode: Some(Vec::new()),
            review: Some(Vec::new()),
            missing_episode: Some(Vec::new()),
            previous_permanence: Some(Vec::new()),
            oc2_return: Some(Vec::new()),
            adoption_record: Some(Vec::new()),
            worker_allocation: Some(Vec::new()),
            oc3_return: Some(Vec::new()),
            ..Self::default()
        }
    }
}
