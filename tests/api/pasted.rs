//! The commands that README and the demonstration print do what they say when they are pasted into a shell.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::helpers::needs;
use crate::program::{Serving, Terminal, text};

const README: &str = include_str!("../../README.md");

/// Where README's servers listen.
const ADDRESS: &str = "127.0.0.1:8080";

/// The blocks of README that are for a shell, in order.
fn blocks() -> Vec<&'static str> {
    let parts = README.split("\n```").collect::<Vec<_>>();
    parts.iter().skip(1).step_by(2).filter_map(|block| block.strip_prefix('\n')).collect()
}

/// A shell in the folder of a terminal in which `lookedafter` is a command.
fn shell(terminal: &Terminal, script: &str) -> Command {
    let programs = std::path::Path::new(env!("CARGO_BIN_EXE_lookedafter")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let mut bash = Command::new("bash");
    bash.args(["-ec", script]).current_dir(terminal.folder.path()).env_clear();
    bash.env("PATH", path).env("HOME", terminal.folder.path());
    bash
}

fn done(ended: Output) -> String {
    assert!(ended.status.success(), "{}\n{}", text(&ended.stdout), text(&ended.stderr));
    text(&ended.stdout)
}

/// A demonstration; killed when the test ends.
struct Demo {
    child: Child,
    greeting: String,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Demo {
    /// Reads what it prints up to the end of the first query.
    fn start(terminal: &Terminal) -> Demo {
        // Its standard error is that of the tests: seen where something goes wrong.
        let mut demo = shell(terminal, "exec lookedafter demo --listen 127.0.0.1:0 --data 'my demo'");
        let child = demo.stdout(Stdio::piped()).spawn().unwrap();
        let mut demo = Demo { child, greeting: String::new() };
        let lines = BufReader::new(demo.child.stdout.take().unwrap()).lines();
        for line in lines.map(Result::unwrap) {
            demo.greeting += &format!("{line}\n");
            if line.starts_with("  -d ") {
                return demo;
            }
        }
        panic!("the demonstration ended: {}", demo.greeting);
    }

    /// From a line that begins so to the end of the greeting, or to the end of the line.
    fn command(&self, beginning: &str, whole: bool) -> &str {
        let start = self.greeting.find(&format!("\n{beginning}")).expect(beginning) + 1;
        let rest = &self.greeting[start..];
        if whole { rest } else { rest.lines().next().unwrap() }
    }
}

#[test]
fn what_readme_and_the_demonstration_print_works_as_pasted() {
    let Some(()) = needs::program("curl") else { return };
    let blocks = blocks();
    assert_eq!(blocks[..2], ["cargo run --release -- demo", "TOKEN=..."]);
    let terminal = Terminal::new();
    let demo = Demo::start(&terminal);
    let answer: Value =
        serde_json::from_str(&done(shell(&terminal, demo.command("curl", true)).output().unwrap())).unwrap();
    assert_eq!(answer["data"]["authority"]["name"], "Harrow (invented records)", "{answer}");
    assert_eq!(answer["data"]["authority"]["scorecard"]["rows"].as_array().unwrap().len(), 14);
    // In another folder too.
    let elsewhere = Terminal::new();
    let token = done(shell(&elsewhere, demo.command("LOOKEDAFTER_DATA=", false)).output().unwrap());
    let address = demo.greeting.split("open http://").nth(1).unwrap().split('/').next().unwrap();
    let first = blocks[2].replace(ADDRESS, address);
    let analyst = demo.greeting.split("analyst of E09000015:\n").nth(1).unwrap().lines().next().unwrap();
    let shown: Value = {
        let answer = done(shell(&terminal, &first).env("TOKEN", analyst).output().unwrap());
        serde_json::from_str(&answer).unwrap()
    };
    assert_eq!(shown["data"]["authority"]["value"]["numerator"], 90.0, "{shown}");
    let of_kirklees = first.replace("E09000015", "E08000034");
    let answer = done(shell(&terminal, &of_kirklees).env("TOKEN", token.trim()).output().unwrap());
    assert!(answer.contains("Kirklees (invented records)"), "{answer}");
}

#[test]
fn records_come_in_and_are_answered_by_the_commands_of_readme() {
    let Some(()) = needs::program("curl") else { return };
    let blocks = blocks();
    let of = |beginning: &str| *blocks.iter().find(|block| block.starts_with(beginning)).expect(beginning);
    assert_eq!(of("cargo install"), "cargo install --locked --path .");
    let terminal = Terminal::new();
    let data = terminal.folder.path().join("lookedafter").display().to_string();
    let data = ("LOOKEDAFTER_DATA", data.as_str());
    done(shell(&terminal, of("export LOOKEDAFTER_DATA")).output().unwrap());
    let imported = done(shell(&terminal, of("lookedafter import")).env(data.0, data.1).output().unwrap());
    assert_eq!(imported.lines().count(), 8, "four numbers, and the list of them: {imported}");
    // The rest as well, from another folder, by the script that is written beside it.
    let script = format!("mkdir other; cd other; bash {}/returns/import.sh", terminal.folder.path().display());
    done(shell(&terminal, &script).env(data.0, data.1).output().unwrap());
    assert_eq!(of("lookedafter serve"), "lookedafter serve");
    let serving = Serving::with(&terminal, &[data]);
    let ask = of("TOKEN=$(").replace(&format!("http://{ADDRESS}"), &serving.address);
    let answer = done(shell(&terminal, &ask).env(data.0, data.1).output().unwrap());
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let harrow = &answer["data"]["authority"];
    assert_eq!((&harrow["name"], &harrow["recordsUpTo"]), (&"Harrow".into(), &"2023-09-30".into()), "{answer}");
    let rows = harrow["scorecard"]["rows"].as_array().unwrap();
    assert!(rows.iter().all(|row| row["current"]["display"].is_string()), "{answer}");
}
