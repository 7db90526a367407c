//! The web server: GraphQL over HTTP, health, metrics.
