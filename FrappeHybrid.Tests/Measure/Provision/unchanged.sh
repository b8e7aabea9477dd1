# What a second run must leave as it was: files with their times, services and containers with their start. Run as root on the server.
set -euo pipefail
find /etc /home/frappe -xdev -type f ! -path '/home/frappe/agent/agent.db*' -printf '%p %m %u %g %s %T@\n' | sort
for unit in docker nginx prometheus-node-exporter frappe-hybrid-agent; do systemctl show -p Id,ActiveEnterTimestampMonotonic,InvocationID $unit; done
docker inspect -f '{{.Id}} {{.State.StartedAt}}' frappe-mariadb
docker network inspect -f '{{.Id}}' frappe_network
