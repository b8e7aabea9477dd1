# Everything that starts with the machine has started: Docker, nginx, the metrics, the Agent, the database server.
# AGENT_UNIT MARIADB_CONTAINER
units=(docker.service nginx.service prometheus-node-exporter.service "$AGENT_UNIT")
all_active() { [ "$(systemctl is-active "${units[@]}" | sort -u)" = active ]; }
database_answers() { docker exec "$MARIADB_CONTAINER" mariadb --defaults-extra-file=/run/frappe-hybrid/client.cnf -e 'SELECT 1' > /dev/null 2>&1; }
if ! wait_for 180 all_active; then
  paste -d ' ' <(printf '%s\n' "${units[@]}") <(systemctl is-active "${units[@]}" || true)
  fail unit-not-running "A unit that should run did not come back." "The list is above; see why: journalctl -b -u <unit> -n 50. Then press Retry."
fi
wait_for 180 database_answers || fail mariadb-silent "The database server did not come back." "See why: docker logs --tail 50 $MARIADB_CONTAINER. Then press Retry."
result "Docker, nginx, metrics, Agent and database server run."
