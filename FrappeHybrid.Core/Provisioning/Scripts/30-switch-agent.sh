# Switches to another program of the Agent's and watches it come up; when it does not, the old one is put back here, without any portal. The portal sends
# the program meanwhile (upload.sh) and leaves word in a file: "installed" (the same is in its place already), "staged" (beside it, whole) or "failed".
# AGENT_PROGRAM AGENT_UNIT AGENT_STATE_FILE AGENT_CERTIFICATE AGENT_PORT FRAPPE_USER HEALTH_SECONDS
staged=/var/lib/frappe-hybrid/agent
old=$AGENT_PROGRAM.old
# While this file is there, a switch is not finished: after a restart of the machine in the middle it goes on at the watching.
switching=/var/lib/frappe-hybrid/agent-switching
wait_for 900 test -s "$AGENT_STATE_FILE" || fail agent-missing "The Agent's program has not arrived on the server." "Press Retry: it is sent again."
state=$(cat "$AGENT_STATE_FILE")

if [ "$state" = installed ] && [ ! -e "$switching" ] && systemctl is-active --quiet "$AGENT_UNIT" &&
  [ "$(sha256sum < "/proc/$(systemctl show --property MainPID --value "$AGENT_UNIT")/exe")" = "$(sha256sum < "$AGENT_PROGRAM")" ]; then
  result "This Agent runs already."
  exit 0
fi
put_back() {
  [ -s "$old" ] || return 0
  mv "$old" "$AGENT_PROGRAM"
  rm -f "$switching" "$staged"
  systemctl reset-failed "$AGENT_UNIT" 2> /dev/null || true
  systemctl restart "$AGENT_UNIT" || true
}

if [ "$state" != installed ]; then
  [ "$state" = staged ] && [ -s "$staged" ] || fail agent-missing "The Agent's program has not arrived on the server." "Press Retry: it is sent again."
  install -m 755 -o root -g root "$staged" "$AGENT_PROGRAM.new"
  if ! said=$(cd / && timeout 30 runuser -u "$FRAPPE_USER" -- env HOME="/home/$FRAPPE_USER" "$AGENT_PROGRAM.new" version 2>&1); then
    rm -f "$AGENT_PROGRAM.new" "$staged"
    printf '%s\n' "$said" | tail -n 20
    fail agent-unusable "The new Agent does not run on this server; the old one was not touched." "This is the hosting company's to mend: the Agent's program beside the portal."
  fi
  echo "The new Agent is $said."
  # The old one keeps a name of its own; then one rename, so that there is always a whole program in its place.
  ln -f "$AGENT_PROGRAM" "$old"
  : > "$switching"
  sync
  mv "$AGENT_PROGRAM.new" "$AGENT_PROGRAM"
  rm -f "$staged"
fi
changed=yes
systemctl restart "$AGENT_UNIT" || true

expected=$(openssl x509 -noout -fingerprint -sha256 -in "$AGENT_CERTIFICATE")
main_pid() { systemctl show --property MainPID --value "$AGENT_UNIT"; }
shows_certificate() { [ "$(timeout 5 openssl s_client -connect "127.0.0.1:$AGENT_PORT" < /dev/null 2> /dev/null | openssl x509 -noout -fingerprint -sha256 2> /dev/null)" = "$expected" ]; }
# Well: the same process for five seconds, and it shows the certificate that the portal has pinned.
is_well() {
  local pid
  pid=$(main_pid)
  [ "${pid:-0}" != 0 ] && shows_certificate || return 1
  sleep 5
  [ "$(main_pid)" = "$pid" ] && shows_certificate
}
if ! wait_for "$HEALTH_SECONDS" is_well; then
  echo "What the new Agent said:"
  journalctl -u "$AGENT_UNIT" -n 30 --no-pager -o cat || true
  put_back
  wait_for "$HEALTH_SECONDS" shows_certificate || fail agent-lost "The new Agent did not come up, and the old one, put back, does not either." "See why: journalctl -u $AGENT_UNIT -n 50"
  fail agent-put-back "The new Agent did not come up; the old one is back and runs." "What the new one said is above. This is the hosting company's to mend: the Agent's program beside the portal."
fi
result "The new Agent runs."
