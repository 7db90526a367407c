//! What the system says of a process.

use std::{fs, time::Duration};

/// Processor time used so far, in user and system mode together.
pub fn processor_time(id: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).expect("the process runs");
    let after_name = stat.rsplit(')').next().unwrap();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap();
    // Linux counts in hundredths of a second for programs.
    Duration::from_millis(ticks * 10)
}

/// The most memory that was resident at once.
pub fn peak_mebibytes(id: u32) -> u64 {
    peak_kibibytes(id).div_ceil(1024)
}

/// The most memory that was resident at once, more exactly.
pub fn peak_kibibytes(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).expect("the process runs");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("the peak is told");
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

/// Processor time used so far by the threads that are running, exactly.
pub fn processor_time_exactly(id: u32) -> Duration {
    let threads = fs::read_dir(format!("/proc/{id}/task")).expect("the process runs");
    let times = threads.filter_map(|thread| fs::read_to_string(thread.ok()?.path().join("schedstat")).ok());
    Duration::from_nanos(times.filter_map(|text| text.split_whitespace().next()?.parse::<u64>().ok()).sum())
}
