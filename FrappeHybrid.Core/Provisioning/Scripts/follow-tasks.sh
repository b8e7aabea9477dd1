# Tells again what a unit of run-tasks.sh has said, and then what it goes on to say until it ends. Prints nothing when there is no trace of it.
# UNIT: its name. SECONDS_AT_MOST: how long to follow.
log=/run/frappe-hybrid/$UNIT.log
# Between its start and its first line there is a moment.
for _ in 1 2 3 4 5 6 7 8 9 10; do
  [ -e "$log" ] && break
  systemctl is-active --quiet "$UNIT" || exit 0
  sleep 0.2
done
[ -e "$log" ] || exit 0
pid=$(systemctl show --property MainPID --value "$UNIT")
if [ "${pid:-0}" != 0 ]; then
  exec timeout "$SECONDS_AT_MOST" tail -c +1 -s 0.2 --pid "$pid" -f "$log"
fi
exec cat "$log"
