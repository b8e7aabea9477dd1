# Starts and removes the bench that check looks at. Sourced, after common.sh.
run="lab-check-$$"
root_password=root-of-the-check
admin_password=admin-of-the-check
label="frappe-hybrid.lab.run=$run"

from_lab() { jq -r "$1" "$artifacts/lab.json"; }

# service <name> <image> [docker option]... -- [command]...
service() { local name=$1 image=$2 options=(); shift 2
  while [ "$1" != -- ]; do options+=("$1"); shift; done; shift
  docker run -d --name "$run-$name" --label "$label" --network "$run" --network-alias "$name" "${options[@]}" "$image" "$@" > /dev/null
}

start_bench() { local version=$1
  docker network create --label "$label" "$run" > /dev/null
  service db "$(from_lab .mariaDbLocalImage)" -e MARIADB_ROOT_PASSWORD="$root_password" -- \
    --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci --skip-character-set-client-handshake
  service redis-cache "$(from_lab .redisLocalImage)" --
  service redis-queue "$(from_lab .redisLocalImage)" --
  docker volume create --label "$label" "$run-sites" > /dev/null
  docker volume create --label "$label" "$run-logs" > /dev/null
  start_services "$version"
  local i
  for i in $(seq 100); do docker exec "$run-db" healthcheck.sh --connect --innodb_initialized > /dev/null 2>&1 && break; sleep 0.1; done
}

# The six services of the image, and the configurator before them.
start_services() { local version=$1 image volumes
  image=$(from_lab ".releases[] | select(.version == \"$version\").localImage")
  volumes=(-v "$run-sites:/home/frappe/frappe-bench/sites" -v "$run-logs:/home/frappe/frappe-bench/logs")
  docker run --rm --network "$run" "${volumes[@]}" --entrypoint bash "$image" -c '
    ls -1 apps > sites/apps.txt
    bench set-config -g db_host db; bench set-config -gp db_port 3306
    bench set-config -g redis_cache redis://redis-cache:6379; bench set-config -g redis_queue redis://redis-queue:6379
    bench set-config -g redis_socketio redis://redis-queue:6379; bench set-config -gp socketio_port 9000'
  service backend "$image" "${volumes[@]}" --
  service websocket "$image" "${volumes[@]}" -p 127.0.0.1::9000 -- node /home/frappe/frappe-bench/apps/frappe/socketio.js
  service queue-short "$image" "${volumes[@]}" -- bench worker --queue short,default
  service queue-long "$image" "${volumes[@]}" -- bench worker --queue long,default,short
  service scheduler "$image" "${volumes[@]}" -- bench schedule
  service frontend "$image" "${volumes[@]}" --network-alias check.test -p 127.0.0.1::8080 -e BACKEND=backend:8000 -e SOCKETIO=websocket:9000 -- nginx-entrypoint.sh
  front=$(docker port "$run-frontend" 8080/tcp | head -1)
  socket=$(docker port "$run-websocket" 9000/tcp | head -1)
  local i
  for i in $(seq 100); do curl -s -o /dev/null -H 'Host: nosuch.test' "http://$front/" && curl -s -o /dev/null "http://$socket/" && return; sleep 0.1; done
}

remove_services() { local name
  for name in backend websocket queue-short queue-long scheduler frontend; do docker rm -f -v "$run-$name" > /dev/null 2>&1; done
}
