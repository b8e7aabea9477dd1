# The containers of benches go on or are stopped, as was chosen. They are never removed, and their folders are the customer's.
# BENCHES SERVICE_LABEL
mapfile -t ids < <(docker ps --quiet --filter "label=$SERVICE_LABEL")
if [ "$BENCHES" != stop ]; then
  result "${#ids[@]} containers go on."
  exit 0
fi
# Stopped ones would start with the machine again otherwise.
mapfile -t all < <(docker ps --all --quiet --filter "label=$SERVICE_LABEL")
if [ "${#all[@]}" -gt 0 ]; then docker update --restart no "${all[@]}" > /dev/null; fi
if [ "${#ids[@]}" -gt 0 ]; then
  docker stop --time 30 "${ids[@]}" > /dev/null
  changed=yes
fi
result "${#ids[@]} containers were stopped; the database server goes on."
