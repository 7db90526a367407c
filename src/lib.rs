//! lookedafter: a GraphQL data API for corporate parenting.
//!
//! The modules are listed in reading order. The core comes first and knows neither SQL, GraphQL nor HTTP;
//! the edges follow.

// What a command prints goes through `cli::output`, which bears a reader that stops early.
#![warn(clippy::print_stdout, clippy::print_stderr)]

/// Where memory comes from: an answer is made of many small pieces, and the system's own way of giving them out makes it a
/// quarter dearer.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

// Core: dates, authorities, children, indicators, statistics, access, the record of reading.
pub mod period;

pub mod authorities;

pub mod care;

pub mod breakdowns;

pub mod statistics;

pub mod indicators;

pub mod scorecards;

pub mod comparators;

pub mod snapshot;

pub mod access;

pub mod audit;

pub mod disclosure;

pub mod synthetic;

// Middle: a question about figures and its answer.
pub mod figures;

// Edges: keys, database, files, tokens, GraphQL, HTTP, command line.
pub mod signing;

pub mod store;

pub mod import;

pub mod auth;

pub mod graphql;

pub mod http;

pub mod config;

pub mod cli;

#[cfg(test)]
#[path = "../tests/api/helpers/needs.rs"]
mod needs;
