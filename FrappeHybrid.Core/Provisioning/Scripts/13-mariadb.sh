# The database server, in a container without a published port. Its root password is made here, readable by the Agent's user only, and never leaves.
# FRAPPE_USER MARIADB_CONTAINER MARIADB_IMAGE SHARED_NETWORK LABEL PASSWORD_FILE CLIENT_FILE CLIENT_FILE_INSIDE DOCKER_CONFIG_FILE
settings_file=${PASSWORD_FILE%/*}/server.cnf
password_inside=${CLIENT_FILE_INSIDE%/*}/root_password
volume=$MARIADB_CONTAINER
arguments=(--character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci --skip-character-set-client-handshake)
# When what the container is started with changes in a later version, it is made anew; its data is in the volume.
started_with=$(printf '%s\n' 1 "${arguments[@]}" | sha256sum | cut -c1-12)

answers() { docker exec "$MARIADB_CONTAINER" mariadb --defaults-extra-file="$CLIENT_FILE_INSIDE" --skip-column-names -e 'SELECT VERSION()' 2> /dev/null; }
found=$(docker container inspect --format "{{.State.Running}}|{{index .Config.Labels \"$LABEL\"}}|{{index .Config.Labels \"$LABEL.started-with\"}}|{{.Config.Image}}" "$MARIADB_CONTAINER" 2> /dev/null || true)
IFS='|' read -r running label was_started_with image <<< "$found"
[ -z "$found" ] || [ "$label" = - ] || fail mariadb-name-taken "A container named $MARIADB_CONTAINER is there, but it is not ours." "Rename it (docker rename $MARIADB_CONTAINER <other name>), then press Retry."

folder "${PASSWORD_FILE%/*}" 700 "$FRAPPE_USER:$FRAPPE_USER"
if [ ! -s "$PASSWORD_FILE" ]; then
  docker volume inspect "$volume" > /dev/null 2>&1 &&
    fail mariadb-password-lost "There is a database in the volume $volume, but its root password in $PASSWORD_FILE is gone." "Bring the file back from a backup of this machine. If the data is not needed: docker rm -f $MARIADB_CONTAINER; docker volume rm $volume. Then press Retry."
  put "$PASSWORD_FILE" 600 "$FRAPPE_USER:$FRAPPE_USER" < <(head -c 30 /dev/urandom | base64 -w 0 | tr '+/' 'xy')
fi
put "$CLIENT_FILE" 600 "$FRAPPE_USER:$FRAPPE_USER" < <(printf '[client]\nuser=root\npassword=%s\nhost=127.0.0.1\nprotocol=tcp\n' "$(cat "$PASSWORD_FILE")")

# Made once and then the owner's to tune: a quarter of the memory, in steps of 128 MB.
if [ ! -e "$settings_file" ]; then
  pool=$(awk '/^MemTotal:/ { pool = int($2 / 1024 / 4 / 128) * 128; print pool < 128 ? 128 : pool }' /proc/meminfo)
  put "$settings_file" 644 root:root << CNF
# Made by FrappeHybrid at the first set-up; yours to tune. In force after: docker restart $MARIADB_CONTAINER
[mariadbd]
innodb_buffer_pool_size = ${pool}M
max_connections = 300
CNF
fi

if [ -n "$found" ] && [ "$was_started_with" != "$started_with" ]; then
  echo "The container was made by an older version: making it anew, with the same data and the same image."
  docker stop --time 120 "$MARIADB_CONTAINER" > /dev/null
  docker rm "$MARIADB_CONTAINER" > /dev/null
  # Another version of the database server is never a by-product of a set-up.
  MARIADB_IMAGE=$image found=
fi
if [ -z "$found" ]; then
  changed=yes
  if ! docker image inspect "$MARIADB_IMAGE" > /dev/null 2>&1; then
    said=$(DOCKER_CONFIG=${DOCKER_CONFIG_FILE%/*} docker pull --quiet "$MARIADB_IMAGE" 2>&1) || {
      printf '%s\n' "$said"
      case $said in
        *"no space left"*) fail disk-full "The disk is full." "Make room where /var/lib/docker is, then press Retry." ;;
        *unauthorized* | *denied*) fail image-refused "The registry does not give $MARIADB_IMAGE to this server." "This is the hosting company's to mend: the image's name and the sign-in in section Provisioning of the portal's configuration." ;;
        *"not found"* | *"manifest unknown"*) fail image-missing "There is no image $MARIADB_IMAGE." "This is the hosting company's to mend: section Provisioning of the portal's configuration." ;;
        *) fail image-unreachable "The image $MARIADB_IMAGE could not be fetched." "Check the server's way out to the registry, then press Retry." ;;
      esac
    }
  fi
  docker volume create --label "$LABEL=-" "$volume" > /dev/null
  docker run --detach --name "$MARIADB_CONTAINER" --network "$SHARED_NETWORK" --restart unless-stopped --stop-timeout 120 \
    --label "$LABEL=-" --label "$LABEL.started-with=$started_with" \
    --log-driver json-file --log-opt max-size=10m --log-opt max-file=3 \
    --mount "type=volume,source=$volume,target=/var/lib/mysql" \
    --mount "type=bind,source=$PASSWORD_FILE,target=$password_inside,readonly" \
    --mount "type=bind,source=$CLIENT_FILE,target=$CLIENT_FILE_INSIDE,readonly" \
    --mount "type=bind,source=$settings_file,target=/etc/mysql/mariadb.conf.d/99-frappe-hybrid.cnf,readonly" \
    --env "MARIADB_ROOT_PASSWORD_FILE=$password_inside" \
    "$MARIADB_IMAGE" "${arguments[@]}" > /dev/null
elif [ "$running" != true ]; then
  docker start "$MARIADB_CONTAINER" > /dev/null
  changed=yes
fi

if ! version=$(answers); then
  if ! wait_for 180 answers > /dev/null; then
    docker logs --tail 30 "$MARIADB_CONTAINER" 2>&1 || true
    fail mariadb-silent "The database server does not answer." "Its last lines are above; all of them: docker logs $MARIADB_CONTAINER"
  fi
  version=$(answers)
fi
result "MariaDB ${version%%-*} answers."
