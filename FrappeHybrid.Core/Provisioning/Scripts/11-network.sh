# The network on which benches find the database server.
# SHARED_NETWORK LABEL
if ! docker network inspect "$SHARED_NETWORK" > /dev/null 2>&1; then
  docker network create --label "$LABEL=-" "$SHARED_NETWORK" > /dev/null
  changed=yes
fi
result "The network $SHARED_NETWORK is there."
