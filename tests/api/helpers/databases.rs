//! Fresh databases for tests: a SQLite file, and a PostgreSQL server from the machine's own programs.
//!
//! The server has a temporary folder of its own, with its data and the socket that it listens on, so that no test meets
//! the server of another. It stops with the test, however the test ends: a small shell waits on a pipe from the test and
//! ends the server when the pipe closes.

use std::{
    fs,
    io::Write,
    os::unix::ffi::OsStrExt,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use super::needs;

/// How long a server may take to start on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(300);

/// The socket within the folder of a server; its name ends with the port that clients take by default.
const SOCKET: &str = ".s.PGSQL.5432";

/// The longest path of a socket that systems take, in bytes.
const LONGEST: usize = 100;

/// Who is who on the server: the superuser, the login that owns the database and its tables, one that owns nothing and
/// has no right of its own, and one that row security does not hold.
const LOGINS: &str = "CREATE ROLE records_owner LOGIN CREATEROLE;
CREATE ROLE records_api LOGIN NOINHERIT;
CREATE ROLE records_unbound LOGIN BYPASSRLS;
ALTER DATABASE postgres OWNER TO records_owner;
";

/// The user under whom the server runs where the tests run as root, which PostgreSQL refuses.
const UNPRIVILEGED: &str = "postgres";

/// A fresh, empty database that ends with the test.
pub struct Database {
    /// What `Store::connect` takes: for PostgreSQL with the login that owns the tables.
    pub url: String,
    /// The same with the login that serves, and owns nothing.
    pub login: String,
    /// The same with logins that row security does not hold; none for SQLite.
    pub unbound: Vec<String>,
    _folder: Option<tempfile::TempDir>,
    _server: Option<Server>,
}

/// A server that stops when its pipe closes.
struct Server {
    pipe: Option<ChildStdin>,
    shell: Child,
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.pipe.take());
        let _ = self.shell.wait();
    }
}

/// One database of each kind; SQLite alone, with a printed note, where the machine has no PostgreSQL.
pub fn databases() -> Vec<Database> {
    let mut all = vec![sqlite()];
    all.extend(postgres());
    all
}

/// A fresh SQLite file.
pub fn sqlite() -> Database {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("sqlite://{}", folder.path().join("records.db").display());
    Database { login: url.clone(), url, unbound: Vec::new(), _folder: Some(folder), _server: None }
}

/// A fresh PostgreSQL database, or nothing, with a printed note, where the machine has no PostgreSQL.
pub fn postgres() -> Option<Database> {
    let programs = needs::postgresql()?;
    let folder = folder();
    if is_root() {
        run(Command::new("chown").arg(UNPRIVILEGED).arg(&folder));
    }
    let data = folder.join("data");
    let mut initdb = as_unprivileged(&programs.join("initdb"));
    run(initdb
        .args(["--no-sync", "--auth=trust", "--encoding=UTF8", "--no-locale", "-U", "lookedafter", "-D"])
        .arg(&data));
    make_logins(&programs, &data);
    let script = r#""$1" -D "$2/data" -p 5432 -k "$2" -c listen_addresses= -c fsync=off \
        -c shared_buffers=32MB >"$2/log" 2>&1 & read _; kill -QUIT $!; wait; rm -rf "$2""#;
    let mut shell = as_unprivileged(Path::new("sh"))
        .args(["-c", script, "sh"])
        .arg(programs.join("postgres"))
        .arg(&folder)
        .stdin(Stdio::piped())
        .spawn()
        .expect("a shell to run PostgreSQL in");
    let server = Server { pipe: shell.stdin.take(), shell };
    wait_for(&folder);
    let url = |login: &str| format!("postgres://{login}@localhost/postgres?host={}", folder.display());
    Some(Database {
        url: url("records_owner"),
        login: url("records_api"),
        unbound: vec![url("lookedafter"), url("records_unbound")],
        _folder: None,
        _server: Some(server),
    })
}

/// A folder in which a socket can be made: where the path of temporary files is too long for one, it is in /tmp.
fn folder() -> std::path::PathBuf {
    let named = tempfile::tempdir().expect("a temporary folder");
    if named.path().join(SOCKET).as_os_str().as_bytes().len() <= LONGEST {
        return named.keep();
    }
    tempfile::tempdir_in("/tmp").expect("a folder in /tmp").keep()
}

/// Makes the logins before the server starts, a statement a line.
fn make_logins(programs: &Path, data: &Path) {
    let mut alone = as_unprivileged(&programs.join("postgres"))
        .args(["--single", "-F", "-D"])
        .arg(data)
        .arg("postgres")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("PostgreSQL without a server");
    alone.stdin.take().expect("a pipe").write_all(LOGINS.as_bytes()).expect("statements that are read");
    assert!(alone.wait().expect("an end").success(), "the logins were not made");
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn as_unprivileged(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", UNPRIVILEGED, "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/").env("LC_ALL", "C");
    command
}

fn run(command: &mut Command) {
    let output = command.output().expect("a program that starts");
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Waits until the server writes into its folder that it takes clients.
fn wait_for(folder: &Path) {
    let start = Instant::now();
    let ready = || fs::read_to_string(folder.join("data/postmaster.pid")).is_ok_and(|text| text.contains("ready"));
    while !ready() {
        let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
        assert!(start.elapsed() < PATIENCE, "PostgreSQL did not start: {}", log());
        sleep(Duration::from_millis(20));
    }
}
