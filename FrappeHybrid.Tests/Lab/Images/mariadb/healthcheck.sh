#!/usr/bin/env bash
# The official image's checks that compose files ask for: --connect (TCP answers a query), --innodb_initialized.
set -euo pipefail
query() { mariadb --defaults-file=/var/lib/mysql/.my-healthcheck.cnf -h127.0.0.1 --skip-column-names -e "$1"; }
[ $# -gt 0 ] || { echo "healthcheck.sh: name at least one check" >&2; exit 1; }
for check in "$@"; do
  case "$check" in
    --connect) query 'SELECT 1' >/dev/null ;;
    --innodb_initialized) [ "$(query "SELECT 1 FROM information_schema.ENGINES WHERE engine='innodb' AND support IN ('YES','DEFAULT','ENABLED')")" = 1 ] ;;
    *) echo "healthcheck.sh: unknown check $check" >&2; exit 1 ;;
  esac
done
