//! The page of settings is written from the list that the program reads.

use std::fmt::Write;

use lookedafter::config::{FILE, SETTINGS};

use crate::is_current;

#[test]
fn the_page_of_settings_is_current() {
    is_current("docs/settings.md", &page());
}

fn page() -> String {
    let mut page = format!(
        "# Settings\n\n\
         Every setting can be given in the environment, or by its other name in a file `{FILE}` in the folder where the\n\
         command runs. The command line goes before the environment, that before the file, and that before the default.\n\
         `lookedafter config` prints what is in force and where each came from. A wrong value stops the start with the\n\
         setting's name. This page is generated.\n\n\
         | in the environment | in the file | default | meaning |\n|---|---|---|---|\n"
    );
    for setting in &SETTINGS {
        let default = if setting.default.is_empty() { "none".to_owned() } else { format!("`{}`", setting.default) };
        writeln!(page, "| `{}` | `{}` | {default} | {} |", setting.name, setting.key, setting.about).unwrap();
    }
    page
}
