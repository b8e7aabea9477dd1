# Docker's settings, before Docker is there: so it starts with them and needs no restart. Logs of containers are bounded, and containers survive a
# restart of Docker. What an existing daemon.json says stays as it is; only what it does not say is added, and the old file is kept beside it.
file=/etc/docker/daemon.json
wanted='{"live-restore": true, "log-driver": "json-file"}'
limits='{"log-opts": {"max-size": "10m", "max-file": "3"}}'
ours='{
  "live-restore": true,
  "log-driver": "json-file",
  "log-opts": {
    "max-file": "3",
    "max-size": "10m"
  }
}'

if [ ! -s "$file" ]; then
  mkdir -p /etc/docker
  put "$file" 644 root:root <<< "$ours"
elif [ "$(cat "$file")" != "$ours" ]; then
  command -v jq > /dev/null || install_packages jq
  jq -e 'type == "object"' "$file" > /dev/null 2>&1 || fail daemon-json-invalid "/etc/docker/daemon.json is not a JSON object." "Mend it (jq . /etc/docker/daemon.json says where), then press Retry."
  # A log driver of the owner's own choice brings its own options; a swarm forbids live-restore.
  merged=$(jq --sort-keys --argjson wanted "$wanted" --argjson limits "$limits" \
    '$wanted * . | if .["log-driver"] == "json-file" then $limits * . else . end' "$file")
  if [ "$(jq --sort-keys . "$file")" != "$merged" ]; then
    backup="$file.before-frappe-hybrid"
    [ -e "$backup" ] || cp -p "$file" "$backup"
    put "$file" 644 root:root <<< "$merged"
    echo "Added to the existing settings; the old ones are in $backup."
    if systemctl is-active --quiet docker; then
      # The reload turns live-restore on, so that the restart leaves containers running.
      systemctl reload docker
      systemctl restart docker || {
        cp -p "$backup" "$file"
        systemctl restart docker || true
        fail docker-settings-refused "Docker does not start with the completed settings; the old ones are in force again." "See why: journalctl -u docker -n 50"
      }
    fi
  fi
fi
result "Logs of containers are bounded; containers survive a restart of Docker."
