# The lab's private registry: certificates, container, pushes. Sourced by prepare, after common.sh.
registry_container=frappe-hybrid-lab-registry
registry_name=registry.lab.test
registry=$registry_name:5000
registry_user=lab

make_certificates() {
  [ ! -e "$state/registry.crt" ] || return 0
  say "making the lab's certificate authority and the registry's certificate"
  local work; work=$(mktemp -d "$state/new.XXXXXX")
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 3650 -subj "/CN=FrappeHybrid lab CA" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign -keyout "$work/ca.key" -out "$work/ca.crt" 2> /dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj "/CN=$registry_name" -keyout "$work/registry.key" -out "$work/registry.csr" 2> /dev/null
  printf 'subjectAltName=DNS:%s,DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n' "$registry_name" > "$work/extensions"
  openssl x509 -req -in "$work/registry.csr" -CA "$work/ca.crt" -CAkey "$work/ca.key" -CAcreateserial -days 3650 \
    -extfile "$work/extensions" -out "$work/registry.crt" 2> /dev/null
  openssl rand -hex 16 > "$work/registry-password"
  htpasswd -iBn "$registry_user" < "$work/registry-password" > "$work/htpasswd"
  rm "$work/registry.csr" "$work/extensions" "$work"/*.srl
  # registry.crt last: it is what says that all of them are there.
  mv "$work"/ca.* "$work/registry.key" "$work/registry-password" "$work/htpasswd" "$state"
  mv "$work/registry.crt" "$state"; rmdir "$work"
}

# Leaves the registry running from this image, with its data in a volume, and its address on this machine in $push_address.
start_registry() { local image=$1 i
  if [ "$(docker inspect -f '{{.Config.Image}}' "$registry_container" 2> /dev/null)" != "$image" ]; then
    docker rm -f "$registry_container" > /dev/null 2>&1 || true
    docker create --name "$registry_container" --label frappe-hybrid.lab=registry --network "$network" --network-alias "$registry_name" \
      --publish 127.0.0.1::5000 --volume frappe-hybrid-lab-registry:/var/lib/registry --volume "$state:/etc/lab-registry:ro" "$image" > /dev/null
  fi
  docker start "$registry_container" > /dev/null
  push_address=$(docker port "$registry_container" 5000/tcp | head -1)
  for i in $(seq 50); do
    if ask_registry "" > /dev/null 2>&1; then return; fi
    sleep 0.2
  done
  die "the registry does not answer on $push_address: docker logs $registry_container"
}

# ask_registry <path under /v2/> [curl option]...
ask_registry() { local path=$1; shift
  curl -fsS --cacert "$state/ca.crt" --resolve "$registry_name:${push_address##*:}:127.0.0.1" -u "$registry_user:$(cat "$state/registry-password")" \
    -H 'Accept: application/vnd.docker.distribution.manifest.v2+json' "$@" "https://$registry_name:${push_address##*:}/v2/$path"
}

# push <local image> <repository:tag>: unless the registry has just that image under that name.
push() { local image=$1 name=$2 record id digest here
  record="$state/pushed-${name//[\/:]/_}"
  id=$(docker image inspect -f '{{.Id}}' "$image")
  digest=$(ask_registry "${name%:*}/manifests/${name#*:}" --head 2> /dev/null | tr -d '\r' | awk 'tolower($1) == "docker-content-digest:" { print $2 }') || true
  if [ -n "$digest" ] && [ "$(cat "$record" 2> /dev/null)" = "$id $digest" ]; then return; fi
  say "pushing $name"
  here="$push_address/$name"
  # A sign-in folder of our own: the user's ~/.docker stays as it is.
  docker --config "$state/docker" login -u "$registry_user" --password-stdin "$push_address" < "$state/registry-password" > /dev/null 2>&1 || die "the registry refuses the lab's own password"
  docker tag "$image" "$here"
  digest=$(docker --config "$state/docker" push "$here" | sed -nE 's/.*digest: (sha256:[0-9a-f]+).*/\1/p')
  docker rmi "$here" > /dev/null
  [ -n "$digest" ] || die "pushing $name failed"
  echo "$id $digest" > "$record"
}
