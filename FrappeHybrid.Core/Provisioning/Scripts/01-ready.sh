# Waits until the machine has finished its first start: cloud-init, and whoever updates packages just now. Then finishes what an interrupted apt left.
lock_is_held() {
  local file inode
  for file in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock; do
    [ -e "$file" ] || continue
    inode=$(stat -c %i "$file")
    if awk -v inode="$inode" '$2 == "POSIX" && $4 == "WRITE" { split($6, part, ":"); if (part[3] == inode) found = 1 } END { exit !found }' /proc/locks; then return 0; fi
  done
  return 1
}
lock_is_free() { ! lock_is_held; }

waited=no
if command -v cloud-init > /dev/null && cloud-init status 2> /dev/null | grep -q 'status: running'; then
  echo "cloud-init is still at work: waiting for it."
  waited=yes
  timeout 900 cloud-init status --wait || true
fi
if lock_is_held; then
  echo "Another program is installing packages: waiting for it."
  waited=yes
  wait_for 900 lock_is_free || fail apt-locked "Another program has kept the package manager locked for 15 minutes." "See which one: ps aux | grep -E 'apt|dpkg|unattended'. When it has ended, press Retry."
fi
if [ -n "$(ls -A /var/lib/dpkg/updates 2> /dev/null)" ]; then
  echo "An installation was interrupted half-way: finishing it."
  changed=yes
  DEBIAN_FRONTEND=noninteractive dpkg --configure -a --force-confdef --force-confold < /dev/null
fi
if [ "$waited" = yes ]; then result "The machine has finished starting; waited for it."; else result "The machine has finished starting."; fi
