//! Tests that this machine cannot run in full say so where someone who runs them sees it.

use std::process::Command;

use crate::helpers::needs;
use crate::program::text;

#[test]
fn a_test_without_the_sample_data_says_so_although_it_passes() {
    let mut tests = Command::new(std::env::current_exe().unwrap());
    let tests = tests.args(["--exact", "importing::the_sample_years_may_come_in_any_order"]);
    for (setting, said) in [("", true), ("  ", true), ("/nowhere", false)] {
        let ended = tests.env("LOOKEDAFTER_SHARED", setting).output().unwrap();
        assert_eq!(ended.status.success(), said, "{}", text(&ended.stdout));
        assert_eq!(text(&ended.stderr).matches(needs::SHARED).count(), usize::from(said), "{}", text(&ended.stderr));
    }
}
