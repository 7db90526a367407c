//! Notes which compiler builds the program, for its metrics. Reads nothing else, so that it also works without git.

use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let told = Command::new(compiler).arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    let version = String::from_utf8(told).unwrap_or_default();
    println!("cargo::rustc-env=LOOKEDAFTER_RUSTC={}", version.split_whitespace().nth(1).unwrap_or("unknown"));
}
