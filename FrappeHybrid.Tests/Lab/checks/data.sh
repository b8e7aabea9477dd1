# MariaDB and Redis keep to the official images' contract.
mariadb_logs() { docker logs "$run-db" 2>&1; }

expect "mariadb: initialised without a network first, then ready" all 'mariadb_logs | grep "init process done"' 'docker exec "$run-db" healthcheck.sh --connect --innodb_initialized'
expect "mariadb: root signs in over the network with the password only" all \
  'docker run --rm --network "$run" --entrypoint mariadb "$(from_lab .mariaDbLocalImage)" -h db -uroot -p"$root_password" -e "select 1"' \
  '! docker run --rm --network "$run" --entrypoint mariadb "$(from_lab .mariaDbLocalImage)" -h db -uroot -pwrong -e "select 1"'
expect "mariadb: options after the image's name reach the server" all '[ "$(sql "select @@collation_server")" = utf8mb4_unicode_ci ]'
expect "mariadb: runs as mysql" all '[ "$(docker exec "$run-db" stat -c %U /proc/1)" = mysql ]'
expect "mariadb: a restart keeps data and password" all 'sql "create database kept"' 'docker restart -t 20 "$run-db"' \
  'for i in $(seq 100); do docker exec "$run-db" healthcheck.sh --connect && break; sleep 0.1; done' 'sql "drop database kept"'
expect "mariadb: no password set, no start" all '! docker run --rm "$(from_lab .mariaDbLocalImage)"'
expect "redis: answers other containers" all '[ "$(docker run --rm --network "$run" --entrypoint redis-cli "$(from_lab .redisLocalImage)" -h redis-queue ping)" = PONG ]'
