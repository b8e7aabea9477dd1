# Names and small words that the lab's commands share. Sourced, not run.
images="$lab/Images"
root=$(cd "$lab/../.." && pwd)
artifacts="$root/artifacts/lab"
network=frappe-hybrid-lab
mkdir -p "$artifacts"

say() { echo "lab: $*"; }
die() { echo "lab: $*" >&2; exit 1; }
has() { command -v "$1" > /dev/null 2>&1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

# What must outlive a checkout: several checkouts share one Docker engine, and with it one registry and one certificate authority.
open_state() {
  local folder
  for folder in /var/lib/frappe-hybrid-lab "${XDG_STATE_HOME:-$HOME/.local/state}/frappe-hybrid-lab"; do
    if mkdir -p "$folder" 2> /dev/null && [ -w "$folder" ]; then state=$folder; return; fi
  done
  die "No folder to keep the lab's state in: neither /var/lib nor ~/.local/state can be written."
}

# remove_run <id>: containers, networks and volumes that carry the label of this run.
remove_run() { local filter="label=frappe-hybrid.lab.run=$1" found
  found=$(docker ps -a -q --filter "$filter"); [ -z "$found" ] || docker rm -f -v $found > /dev/null
  found=$(docker network ls -q --filter "$filter"); [ -z "$found" ] || docker network rm $found > /dev/null
  found=$(docker volume ls -q --filter "$filter"); [ -z "$found" ] || docker volume rm $found > /dev/null
}

# Whether the process lives: one that was killed and that nobody has buried yet still has a number.
lives() { local state; state=$(sed 's/.*) //' "/proc/$1/stat" 2> /dev/null | cut -c1) && [ -n "$state" ] && [ "$state" != Z ]; }
