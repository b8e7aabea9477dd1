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

folder() { [ -d "$3" ] || install -d -m "$1" -o "$2" -g "$2" "$3"; }

wait_for_cloud_init() { if command -v cloud-init > /dev/null; then cloud-init status --wait > /dev/null || true; fi; }

receive_agent() {
  if [ -e "$agent/bin/frappe-hybrid-agent" ] && sha256sum --check --status <<< "$agent_sha256  $agent/bin/frappe-hybrid-agent"; then return; fi
  received=$(mktemp /root/agent.XXXXXX)
  head -c "$agent_size" > "$received"
  sha256sum --check --status <<< "$agent_sha256  $received" || fail "the Agent's file arrived damaged"
}

# Before the packages, so that Docker starts with it at once.
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
  folder 0755 frappe /home/frappe/benches; folder 0755 frappe /home/frappe/archived; folder 0750 frappe $agent
  folder 0755 frappe $agent/bin; folder 0711 frappe $agent/mariadb
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

node_exporter() {
  put /etc/default/prometheus-node-exporter 0644 root:root "$node_exporter"
  [ "$put" = 0 ] || systemctl restart prometheus-node-exporter
}

agent_service() {
  local restart=0
  if [ -n "${received:-}" ]; then install -m 0755 -o frappe -g frappe "$received" $agent/bin/frappe-hybrid-agent; rm "$received"; restart=1; fi
  [ -e $agent/tls ] || as_frappe $agent/bin/frappe-hybrid-agent init > /dev/null
  put $agent/agent.json 0600 frappe:frappe "$agent_settings"; restart=$((restart + put))
  put /etc/systemd/system/frappe-hybrid-agent.service 0644 root:root "$agent_unit"
  if [ "$put" = 1 ]; then restart=1; systemctl daemon-reload; systemctl enable -q frappe-hybrid-agent; fi
  [ "$restart" = 0 ] || systemctl restart frappe-hybrid-agent
}

mariadb_files() {
  [ ! -e $agent/mariadb/root_password ] || return 0
  (
    umask 077; password=$(openssl rand -hex 24)
    printf '[client]\nuser=root\npassword=%s\n' "$password" > $agent/mariadb/client.cnf
    printf %s "$password" > $agent/mariadb/root_password.new
  )
  chown frappe:frappe $agent/mariadb/client.cnf; chown 999:1000 $agent/mariadb/root_password.new; chmod 0440 $agent/mariadb/root_password.new
  mv $agent/mariadb/root_password.new $agent/mariadb/root_password
}

mariadb() {
  docker network inspect frappe_network > /dev/null 2>&1 || docker network create --label frappe-hybrid.bench=- frappe_network > /dev/null
  docker container inspect frappe-mariadb > /dev/null 2>&1 ||
    docker run --detach --name frappe-mariadb --network frappe_network --restart unless-stopped --label frappe-hybrid.bench=- \
      --volume frappe-mariadb:/var/lib/mysql --volume $agent/mariadb/root_password:/run/frappe-hybrid/root_password:ro \
      --volume $agent/mariadb/client.cnf:/run/frappe-hybrid/client.cnf:ro --env MARIADB_ROOT_PASSWORD_FILE=/run/frappe-hybrid/root_password \
      "$mariadb_image" > /dev/null
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
  fetch_image < /dev/null & image=$!
  install_packages < /dev/null
  [ "$docker_changed" = 0 ] || [ -n "${installed:-}" ] || systemctl restart docker
  systemctl is-active -q docker nginx prometheus-node-exporter || systemctl enable -q --now docker nginx prometheus-node-exporter
  mariadb_files
  nginx; node_exporter; agent_service
  wait $image || fail "no MariaDB image"
  mariadb
  agent_listens
}
