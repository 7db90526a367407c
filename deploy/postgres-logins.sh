#!/bin/sh
# Makes the two logins and the database, as a superuser: one login owns the tables, the other serves and owns nothing.
# Asks whichever server psql's own variables (PGHOST, PGUSER, …) name; the passwords are in OWNER_PASSWORD and API_PASSWORD.
set -eu
psql --quiet --no-psqlrc --set ON_ERROR_STOP=1 --dbname postgres --username "${POSTGRES_USER:-postgres}" <<'SQL'
\getenv owner OWNER_PASSWORD
\getenv api API_PASSWORD
CREATE ROLE lookedafter_owner LOGIN CREATEROLE PASSWORD :'owner';
CREATE ROLE lookedafter_api LOGIN NOINHERIT PASSWORD :'api';
CREATE DATABASE lookedafter OWNER lookedafter_owner;
REVOKE CONNECT ON DATABASE lookedafter FROM PUBLIC;
GRANT CONNECT ON DATABASE lookedafter TO lookedafter_api;
SQL
