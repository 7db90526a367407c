# The unit, checked by systemd where that is installed, and run by its own steps as a user who is not root.

unit_says() { sed -n "s/^$1=//p" "$work/lookedafter.service" | head -1; }

in_etc() { (cd "$work/etc" && as_user env -i "PATH=$PATH" "$program" "$@"); }

start_by_the_unit() {
  sed "s#/usr/local/bin/lookedafter#$program#" deploy/lookedafter.service >"$work/lookedafter.service"
  if command -v systemd-analyze >/dev/null; then
    systemd-analyze verify "$work/lookedafter.service"
    systemd-analyze security --offline=true --threshold=20 "$work/lookedafter.service" | tail -1 >&2
  else
    say "deploy: no systemd here; the unit is not verified"
  fi

  listen=$(free_port) metrics=$(free_port)
  state="$work/var/$(unit_says StateDirectory)"
  own_folder "$(unit_says StateDirectoryMode)" "$state"
  mkdir "$work/etc"
  # A small budget, so that it can be spent, and GraphiQL, so that the proxies have something to keep away.
  sed -e "s#^data = .*#data = \"$state\"#" -e "s#:8080#:$listen#" -e "s#:9464#:$metrics#" -e 's#^graphiql.*#graphiql = "on"#' \
    deploy/lookedafter.toml >"$work/etc/lookedafter.toml"
  printf 'max_complexity = 1000\nrate_burst = 1000\nrate_per_second = 1\n' >>"$work/etc/lookedafter.toml"

  # shellcheck disable=SC2046
  (cd "$work/etc" && umask "$(unit_says UMask)" && exec_as_user env -i "PATH=$PATH" $(unit_says ExecStart)) 2>"$work/server.log" &
  server=$!
  started+=("$server")
  until_it in_etc health
  curl -fsS "http://127.0.0.1:$metrics/metrics" | grep -q '^lookedafter_build_info{' || fail "no metrics"
  in_etc token --role analyst --authority E09000015 >/dev/null
  all_private "$state"
  say "deploy: the unit's steps have started a server that is ready"
}

stop_by_the_unit() {
  kill -TERM "$server"
  local status=0
  wait "$server" || status=$?
  [ "$status" = 0 ] || fail "the server ended with $status: $(tail -3 "$work/server.log")"
  all_private "$state"
  in_etc audit verify >&2
}
