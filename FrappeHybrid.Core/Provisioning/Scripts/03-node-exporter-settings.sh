# The metrics of the machine are for itself only. Written before the program is there, so that it never listens to the world, not even for a second.
folder=/etc/systemd/system/prometheus-node-exporter.service.d
mkdir -p "$folder"
put "$folder/frappe-hybrid.conf" 644 root:root << 'UNIT'
# Written by FrappeHybrid.
[Service]
ExecStart=
ExecStart=/usr/bin/prometheus-node-exporter --web.listen-address=127.0.0.1:9100
UNIT
if [ "$wrote" = yes ] && systemctl is-active --quiet prometheus-node-exporter; then
  systemctl daemon-reload
  systemctl restart prometheus-node-exporter
fi
result "The metrics will listen on 127.0.0.1 only."
