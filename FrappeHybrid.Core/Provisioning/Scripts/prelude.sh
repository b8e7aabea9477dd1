# What every task's script may use. A task checks, applies only what is missing, verifies, and ends with one result line.
# To try one by hand: (mark=::; . prelude.sh; NAME=value; . NN-task.sh)
changed=no

# The last line: "changed=yes" or "changed=no", and one sentence.
result() { printf '%s result changed=%s %s\n' "$mark" "$changed" "$*"; }

# Something that the portal is to know.
fact() { printf '%s fact %s=%s\n' "$mark" "$1" "$2"; }

# fail <code> <what is wrong> <what to do about it>
fail() { printf '%s error %s\t%s\t%s\n' "$mark" "$1" "$2" "${3:-}"; exit 1; }

# wait_for <seconds> <command>...: until the command succeeds; false when it never did.
wait_for() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.2
  done
}

# put <file> <mode> <user:group>: makes the file hold exactly what comes by standard input; $wrote says whether it had to be written.
# Written beside and renamed, so that nobody ever sees half of it. Not at the end of a pipe: what it sets would be lost there.
put() {
  local content fresh
  content=$(cat; echo x)
  content=${content%x}
  wrote=no
  if [ -f "$1" ] && [ "$(cat "$1"; echo x)" = "${content}x" ]; then
    if [ "$(stat -c '%a %U:%G' "$1")" != "$2 $3" ]; then
      chown "$3" "$1"
      chmod "$2" "$1"
      changed=yes
    fi
    return 0
  fi
  fresh=$(mktemp "$1.XXXXXX")
  printf '%s' "$content" > "$fresh"
  chown "$3" "$fresh"
  chmod "$2" "$fresh"
  mv "$fresh" "$1"
  wrote=yes changed=yes
}

# folder <path> <mode> <user:group>
folder() {
  [ "$(stat -c '%F %a %U:%G' "$1" 2> /dev/null || true)" = "directory $2 $3" ] && return 0
  install -d -m "$2" -o "${3%:*}" -g "${3#*:}" "$1"
  changed=yes
}

# listens <address in hex as in /proc/net/tcp, or .*> <port>
listens() {
  awk -v address="$1" -v port="$(printf '%04X' "$2")" '$4 == "0A" && $2 ~ "^" address ":" port "$" { found = 1 } END { exit !found }' /proc/net/tcp /proc/net/tcp6 2> /dev/null
}

# unit_on <unit>...: enabled and running.
unit_on() {
  local unit
  for unit in "$@"; do
    if [ "$(systemctl show --property ActiveState,UnitFileState --value "$unit" | sort | tr -d '\n')" != activeenabled ]; then
      systemctl enable --now --quiet "$unit" || fail unit-failed "The unit $unit does not start." "See why, and try again: systemctl status $unit; journalctl -u $unit -n 50"
      changed=yes
    fi
  done
}

# install_packages <name>...: only those that are missing. The lists of packages are read anew only when they are old, or when that turns out to be needed.
install_packages() {
  local name installed missing=()
  installed=$(dpkg-query -W -f '|${Package} ${db:Status-Status}|' "$@" 2> /dev/null || true)
  for name in "$@"; do
    case $installed in *"|$name installed|"*) ;; *) missing+=("$name") ;; esac
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  changed=yes
  if ! ls /var/lib/apt/lists/*Packages* > /dev/null 2>&1 || [ -z "$(find /var/lib/apt/lists -maxdepth 0 -mmin -1440)" ]; then
    apt_get update || true
  fi
  apt_get install "${missing[@]}" || { apt_get update && apt_get install "${missing[@]}"; } || explain_apt
}

apt_get() {
  DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 apt-get -q -y --no-install-recommends \
    -o DPkg::Lock::Timeout=900 -o Dpkg::Use-Pty=0 -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Acquire::Retries=2 \
    "$@" < /dev/null 2>&1 | tee /run/frappe-hybrid/apt.txt
}

# Why apt gave up, from what it said last.
explain_apt() {
  local said
  said=$(cat /run/frappe-hybrid/apt.txt)
  case $said in
    *"Could not get lock"* | *"Unable to lock"* | *"Unable to acquire"*) fail apt-locked "Another program kept the package manager locked for 15 minutes." "See which one: ps aux | grep -E 'apt|dpkg|unattended'. When it has ended, press Retry." ;;
    *"No space left"* | *"enough free space"*) fail disk-full "The disk is full." "Make room (apt-get clean; du -xh --max-depth=2 / | sort -h | tail), then press Retry." ;;
    *"Unable to locate package"*) fail package-missing "The distribution's package sources lack a package that is needed." "Make sure that /etc/apt names the main component (on Ubuntu also universe), then press Retry." ;;
    *"Failed to fetch"* | *"Temporary failure resolving"* | *"Could not connect"*) fail mirror-unreachable "The package mirror could not be reached." "Check the server's way out to it and its DNS, then press Retry." ;;
    *"unmet dependencies"* | *"held broken packages"*) fail packages-broken "Packages of this machine stand in each other's way." "Mend it (apt-get -f install), then press Retry." ;;
    *) fail apt-failed "apt-get could not install the packages." "Read its output above; mend the cause, then press Retry." ;;
  esac
}
