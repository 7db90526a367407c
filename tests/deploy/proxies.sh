# nginx and Caddy with the committed configurations and a certificate of our own in front of the server: what they forward,
# what they keep away, and from which address the server takes a request to come.

# Asks through the proxy from an address of this machine: 127.0.0.N.
through() { # through N PATH [CURL OPTION…]
  local from="127.0.0.$1" path="$2"
  shift 2
  curl -s -k -o /dev/null -w '%{http_code}' --resolve "care.example:$https:127.0.0.1" --interface "$from" "$@" \
    "https://care.example:$https$path"
}

ask() { # ask N [CURL OPTION…]
  local from="$1"
  shift
  through "$from" /graphql -H 'Content-Type: application/json' -d '{"query":"{ __typename }"}' "$@"
}

expect() { # expect STATUS WHAT COMMAND…
  local status="$1" what="$2" got
  shift 2
  got=$("$@")
  [ "$got" = "$status" ] || fail "$proxy: $what: $got, not $status"
}

prove() { # prove NAME NUMBER: the addresses that it asks from begin with the number
  proxy="$1"
  local one="${2}1" other="${2}2" tries=0
  expect 200 "GraphQL" ask "$one"
  until [ "$(ask "$one")" = 429 ]; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || fail "$proxy: the budget of an address is never spent"
  done
  expect 429 "a forged address has no budget of its own" ask "$one" -H 'X-Forwarded-For: 203.0.113.7'
  expect 200 "another address has a budget of its own" ask "$other"
  expect 200 "the schema" through "$other" /schema.graphql
  expect 200 "readiness" through "$other" /health/ready
  expect 200 "a query by GET" through "$other" '/graphql?query=%7B__typename%7D&variables=%7B%22canary4711%22:1%7D'
  for path in /metrics /graphiql /health/live / /graphql/ /GRAPHIQL //metrics /graphql/../metrics; do
    expect 404 "$path" through "$other" "$path" --path-as-is
  done
  [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$listen/graphiql")" = 200 ] || fail "nothing to keep away"
  [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$https/graphql" || true)" != 200 ] || fail "$proxy: without TLS"
  if grep -rl canary4711 "$work/$proxy" "$work/server.log"; then fail "$proxy: what was asked stands in a log"; fi
  say "deploy: $proxy forwards what it should, from the right address"
}

check_proxies() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=care.example -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
  chmod 644 "$work/key.pem"
  if command -v nginx >/dev/null; then check_nginx; else say "deploy: no nginx here; its configuration is not tried"; fi
  if command -v caddy >/dev/null; then check_caddy; else say "deploy: no Caddy here; its configuration is not tried"; fi
}

check_nginx() {
  https=$(free_port)
  own_folder 700 "$work/nginx"
  sed -e '/listen \[::\]/d' -e "s#listen 443#listen 127.0.0.1:$https#" -e "s#127.0.0.1:8080#127.0.0.1:$listen#" \
    -e "s#/etc/ssl/care.example.pem#$work/cert.pem#" -e "s#/etc/ssl/private/care.example.key#$work/key.pem#" \
    -e "s#/var/log/nginx#$work/nginx#" deploy/nginx.conf >"$work/nginx-site.conf"
  cat >"$work/nginx.conf" <<EOF
daemon off; pid $work/nginx/pid; error_log $work/nginx/error.log;
events {}
http {
  client_body_temp_path $work/nginx/body; proxy_temp_path $work/nginx/proxy; fastcgi_temp_path $work/nginx/fastcgi;
  uwsgi_temp_path $work/nginx/uwsgi; scgi_temp_path $work/nginx/scgi;
  include $work/nginx-site.conf;
}
EOF
  exec_as_user nginx -e "$work/nginx/error.log" -c "$work/nginx.conf" &
  local pid=$!
  started+=("$pid")
  until_it curl -sk "https://127.0.0.1:$https/"
  prove nginx 1
  grep -q '"GET /graphql" 200' "$work/nginx/lookedafter.log" || fail "nginx: no line for a request"
  kill "$pid"
}

check_caddy() {
  https=$(free_port)
  own_folder 700 "$work/caddy"
  { printf '{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n'
    sed -e "s#^care.example {#https://care.example:$https {\n\tbind 127.0.0.1\n\ttls $work/cert.pem $work/key.pem#" \
      -e "s#127.0.0.1:8080#127.0.0.1:$listen#" deploy/Caddyfile
  } >"$work/Caddyfile"
  exec_as_user env HOME="$work/caddy" XDG_DATA_HOME="$work/caddy" XDG_CONFIG_HOME="$work/caddy" \
    caddy run --adapter caddyfile --config "$work/Caddyfile" 2>"$work/caddy.log" &
  local pid=$!
  started+=("$pid")
  until_it curl -sk --resolve "care.example:$https:127.0.0.1" "https://care.example:$https/"
  prove caddy 2
  kill "$pid"
}
