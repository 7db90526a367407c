# The image and the compose file, built and run where the machine has an engine; elsewhere that is said.

check_container() {
  local engine=""
  for engine in docker podman ""; do
    if [ -z "$engine" ] || "$engine" info >/dev/null 2>&1; then break; fi
  done
  if [ -z "$engine" ]; then
    say "deploy: no container engine here; the image is not built (the unit's steps were run in its place)"
    return
  fi
  "$engine" build -f deploy/Containerfile -t lookedafter .
  local container
  container=$("$engine" run -d --read-only --cap-drop ALL --security-opt no-new-privileges -v /var/lib/lookedafter lookedafter)
  until_it "$engine" exec "$container" /usr/local/bin/lookedafter health
  "$engine" stop -t 45 "$container" >/dev/null
  local status
  status=$("$engine" inspect -f '{{.State.ExitCode}}' "$container")
  "$engine" rm -v "$container" >/dev/null
  [ "$status" = 0 ] || fail "the container ended with $status"
  "$engine" compose version >/dev/null 2>&1 || { say "deploy: no compose here"; return; }
  export SUPERUSER_PASSWORD=superuser OWNER_PASSWORD=owner API_PASSWORD=api
  local compose=("$engine" compose -p lookedafter-check -f deploy/compose.yaml)
  "${compose[@]}" up -d --wait api || { "${compose[@]}" logs; "${compose[@]}" down -v; fail "compose"; }
  "${compose[@]}" exec -T api /usr/local/bin/lookedafter health || { "${compose[@]}" down -v; fail "not ready"; }
  "${compose[@]}" down -v
  say "deploy: image and compose file have run"
}
