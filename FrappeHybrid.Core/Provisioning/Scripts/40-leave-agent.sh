# The Agent goes: its unit, its program, its key, its store. The folder with the database server's password stays: the database server uses it.
# AGENT_UNIT AGENT_FOLDER FRAPPE_USER
if [ -e "/etc/systemd/system/$AGENT_UNIT" ]; then
  systemctl disable --now --quiet "$AGENT_UNIT" || true
  rm -f "/etc/systemd/system/$AGENT_UNIT"
  systemctl daemon-reload
  changed=yes
fi
if systemctl is-active --quiet "$AGENT_UNIT"; then fail agent-runs "The Agent does not stop." "See why: systemctl status $AGENT_UNIT. Then press Retry."; fi
if [ -d "$AGENT_FOLDER" ]; then
  find "$AGENT_FOLDER" -mindepth 1 -maxdepth 1 ! -name mariadb -exec rm -rf {} +
  changed=yes
fi
rm -rf /var/lib/frappe-hybrid
case " $(id -nG "$FRAPPE_USER" 2> /dev/null || true) " in
  *" docker "*) gpasswd --delete "$FRAPPE_USER" docker > /dev/null; changed=yes ;;
esac
result "The Agent, its unit and its key are gone; the database server's password stays in $AGENT_FOLDER/mariadb."
