//! Fresh databases for tests: a SQLite file, and a PostgreSQL server from the machine's own programs.
//!
//! The server listens on a free port, keeps its data in a temporary folder and stops with the test, however the test
//! ends: a small shell waits on a pipe from the test and ends the server when the pipe closes.

use std::{
    io::Write,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

/// How long a server may take to start on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

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
    let Some(programs) = programs() else {
        eprintln!("PostgreSQL is not tested: no `initdb` in PATH or /usr/lib/postgresql/*/bin (Debian: postgresql)");
        return None;
    };
    let port = free_port();
    let folder = tempfile::tempdir().expect("a temporary folder").keep();
    if is_root() {
        run(Command::new("chown").arg(UNPRIVILEGED).arg(&folder));
    }
    let data = folder.join("data");
    let mut initdb = as_unprivileged(&programs.join("initdb"));
    run(initdb
        .args(["--no-sync", "--auth=trust", "--encoding=UTF8", "--no-locale", "-U", "lookedafter", "-D"])
        .arg(&data));
    make_logins(&programs, &data);
    let script = r#""$1" -D "$2/data" -p "$3" -k "$2" -c listen_addresses=127.0.0.1 -c fsync=off \
        -c shared_buffers=32MB >"$2/log" 2>&1 & read _; kill -QUIT $!; wait; rm -rf "$2""#;
    let mut shell = as_unprivileged(Path::new("sh"))
        .args(["-c", script, "sh"])
        .arg(programs.join("postgres"))
        .arg(&folder)
        .arg(port.to_string())
        .stdin(Stdio::piped())
        .spawn()
        .expect("a shell to run PostgreSQL in");
    let server = Server { pipe: shell.stdin.take(), shell };
    wait_for(port);
    let url = |login: &str| format!("postgres://{login}@127.0.0.1:{port}/postgres");
    Some(Database {
        url: url("records_owner"),
        login: url("records_api"),
        unbound: vec![url("lookedafter"), url("records_unbound")],
        _folder: None,
        _server: Some(server),
    })
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

/// The folder of PostgreSQL's programs: that of PATH, else the newest that Debian or Ubuntu installed.
fn programs() -> Option<PathBuf> {
    let on_path =
        std::env::var_os("PATH").into_iter().flat_map(|path| std::env::split_paths(&path).collect::<Vec<_>>());
    let mut installed: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
        .unwrap_or_default();
    installed.sort();
    on_path.chain(installed.into_iter().rev()).find(|folder| folder.join("initdb").is_file())
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

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a free port").port()
}

/// The server answers connections before it is ready, so its own pause for recovery is left to the client's retries.
fn wait_for(port: u16) {
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < PATIENCE, "PostgreSQL did not start on port {port}");
        sleep(Duration::from_millis(20));
    }
}
