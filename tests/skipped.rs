//! The last words of `cargo test`: what was skipped on this machine, and why. It runs after the other tests because of
//! its name, without the harness that would capture what it says.

#[path = "api/helpers/needs.rs"]
mod needs;

fn main() {
    let found = [needs::postgresql(), needs::shared()];
    let found: Vec<String> = found.iter().flatten().map(|folder| folder.display().to_string()).collect();
    if found.len() == 2 {
        eprintln!("\nNo test was skipped: {}", found.join(", "));
    }
}
