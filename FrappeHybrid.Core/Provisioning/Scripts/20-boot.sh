# Tells which start of the machine this is, so that a portal that comes back later knows whether it was rebooted: the kernel's own mark, and when
# its first process began (in a container the kernel is another's, and goes on).
fact boot "$(cat /proc/sys/kernel/random/boot_id) $(cut -d' ' -f22 /proc/1/stat)"
result "Up since $(date -u -d "@$(stat -c %Y /proc/1)" '+%Y-%m-%d %H:%M UTC')."
