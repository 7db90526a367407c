# What the steps share: a folder of their own, a user who is not root, free ports, and an end of everything they started.

work=$(mktemp -d)
started=()
finish() {
  for pid in "${started[@]:-}"; do [ -z "$pid" ] || kill "$pid" 2>/dev/null || true; done
  wait
  rm -rf "$work"
}
trap finish EXIT

say() { printf '%s\n' "$*" >&2; }
fail() { say "deploy: $*"; exit 1; }

# Becomes a command run by somebody who is not root: in the background the process is the command's own, so that a signal
# reaches it.
exec_as_user() {
  if [ "$(id -u)" = 0 ]; then exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs -- "$@"; else exec "$@"; fi
}

as_user() { (exec_as_user "$@"); }

# A folder that belongs to that user.
own_folder() { # own_folder MODE PATH
  mkdir -p "$(dirname "$2")"
  if [ "$(id -u)" = 0 ]; then install -d -m "$1" -o 65534 -g 65534 "$2"; else install -d -m "$1" "$2"; fi
}

free_port() {
  node -e 'require("net").createServer().listen(0, "127.0.0.1", function () { console.log(this.address().port); this.close(); })'
}

# Waits until a command succeeds.
until_it() {
  for _ in $(seq 1200); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.1
  done
  "$@" || fail "not within two minutes: $*"
}

# Nobody but the owner can get at anything in a folder.
all_private() {
  local open
  open=$(find "$1" -perm /077)
  [ -z "$open" ] || fail "open to others: $open"
}

# The program, where the user can reach it.
build() {
  cargo build --quiet --locked
  local target
  target=$(cargo metadata --format-version 1 --no-deps --locked | node -e '
    let text = ""; process.stdin.on("data", (part) => (text += part)).on("end", () =>
      console.log(JSON.parse(text).target_directory));')
  chmod 711 "$work"
  ln "$target/debug/lookedafter" "$work/lookedafter" 2>/dev/null || cp "$target/debug/lookedafter" "$work/lookedafter"
  program="$work/lookedafter"
}
