//! The program as its clients see it: requests over HTTP against a server with a database of its own.

// In a test a broken expectation should end it there and then.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod access;
mod attacked;
mod attacks;
mod audit;
mod audit_query;
mod away;
mod cases;
mod commands;
mod companions;
mod confirming;
mod defaults;
mod demo;
mod erased;
mod figures;
mod grants;
mod groups;
mod helpers;
mod horizons;
mod hostile_tokens;
mod importing;
mod in_flight;
mod introspection;
mod items;
mod loads;
mod modes;
mod monitoring;
mod neighbours;
mod newcomer;
mod origins;
mod pasted;
mod postgresql;
mod printed;
mod program;
mod rates;
mod recorded;
mod records;
mod refusals;
mod responder;
mod restored;
mod sign_in;
mod skipping;
mod slow;
mod stopping;
mod switched_off;
mod traces;
mod unknown;
