//! Two [`Api`]s to what changed between them.
