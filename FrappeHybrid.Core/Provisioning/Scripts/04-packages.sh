# Everything from the distribution, in one go. A Docker that is there already, the distribution's or another, is kept.
packages=(ca-certificates jq logrotate nginx prometheus-node-exporter sudo)
command -v dockerd > /dev/null || packages+=(docker.io)
# Where the kernel uses AppArmor, Docker starts no container without its tools.
[ "$(cat /sys/module/apparmor/parameters/enabled 2> /dev/null || true)" != Y ] || packages+=(apparmor)

install_packages "${packages[@]}"
for program in dockerd nginx jq visudo; do
  command -v "$program" > /dev/null || fail package-incomplete "The packages are installed, but the program $program is missing." "Reinstall its package: apt-get install --reinstall ${packages[*]}"
done
if [ "$changed" = yes ]; then result "Installed what was missing of: ${packages[*]}"; else result "All there: ${packages[*]}"; fi
