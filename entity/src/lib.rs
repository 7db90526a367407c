//! The tables of the database, one a file.
//!
//! A fact row carries the numbers of the imports that brought it (`known_from`) and retired it (`known_to`, empty
//! while it is current), and begins its key with the authority. Codes are stored as the returns give them.

// Places.
pub mod authority;
pub mod authority_detail;
pub mod comparator_member;
pub mod comparator_set;
pub mod population;
pub mod region;

// Children.
pub mod checksum;
pub mod child;
pub mod child_detail;
pub mod deprivation_of_liberty;
pub mod episode;
pub mod missing_episode;
pub mod period_of_care;
pub mod placement;
pub mod previous_permanence;
pub mod review;
pub mod uasc_status;

// Health.
pub mod health_event;
pub mod oc2_return;
pub mod sdq_score;
pub mod substance_misuse;

// Permanence.
pub mod adoption_record;

// Visits and plans.
pub mod worker_allocation;

// Leavers.
pub mod leaver;
pub mod leaver_contact;
pub mod oc3_return;

// Carers.
pub mod carer;
pub mod carer_application;
pub mod carer_household;
pub mod placement_link;

// Published.
pub mod commentary;
pub mod published_value;
pub mod target;

// Access.
pub mod agreement;
pub mod grant;
pub mod record_share;
pub mod secret;

// The record of reading.
pub mod audit_entry;
pub mod audit_trace;
pub mod child_key;
pub mod erasure;
pub mod unfinished_erasure;

// Running.
pub mod import;
pub mod import_file;
pub mod import_issue;
