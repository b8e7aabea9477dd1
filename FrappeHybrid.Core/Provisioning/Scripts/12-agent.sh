# The Agent: its program, its settings, its own key and certificate, its unit. The portal sends the program while the other tasks run (upload.sh);
# AGENT_STATE_FILE then says "installed" (the same is in its place already), "staged" (beside it, whole) or "failed".
# FRAPPE_USER AGENT_FOLDER AGENT_PROGRAM AGENT_UNIT AGENT_STATE_FILE AGENT_SETTINGS_FILE AGENT_SETTINGS
staged=/var/lib/frappe-hybrid/agent
wait_for 900 test -s "$AGENT_STATE_FILE" || fail agent-missing "The Agent's program has not arrived on the server." "Press Retry: it is sent again."
state=$(cat "$AGENT_STATE_FILE")
certificate=$AGENT_FOLDER/tls/certificate.pem
restart=no

folder "${AGENT_PROGRAM%/*}" 755 root:root
if [ "$state" != installed ]; then
  [ "$state" = staged ] && [ -s "$staged" ] || fail agent-missing "The Agent's program has not arrived on the server." "Press Retry: it is sent again."
  # Beside it first and then renamed: a running Agent keeps its own file.
  install -m 755 -o root -g root "$staged" "$AGENT_PROGRAM.new"
  mv "$AGENT_PROGRAM.new" "$AGENT_PROGRAM"
  rm -f "$staged" "$staged".*
  restart=yes changed=yes
fi

# The key is made by the Agent, here, and stays. A made one is only looked at, which is quicker.
if [ -s "$certificate" ] && [ -s "$AGENT_FOLDER/tls/key.pem" ] && [ "$state" = installed ]; then
  fingerprint=$(openssl x509 -noout -fingerprint -sha256 -in "$certificate" | sed 's/.*=//; s/://g')
else
  fingerprint=$(cd / && runuser -u "$FRAPPE_USER" -- env HOME="/home/$FRAPPE_USER" "$AGENT_PROGRAM" init | sed -n 's/^fingerprint=//p')
fi
[[ $fingerprint =~ ^[0-9A-F]{64}$ ]] || fail agent-identity "The Agent did not make its certificate." "Press Retry; if it stays, tell your hosting company."

# The Agent reads its settings again by itself.
put "$AGENT_SETTINGS_FILE" 640 "$FRAPPE_USER:$FRAPPE_USER" <<< "$AGENT_SETTINGS"
put "/etc/systemd/system/$AGENT_UNIT" 644 root:root << UNIT
# Written by FrappeHybrid.
[Unit]
Description=FrappeHybrid Agent
After=network-online.target docker.service
Wants=network-online.target

[Service]
User=$FRAPPE_USER
Group=$FRAPPE_USER
# Only to read: nginx's logs and the journal, which consoles show.
SupplementaryGroups=adm
WorkingDirectory=$AGENT_FOLDER
Environment=HOME=/home/$FRAPPE_USER
# SQLite's memory comes from the C library, which otherwise keeps up to eight pools a processor.
Environment=MALLOC_ARENA_MAX=1
# What SQLite, OpenSSL and the compiler need for a moment goes back at once: more than a quarter of the memory while many jobs run.
Environment=MALLOC_MMAP_THRESHOLD_=65536
Environment=MALLOC_TRIM_THRESHOLD_=65536
# .NET otherwise lets as much garbage pile up as the processor has cache, 20 MB and more; hexadecimal, 2 MB.
Environment=DOTNET_GCgen0size=200000
ExecStart=$AGENT_PROGRAM run
Restart=always
RestartSec=2
# What a job has started must not outlive the Agent that watches it; a stop gives jobs time to end.
KillMode=mixed
TimeoutStopSec=60
LimitNOFILE=65536
TasksMax=2048
MemoryMax=1G
UMask=0077

[Install]
WantedBy=multi-user.target
UNIT
if [ "$wrote" = yes ]; then
  systemctl daemon-reload
  restart=yes
fi
if [ "$restart" = yes ] && systemctl is-active --quiet "$AGENT_UNIT"; then systemctl restart "$AGENT_UNIT"; fi
unit_on "$AGENT_UNIT"
fact agent_fingerprint "$fingerprint"
result "The Agent is installed, and its certificate is pinned."
