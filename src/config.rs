//! Settings from the environment and lookedafter.toml, and where each came from.
