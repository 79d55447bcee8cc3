//! The memory of this process.

use std::alloc::System;

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// What is allocated and not freed, in KiB.
pub fn allocated() -> usize {
    let stats = ALLOCATOR.stats();
    // Both counts include what was reallocated.
    stats.bytes_allocated.saturating_sub(stats.bytes_deallocated) / 1024
}

/// The resident memory in KiB, where the system reports it.
pub fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?.trim().strip_suffix(" kB")?.parse().ok()
}
