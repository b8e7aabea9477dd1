# What is on a server after a contender's run, one line a fact: the lines of all contenders have to be the same. Run as root there.
set -euo pipefail
packages=$(dpkg-query -Wf '${db:Status-Abbrev}${Package}=${Version}\n' | sort)
echo "packages $(wc -l <<< "$packages") $(sha256sum <<< "$packages" | cut -c1-16)"
id frappe
stat -c 'folder %n %a %U %G' /home/frappe /home/frappe/{benches,archived,agent,agent/bin,agent/mariadb,.docker}
for file in nginx/conf.d/frappe-hybrid.conf sudoers.d/frappe-hybrid systemd/system/prometheus-node-exporter.service.d/frappe-hybrid.conf systemd/system/frappe-hybrid-agent.service; do
  echo "file $file $(grep -vE '^[[:space:]]*(#|$)' "/etc/$file" | sed 's/^[[:space:]]*//' | sha256sum | cut -c1-16) $(stat -c '%a %U %G' "/etc/$file")"
done
for unit in docker nginx prometheus-node-exporter frappe-hybrid-agent; do echo "unit $unit $(systemctl is-active $unit) $(systemctl is-enabled $unit)"; done
echo "docker logs: $(docker info -f '{{.LoggingDriver}}') $(jq -cS . /etc/docker/daemon.json)"
docker ps -a --format 'container {{.Names}} {{.Image}} {{.State}} {{.Networks}}'
echo "container restart: $(docker inspect -f '{{.HostConfig.RestartPolicy.Name}} {{index .Config.Labels "frappe-hybrid.bench"}} {{.HostConfig.LogConfig.Config}}' frappe-mariadb)"
echo "container: $(docker inspect -f '{{.Config.StopTimeout}} {{.Args}}; {{range .Mounts}}{{.Type}} {{.Source}} {{.Destination}} {{.RW}}; {{end}}' frappe-mariadb | sed 's/; /\n/g' | sort | tr '\n' ';')"
echo "database settings $(sha256sum < /home/frappe/agent/mariadb/server.cnf | cut -c1-16)"
echo "network $(docker network inspect -f '{{.Name}} {{.Driver}} {{index .Labels "frappe-hybrid.bench"}}' frappe_network)"
echo "database $(docker exec frappe-mariadb mariadb --defaults-extra-file=/run/frappe-hybrid/client.cnf -Ne 'SELECT CURRENT_USER()')"
stat -c 'secret %n %a %U %G' /home/frappe/agent/mariadb/{root_password,client.cnf,server.cnf}
echo "sign-in: $(jq -c '.auths | keys' /home/frappe/.docker/config.json) $(stat -c '%a %U' /home/frappe/.docker/config.json)"
echo "agent $(sha256sum < /home/frappe/agent/bin/frappe-hybrid-agent | cut -c1-16) $(stat -c '%a %U' /home/frappe/agent/bin/frappe-hybrid-agent)"
stat -c 'agent settings %a %U %G' /home/frappe/agent/agent.json
echo "agent settings $(jq -c '[(.serverId | length), (.portalCertificateFingerprints | map(length)), .listenPort]' /home/frappe/agent/agent.json)"
nginx -tq && echo "nginx accepts its configuration"
[ -e /etc/nginx/sites-enabled/default ] && echo "nginx has its default site" || echo "nginx has no default site"
setpriv --reuid=frappe --regid=frappe --init-groups sudo -n /usr/sbin/nginx -t 2> /dev/null && echo "frappe may test nginx"
echo "catch-all: $( (exec 3<> /dev/tcp/127.0.0.1/80; printf 'GET / HTTP/1.0\r\nHost: nobody.test\r\n\r\n' >&3; head -c 12 <&3 | tr -d '\0') || true)"
ss -Hltn | awk '{ print $4 }' | grep -E ':(80|443|9100|25052)$' | sort -u | sed 's/^/listens /'
