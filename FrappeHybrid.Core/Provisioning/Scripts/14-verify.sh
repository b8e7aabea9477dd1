# Everything that the set-up promised, seen from the outside of each part.
# AGENT_UNIT AGENT_PORT MARIADB_CONTAINER
units=(docker.service nginx.service prometheus-node-exporter.service "$AGENT_UNIT")
states=$(systemctl is-active "${units[@]}" || true)
[ "$(sort -u <<< "$states")" = active ] || { paste -d ' ' <(printf '%s\n' "${units[@]}") - <<< "$states"; fail unit-not-running "A unit that should run does not." "The list is above; see why: journalctl -u <unit> -n 50"; }
[ "$(docker container inspect --format '{{.State.Running}}' "$MARIADB_CONTAINER")" = true ] || fail mariadb-not-running "The database server does not run." "See why: docker logs --tail 50 $MARIADB_CONTAINER"
if ! wait_for 60 listens '.*' "$AGENT_PORT"; then
  journalctl -u "$AGENT_UNIT" -n 30 --no-pager || true
  fail agent-silent "The Agent does not listen on port $AGENT_PORT." "Its last lines are above: journalctl -u $AGENT_UNIT"
fi
result "Docker, nginx, metrics, database server and Agent run."
