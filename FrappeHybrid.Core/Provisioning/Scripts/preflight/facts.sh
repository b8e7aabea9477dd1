# What the pre-flight looks at, in one go. Reads only: changes nothing, starts nothing, locks nothing.
# A bare server lacks curl, ss, fuser and python, so this uses /proc, bash's /dev/tcp and what every Debian has.
# SECTIONS: which of the sections below to run, or "all". REGISTRY_HOST, REGISTRY_PORT: empty when there is none to try.
# Prints "name=value" lines and "== section" when a section is complete; a name may come several times.
set -u
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

section_system() {
  (. /etc/os-release 2>/dev/null || exit 0; printf 'os_id=%s\nos_version=%s\nos_name=%s\n' "${ID:-}" "${VERSION_ID:-}" "${PRETTY_NAME:-}")
  echo "architecture=$(uname -m)"
  echo "kernel=$(uname -r)"
  if [ -d /run/systemd/system ] && command -v systemd-run > /dev/null; then echo "systemd=$(systemctl is-system-running 2>/dev/null)"; fi
  echo "virtualisation=$(systemd-detect-virt 2>/dev/null)"
  if [ -f /sys/fs/cgroup/cgroup.controllers ]; then echo cgroup=2; elif [ -d /sys/fs/cgroup/memory ]; then echo cgroup=1; fi
  echo "processors=$(getconf _NPROCESSORS_ONLN)"
  awk '/^MemTotal:/ { print "memory_kb=" $2 } /^SwapTotal:/ { print "swap_kb=" $2 }' /proc/meminfo
  local name folder
  for name in home:/home/frappe docker:/var/lib/docker; do
    folder=${name#*:}
    while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
    df -Pk "$folder" | awk -v name="${name%%:*}" 'NR == 2 { printf "disk_%s_kb=%s\ndisk_%s_free_kb=%s\ndisk_%s_mount=%s\n", name, $2, name, $4, name, $6 }'
  done
}

section_users() {
  echo "uid_1000=$(getent passwd 1000 | cut -d: -f1)"
  echo "gid_1000=$(getent group 1000 | cut -d: -f1)"
  echo "frappe_user=$(getent passwd frappe | cut -d: -f3)"
  echo "frappe_group=$(getent group frappe | cut -d: -f3)"
  getent passwd | awk -F: '$3 >= 1000 && $3 < 60000 && $1 != "frappe" && $7 !~ /(nologin|false|sync)$/ { print "login_user=" $1 }' | head -20
}

# The program that listens on a TCP port: by the socket's inode, as lsof does it.
listener() {
  local inode pid
  inode=$(awk -v port="$(printf ':%04X' "$1")" '$4 == "0A" && substr($2, length($2) - 4) == port { print $10; exit }' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  [ -n "$inode" ] || return 0
  pid=$(find /proc/[0-9]*/fd -lname "socket:\[$inode\]" 2>/dev/null | head -1 | cut -d/ -f3)
  if [ -n "$pid" ]; then cat "/proc/$pid/comm"; else echo unknown; fi
}

section_programs() {
  local port path
  for port in 80 443 3306 25052; do echo "port_$port=$(listener $port)"; done
  path=$(command -v docker) && {
    echo "docker_path=$(readlink -f "$path")"
    echo "docker_package=$(dpkg -S "$(readlink -f "$path")" 2>/dev/null | cut -d: -f1)"
    echo "docker_version=$(timeout 10 docker version --format '{{.Server.Version}}' 2>/dev/null)"
    echo "docker_containers=$(timeout 10 docker ps -q --filter label=frappe-hybrid.bench 2>/dev/null | wc -l) $(timeout 10 docker ps -q 2>/dev/null | wc -l)"
  }
  [ -e /etc/docker/daemon.json ] && echo docker_settings=yes
  path=$(command -v nginx) && {
    echo "nginx_version=$("$path" -v 2>&1 | cut -d/ -f2)"
    find /etc/nginx/sites-enabled /etc/nginx/conf.d -mindepth 1 ! -name default ! -name frappe-hybrid.conf -printf 'nginx_site=%f\n' 2>/dev/null | head -20
  }
  for path in mariadb mysql mysqld; do systemctl is-active --quiet "$path" 2>/dev/null && echo "database_service=$path"; done
  [ -e /home/frappe/agent/agent.json ] && echo ours=yes
}

# Who holds a lock that apt or dpkg takes (they use POSIX locks, which /proc/locks shows by inode).
lock_holder() {
  local inode pid
  [ -e "$1" ] || return 0
  inode=$(stat -c %i "$1")
  pid=$(awk -v inode="$inode" '$2 == "POSIX" && $4 == "WRITE" { split($6, parts, ":"); if (parts[3] == inode) { print $5; exit } }' /proc/locks)
  [ -n "$pid" ] && echo "apt_lock=$1 $pid $(cat "/proc/$pid/comm" 2>/dev/null)"
}

section_packages() {
  local file
  command -v apt-get > /dev/null && command -v dpkg > /dev/null && echo apt=yes
  for file in /var/lib/dpkg/lock-frontend /var/lib/dpkg/lock /var/lib/apt/lists/lock /var/cache/apt/archives/lock; do lock_holder "$file"; done
  [ -n "$(ls -A /var/lib/dpkg/updates 2>/dev/null)" ] && echo dpkg_interrupted=yes
  dpkg --audit 2>/dev/null | sed -n 's/^ \([a-z0-9][a-z0-9+.-]*\) .*/dpkg_broken=\1/p' | head -10
  if command -v cloud-init > /dev/null; then
    echo "cloud_init=$(timeout 10 cloud-init status 2>/dev/null | sed -n 's/^status: //p')"
  else
    echo cloud_init=none
  fi
}

section_clock() {
  echo "time=$(date +%s)"
  # Not timedatectl: asking it starts a service.
  local unit
  for unit in systemd-timesyncd chrony chronyd ntp ntpsec openntpd; do
    systemctl is-active --quiet "$unit" 2>/dev/null && echo "clock_keeper=$unit"
  done
}

# Whether a connection comes about: "yes", "no" or "name" when it is already the name that is not found.
reaches() {
  if ! getent ahosts "$1" > /dev/null; then echo name; return; fi
  if timeout 8 bash -c 'exec 3<> "/dev/tcp/$0/$1"' "$1" "$2" 2>/dev/null; then echo yes; else echo no; fi
}

# The addresses in apt's sources, in both of its file formats.
apt_sources() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null | sed -nE 's/^[[:space:]]*deb[[:space:]]+(\[[^]]*\][[:space:]]+)?([^[:space:]]+).*/\2/p'
  cat /etc/apt/sources.list.d/*.sources 2>/dev/null | sed -nE 's/^URIs:[[:space:]]*//p' | tr ' ' '\n'
}

section_network() {
  local proxy address scheme rest host port
  proxy=$(apt-config dump Acquire::http::Proxy 2>/dev/null | sed -n 's/^Acquire::http::Proxy "\(.*\)";$/\1/p')
  if [ -n "$proxy" ]; then echo "$proxy"; else apt_sources; fi | sed -E 's#^([a-z]+://[^/]*).*#\1#' | sort -u | head -4 | while IFS= read -r address; do
    scheme=${address%%://*} rest=${address#*://} rest=${rest%%/*}
    host=${rest##*@} port=
    case $host in *:*) port=${host##*:} host=${host%:*} ;; esac
    case $scheme in http) port=${port:-80} ;; https) port=${port:-443} ;; *) continue ;; esac
    echo "mirror=$host $port $(reaches "$host" "$port")" &
  done | cat
  if [ -n "$REGISTRY_HOST" ]; then echo "registry=$(reaches "$REGISTRY_HOST" "$REGISTRY_PORT")"; fi
  ip -o addr show scope global 2>/dev/null | awk '{ sub("/.*", "", $4); print "own_address=" $4 }' | head -20
}

for section in system users programs packages clock network; do
  case " $SECTIONS " in *" all "* | *" $section "*) "section_$section"; echo "== $section" ;; esac
done
exit 0
