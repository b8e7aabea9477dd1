# The machine's metrics, on the machine itself only.
unit_on prometheus-node-exporter.service
wait_for 15 listens 0100007F 9100 || fail node-exporter-silent "The metrics do not listen on 127.0.0.1:9100." "See why: journalctl -u prometheus-node-exporter -n 20"
if listens '0+' 9100; then fail node-exporter-open "The metrics listen to the whole network." "See what starts them: systemctl cat prometheus-node-exporter"; fi
result "The metrics listen on 127.0.0.1:9100."
