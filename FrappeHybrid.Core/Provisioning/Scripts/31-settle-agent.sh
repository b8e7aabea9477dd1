# Carries out what the portal found when it asked the new Agent through its front door: keep it, or put the old one back.
# AGENT_PROGRAM AGENT_UNIT AGENT_CERTIFICATE AGENT_PORT HEALTH_SECONDS VERDICT
old=$AGENT_PROGRAM.old
switching=/var/lib/frappe-hybrid/agent-switching
if [ "$VERDICT" = healthy ]; then
  rm -f "$switching"
  result "The new Agent stays; the old one is kept beside it."
  exit 0
fi
# Nothing was switched, so there is nothing to put back.
[ -e "$switching" ] || fail agent-unwell "The Agent is not well: $VERDICT" "See why: journalctl -u $AGENT_UNIT -n 50"
journalctl -u "$AGENT_UNIT" -n 30 --no-pager -o cat || true
if [ -s "$old" ]; then
  mv "$old" "$AGENT_PROGRAM"
  rm -f "$switching"
  systemctl restart "$AGENT_UNIT" || true
fi
expected=$(openssl x509 -noout -fingerprint -sha256 -in "$AGENT_CERTIFICATE")
shows_certificate() { [ "$(timeout 5 openssl s_client -connect "127.0.0.1:$AGENT_PORT" < /dev/null 2> /dev/null | openssl x509 -noout -fingerprint -sha256 2> /dev/null)" = "$expected" ]; }
wait_for "$HEALTH_SECONDS" shows_certificate || fail agent-lost "The new Agent was not well, and the old one, put back, does not come up." "See why: journalctl -u $AGENT_UNIT -n 50"
fail agent-put-back "The new Agent was not well; the old one is back and runs. $VERDICT" "This is the hosting company's to mend: the Agent's program beside the portal."
