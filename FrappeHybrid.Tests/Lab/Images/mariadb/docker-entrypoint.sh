#!/usr/bin/env bash
# First start: unpack the system tables and set the passwords through a server without any network; only then the real server.
set -euo pipefail
data=/var/lib/mysql

note() { printf '%s [Note] [Entrypoint]: %s\n' "$(date -u '+%Y-%m-%d %H:%M:%S+00:00')" "$*"; }
fail() { printf '%s [ERROR] [Entrypoint]: %s\n' "$(date -u '+%Y-%m-%d %H:%M:%S+00:00')" "$*" >&2; exit 1; }

# MARIADB_X, MYSQL_X, or the content of the file that one of them with _FILE names.
setting() {
  local name file
  for name in "MARIADB_$1" "MYSQL_$1"; do
    if [ -n "${!name:-}" ]; then printf '%s' "${!name}"; return; fi
    file="${name}_FILE"
    if [ -n "${!file:-}" ]; then cat -- "${!file}"; return; fi
  done
}

quoted() { local text=${1//\\/\\\\}; printf "'%s'" "${text//\'/\\\'}"; }

first_start_sql() {
  local root_host root database user user_password health
  root=$(setting ROOT_PASSWORD); root_host=$(setting ROOT_HOST); root_host=${root_host:-%}
  database=$(setting DATABASE); user=$(setting USER); user_password=$(setting PASSWORD)
  health=$(head -c 24 /dev/urandom | base64 | tr -d '+/=')
  # healthcheck.sh signs in with this, so that it needs no password of anybody's.
  (umask 077; printf '[mariadb-client]\nport=3306\nsocket=/run/mysqld/mysqld.sock\nuser=healthcheck\npassword=%s\nprotocol=tcp\n' "$health" > "$data/.my-healthcheck.cnf")
  cat <<SQL
USE mysql;
FLUSH PRIVILEGES;
DROP USER IF EXISTS ''@'localhost', ''@'$(hostname)', 'root'@'$(hostname)', 'root'@'127.0.0.1', 'root'@'::1';
DELETE FROM global_priv WHERE User = '' OR (User = 'root' AND Host <> 'localhost');
FLUSH PRIVILEGES;
ALTER USER 'root'@'localhost' IDENTIFIED BY $(quoted "$root");
CREATE USER 'healthcheck'@'127.0.0.1' IDENTIFIED BY '$health';
CREATE USER 'healthcheck'@'localhost' IDENTIFIED BY '$health';
SQL
  if [ "$root_host" != localhost ]; then
    echo "CREATE USER 'root'@$(quoted "$root_host") IDENTIFIED BY $(quoted "$root");"
    echo "GRANT ALL ON *.* TO 'root'@$(quoted "$root_host") WITH GRANT OPTION;"
  fi
  [ -z "$database" ] || echo "CREATE DATABASE IF NOT EXISTS \`$database\`;"
  if [ -n "$user" ]; then
    echo "CREATE USER $(quoted "$user")@'%' IDENTIFIED BY $(quoted "$user_password");"
    [ -z "$database" ] || echo "GRANT ALL ON \`${database//_/\\_}\`.* TO $(quoted "$user")@'%';"
  fi
}

initialise() {
  if [ -z "$(setting ROOT_PASSWORD)" ] && [ -z "${MARIADB_ALLOW_EMPTY_ROOT_PASSWORD:-}${MYSQL_ALLOW_EMPTY_PASSWORD:-}" ]; then
    fail "Database is uninitialized and password option is not specified: you need MARIADB_ROOT_PASSWORD or MARIADB_ROOT_PASSWORD_FILE"
  fi
  note "Initializing database files"
  # The mark says "half made" to the next start, should this container be killed in here.
  touch "$data/.initialising"
  tar -C "$data" -xzf /usr/local/share/system-tables.tar.gz
  first_start_sql | mariadbd "$@" --bootstrap --skip-networking
  rm "$data/.initialising"
  note "MariaDB init process done. Ready for start up."
}

case "${1:-}" in -*) set -- mariadbd "$@" ;; esac
if [ "${1:-}" = mysqld ]; then shift; set -- mariadbd "$@"; fi
if [ "${1:-}" = mariadbd ]; then
  if [ "$(id -u)" = 0 ]; then
    mkdir -p /run/mysqld
    find "$data" /run/mysqld \! -user mysql -exec chown mysql:mysql {} +
    # Read while still root, as the official image does it: the file may be readable by nobody else.
    MARIADB_ROOT_PASSWORD=$(setting ROOT_PASSWORD); export MARIADB_ROOT_PASSWORD; unset MARIADB_ROOT_PASSWORD_FILE MYSQL_ROOT_PASSWORD_FILE
    exec setpriv --reuid=mysql --regid=mysql --init-groups "$BASH_SOURCE" "$@"
  fi
  if [ -e "$data/.initialising" ]; then find "$data" -mindepth 1 -delete; fi
  if [ ! -d "$data/mysql" ]; then initialise "${@:2}"; fi
fi
exec "$@"
