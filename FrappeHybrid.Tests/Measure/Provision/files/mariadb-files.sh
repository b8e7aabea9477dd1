# MariaDB's root password and settings, made on the server. Ansible and script.sh both run this text, in the folder of these files.
set -eu
umask 077
password=$(head -c 30 /dev/urandom | base64 -w 0 | tr '+/' 'xy')
printf '[client]\nuser=root\npassword=%s\nhost=127.0.0.1\nprotocol=tcp\n' "$password" > client.cnf
pool=$(awk '/^MemTotal:/ { pool = int($2 / 1024 / 4 / 128) * 128; print pool < 128 ? 128 : pool }' /proc/meminfo)
printf '# Made by FrappeHybrid at the first set-up; yours to tune. In force after: docker restart frappe-mariadb\n[mariadbd]\ninnodb_buffer_pool_size = %sM\nmax_connections = 300\n' "$pool" > server.cnf
chmod 0644 server.cnf
printf %s "$password" > root_password.new
chown frappe:frappe client.cnf root_password.new
mv root_password.new root_password
