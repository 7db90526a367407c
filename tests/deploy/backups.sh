# Backup and restore by the steps of docs/running.md, on both databases. What was restored is whole: the record of reading is
# proved, and the grants are those that were there.

with_data() { # with_data FOLDER COMMAND…
  local data="$1"
  shift
  as_user env -i "PATH=$PATH" "LOOKEDAFTER_DATA=$data" ${database:+"DATABASE_URL=$database"} \
    ${database_owner:+"DATABASE_OWNER_URL=$database_owner"} "$program" "$@"
}

same_grants() { # same_grants FOLDER FOLDER
  local before after
  before=$(with_data "$1" grant list) after=$(with_data "$2" grant list)
  [ -n "$before" ] && [ "$before" = "$after" ] || fail "the grants are not those that were there"
  with_data "$2" audit verify >&2
}

check_backup_of_files() {
  local database="" database_owner=""
  own_folder 700 "$work/backup" && own_folder 700 "$work/restored" && own_folder 700 "$work/copied"
  # At rest.
  as_user sh -c "umask 077 && tar -C '$state' -czf '$work/backup/data.tar.gz' . && tar -C '$work/restored' -xzf '$work/backup/data.tar.gz'"
  same_grants "$state" "$work/restored"
  # While it serves.
  command -v sqlite3 >/dev/null || { say "deploy: no sqlite3 here; a copy of a running server is not tried"; return; }
  (cd "$work/etc" && exec_as_user env -i "PATH=$PATH" "$program" serve) 2>>"$work/server.log" &
  local pid=$!
  started+=("$pid")
  until_it in_etc health
  as_user sh -c "umask 077 && cd '$state' && cp audit-heads.jsonl *.pem '$work/copied' &&
    sqlite3 lookedafter.sqlite \".backup '$work/copied/lookedafter.sqlite'\" &&
    sqlite3 audit.sqlite \".backup '$work/copied/audit.sqlite'\""
  kill "$pid"
  wait "$pid"
  same_grants "$state" "$work/copied"
  all_private "$work/copied"
  say "deploy: a backup of the data folder can be restored"
}

# The folder of PostgreSQL's own programs; on Debian they are not in the path.
postgres_programs() {
  local folder
  for folder in $(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -rV) $(dirname "$(command -v initdb || echo /)"); do
    [ -x "$folder/initdb" ] && [ -x "$folder/pg_dump" ] && echo "$folder" && return
  done
  return 1
}

new_server() { # new_server NAME: starts one, and sets the variables by which PostgreSQL's own programs find it
  local folder="$work/$1"
  own_folder 700 "$folder"
  PGPORT=$(free_port) PGHOST="$folder" PGUSER=postgres
  export PGPORT PGHOST PGUSER
  as_user "$bin/initdb" --no-sync --auth-local=trust --auth-host=scram-sha-256 -U postgres -D "$folder/data" >/dev/null
  exec_as_user "$bin/postgres" -D "$folder/data" -p "$PGPORT" -k "$folder" -c listen_addresses=127.0.0.1 -c fsync=off \
    >"$work/$1.log" 2>&1 &
  started+=("$!")
  until_it "$bin/pg_isready" -q
  database="postgres://lookedafter_api:api-secret@127.0.0.1:$PGPORT/lookedafter"
}

check_backup_of_postgresql() {
  local bin database="" database_owner=""
  bin=$(postgres_programs) || { say "deploy: no PostgreSQL here; its logins and backup are not tried"; return; }
  new_server before
  PATH="$bin:$PATH" OWNER_PASSWORD=owner-secret API_PASSWORD=api-secret deploy/postgres-logins.sh
  own_folder 700 "$work/data-before"
  database_owner="postgres://lookedafter_owner:owner-secret@127.0.0.1:$PGPORT/lookedafter"
  with_data "$work/data-before" migrate >/dev/null
  database_owner=""
  with_data "$work/data-before" token --role analyst --authority E09000015 >/dev/null
  local grants
  grants=$(with_data "$work/data-before" grant list)
  "$bin/pg_dumpall" --roles-only >"$work/backup/roles.sql"
  "$bin/pg_dump" --format=custom --create --file="$work/backup/lookedafter.dump" lookedafter
  own_folder 700 "$work/data-after"
  as_user cp -a "$work/data-before/." "$work/data-after"

  new_server after
  grep -v '^CREATE ROLE postgres;' "$work/backup/roles.sql" | "$bin/psql" -q -v ON_ERROR_STOP=1 -d postgres
  "$bin/pg_restore" --create --exit-on-error -d postgres "$work/backup/lookedafter.dump"
  [ -n "$grants" ] && [ "$(with_data "$work/data-after" grant list)" = "$grants" ] || fail "PostgreSQL: other grants"
  with_data "$work/data-after" audit verify >&2
  say "deploy: a backup of PostgreSQL can be restored to a new server"
}
