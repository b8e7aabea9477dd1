# "Set up server" as one hand-written script over one connection: `ssh root@server bash -s`. Its standard input is: the values as
# assignments (registry, registry_user, registry_password, mariadb_image, agent_size, agent_sha256, agent_settings and the files'
# contents), this text, a line "main; exit", and the Agent's file. The second run reads none of the file and changes nothing.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
agent=/home/frappe/agent

fail() { echo "script: $*" >&2; exit 1; }
as_frappe() { setpriv --reuid=1000 --regid=1000 --init-groups env HOME=/home/frappe "$@"; }

# put <file> <mode> <owner> <content>: leaves $put=1 when the file had to be written.
put() {
  put=0
  if [ -e "$1" ] && [ "$(cat "$1")" = "$4" ]; then return; fi
  put=1
  (umask 077; printf '%s\n' "$4" > "$1.new")
  chmod "$2" "$1.new"; chown "$3" "$1.new"; mv "$1.new" "$1"
}

# folder <mode> <user and group> <path>
folder() { [ "$(stat -c '%F %a %U %G' "$3" 2> /dev/null)" = "directory $1 $2 $2" ] || install -d -m "$1" -o "$2" -g "$2" "$3"; }

wait_for_cloud_init() { if command -v cloud-init > /dev/null; then cloud-init status --wait > /dev/null || true; fi; }

receive_agent() {
  if [ -e "$agent/bin/frappe-hybrid-agent" ] && sha256sum --check --status <<< "$agent_sha256  $agent/bin/frappe-hybrid-agent"; then return; fi
  received=$(mktemp /root/agent.XXXXXX)
  head -c "$agent_size" > "$received"
  sha256sum --check --status <<< "$agent_sha256  $received" || fail "the Agent's file arrived damaged"
}

# Before the packages, so that what they start has its settings at once.
node_exporter_configuration() {
  mkdir -p /etc/systemd/system/prometheus-node-exporter.service.d
  put /etc/systemd/system/prometheus-node-exporter.service.d/frappe-hybrid.conf 0644 root:root "$node_exporter"; exporter_changed=$put
}

docker_configuration() {
  mkdir -p /etc/docker
  if ! [ -s /etc/docker/daemon.json ]; then
    put /etc/docker/daemon.json 0644 root:root "$daemon_json"; docker_changed=$put
  else
    command -v jq > /dev/null || install_packages
    put /etc/docker/daemon.json 0644 root:root "$(jq -s '.[0] * .[1]' /etc/docker/daemon.json <(printf %s "$daemon_json"))"; docker_changed=$put
  fi
}

install_packages() {
  local missing=() package
  for package in $packages; do
    [ -e "/var/lib/dpkg/info/$package.list" ] && [ "$(dpkg-query -Wf '${db:Status-Abbrev}' "$package")" = "ii " ] || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*Packages*' -mmin -1440 -print -quit)" ]; then
    apt-get -qq -o DPkg::Lock::Timeout=600 update
  fi
  apt-get -qq -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confold install -y --no-install-recommends "${missing[@]}" > /tmp/apt.log 2>&1 ||
    { tail -20 /tmp/apt.log >&2; fail "apt-get failed"; }
  installed=1
}

make_user() {
  getent group frappe > /dev/null || groupadd --gid 1000 frappe
  getent passwd frappe > /dev/null || useradd --uid 1000 --gid 1000 --create-home --shell /bin/bash frappe
  folder 751 frappe /home/frappe; folder 755 frappe /home/frappe/benches; folder 700 frappe /home/frappe/archived
  folder 700 frappe $agent; folder 755 root $agent/bin; folder 700 frappe $agent/mariadb; folder 700 frappe /home/frappe/.docker
}

# As soon as Docker answers, while apt-get may still be at work: sign in and fetch the image. Runs beside everything else.
fetch_image() {
  local i
  [ -e /home/frappe/.docker/config.json ] && docker image inspect "$mariadb_image" > /dev/null 2>&1 && return
  for i in $(seq 1200); do
    [ -S /run/docker.sock ] && getent group docker > /dev/null && docker version > /dev/null 2>&1 && break
    sleep 0.25
  done
  id -nG frappe | grep -qw docker || usermod -aG docker frappe
  [ -e /home/frappe/.docker/config.json ] ||
    as_frappe docker login --username "$registry_user" --password-stdin "$registry" <<< "$registry_password" > /dev/null 2>&1 || fail "the registry refuses the sign-in"
  docker --config /home/frappe/.docker pull --quiet "$mariadb_image" > /dev/null || fail "no MariaDB image"
}

nginx() {
  local reload
  put /etc/nginx/conf.d/frappe-hybrid.conf 0644 root:root "$nginx_conf"; reload=$put
  if [ -e /etc/nginx/sites-enabled/default ]; then rm /etc/nginx/sites-enabled/default; reload=1; fi
  put /etc/sudoers.d/frappe-hybrid 0440 root:root "$sudoers"
  [ "$put" = 0 ] || visudo -cqf /etc/sudoers.d/frappe-hybrid || { rm /etc/sudoers.d/frappe-hybrid; fail "sudoers"; }
  [ "$reload" = 0 ] || { /usr/sbin/nginx -tq && systemctl reload-or-restart nginx; }
}

agent_service() {
  local restart=0
  if [ -n "${received:-}" ]; then install -m 0755 "$received" $agent/bin/frappe-hybrid-agent; rm "$received"; restart=1; fi
  [ -e $agent/tls ] || as_frappe $agent/bin/frappe-hybrid-agent init > /dev/null
  put $agent/agent.json 0640 frappe:frappe "$agent_settings"; restart=$((restart + put))
  put /etc/systemd/system/frappe-hybrid-agent.service 0644 root:root "$agent_unit"
  if [ "$put" = 1 ]; then restart=1; systemctl daemon-reload; systemctl enable -q frappe-hybrid-agent; fi
  [ "$restart" = 0 ] || systemctl restart frappe-hybrid-agent
}

mariadb_files() { [ -e $agent/mariadb/root_password ] || (cd $agent/mariadb && eval "$mariadb_files"); }

mariadb() {
  docker network inspect frappe_network > /dev/null 2>&1 || docker network create --label frappe-hybrid.bench=- frappe_network > /dev/null
  if ! docker container inspect frappe-mariadb > /dev/null 2>&1; then
    docker volume create --label frappe-hybrid.bench=- frappe-mariadb > /dev/null
    docker run --detach --name frappe-mariadb --network frappe_network --restart unless-stopped --stop-timeout 120 \
      --label frappe-hybrid.bench=- --log-driver json-file --log-opt max-size=10m --log-opt max-file=3 \
      --mount type=volume,source=frappe-mariadb,target=/var/lib/mysql \
      --mount type=bind,source=$agent/mariadb/root_password,target=/run/frappe-hybrid/root_password,readonly \
      --mount type=bind,source=$agent/mariadb/client.cnf,target=/run/frappe-hybrid/client.cnf,readonly \
      --mount type=bind,source=$agent/mariadb/server.cnf,target=/etc/mysql/mariadb.conf.d/99-frappe-hybrid.cnf,readonly \
      --env MARIADB_ROOT_PASSWORD_FILE=/run/frappe-hybrid/root_password "$mariadb_image" \
      --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci --skip-character-set-client-handshake > /dev/null
  fi
  local i
  for i in $(seq 300); do
    docker exec frappe-mariadb mariadb --defaults-extra-file=/run/frappe-hybrid/client.cnf -e 'SELECT 1' > /dev/null 2>&1 && return
    sleep 0.1
  done
  fail "MariaDB does not answer"
}

agent_listens() {
  local i
  for i in $(seq 300); do
    if (: < /dev/tcp/127.0.0.1/25052) 2> /dev/null; then return; fi
    sleep 0.1
  done
  fail "the Agent does not listen on 25052"
}

main() {
  local image
  wait_for_cloud_init
  make_user
  receive_agent
  docker_configuration
  node_exporter_configuration
  fetch_image < /dev/null & image=$!
  install_packages < /dev/null
  [ "$docker_changed" = 0 ] || [ -n "${installed:-}" ] || systemctl restart docker
  [ "$exporter_changed" = 0 ] || [ -n "${installed:-}" ] || { systemctl daemon-reload; systemctl restart prometheus-node-exporter; }
  systemctl is-active -q docker nginx prometheus-node-exporter || systemctl enable -q --now docker nginx prometheus-node-exporter
  mariadb_files
  nginx; agent_service
  wait $image || fail "no MariaDB image"
  mariadb
  agent_listens
}
