# Backup and restore by the steps of docs/backup.md, on both databases. What was restored is whole: the record of reading is
# proved, and the grants are those that were there.

with_data() { # with_data FOLDER COMMAND…
  local data="$1"
  shift
  as_user env -i "PATH=$PATH" "LOOKEDAFTER_DATA=$data" ${database:+"DATABASE_URL=$database"} \
    ${database_owner:+"DATABASE_OWNER_URL=$database_owner"} ${database_backup:+"DATABASE_BACKUP_URL=$database_backup"} \
    "$program" "$@"
}

same_grants() { # same_grants FOLDER FOLDER
  local before after
  before=$(with_data "$1" grant list) after=$(with_data "$2" grant list)
  [ -n "$before" ] && [ "$before" = "$after" ] || fail "the grants are not those that were there"
  with_data "$2" audit verify >&2
}

check_backup_of_files() {
  local database="" database_owner=""
  own_folder 700 "$work/backup" && own_folder 700 "$work/restored"
  # While it serves.
  (cd "$work/etc" && exec_as_user env -i "PATH=$PATH" "$program" serve) 2>>"$work/server.log" &
  local pid=$!
  started+=("$pid")
  until_it in_etc health
  with_data "$state" backup "$work/backup/lookedafter.tar" >&2
  with_data "$work/restored" restore "$work/backup/lookedafter.tar" >&2
  kill "$pid"
  wait "$pid"
  same_grants "$state" "$work/restored"
  with_data "$work/restored" check >&2
  all_private "$work/restored"
  all_private "$work/backup"
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
  local bin database="" database_owner="" database_backup=""
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
  "$bin/psql" -q -v ON_ERROR_STOP=1 -d postgres -c \
    "CREATE ROLE lookedafter_backup LOGIN BYPASSRLS PASSWORD 'backup-secret' IN ROLE pg_read_all_data" \
    -c "GRANT CONNECT ON DATABASE lookedafter TO lookedafter_backup"
  database_backup="postgres://lookedafter_backup:backup-secret@127.0.0.1:$PGPORT/lookedafter"
  with_data "$work/data-before" backup "$work/backup/postgresql.tar" >&2
  database_backup=""
  own_folder 700 "$work/data-after"

  new_server after
  PATH="$bin:$PATH" OWNER_PASSWORD=owner-secret API_PASSWORD=api-secret deploy/postgres-logins.sh
  database_owner="postgres://lookedafter_owner:owner-secret@127.0.0.1:$PGPORT/lookedafter"
  with_data "$work/data-after" restore "$work/backup/postgresql.tar" >&2
  database_owner=""
  [ -n "$grants" ] && [ "$(with_data "$work/data-after" grant list)" = "$grants" ] || fail "PostgreSQL: other grants"
  with_data "$work/data-after" audit verify >&2
  say "deploy: a backup of PostgreSQL can be restored to a new server"
}
