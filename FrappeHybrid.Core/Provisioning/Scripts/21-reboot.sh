# Tells the machine to reboot, a moment after this has been told: the word must get out first. Told again after it has happened, it does nothing.
# BOOT_BEFORE
if [ -n "$BOOT_BEFORE" ] && [ "$(cat /proc/sys/kernel/random/boot_id) $(cut -d' ' -f22 /proc/1/stat)" != "$BOOT_BEFORE" ]; then
  result "The machine has been restarted already."
  exit 0
fi
sync
systemd-run --quiet --collect --on-active=2 --timer-property=AccuracySec=100ms systemctl reboot
changed=yes
result "The machine goes down in two seconds."
