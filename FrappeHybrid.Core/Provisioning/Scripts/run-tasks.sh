# Runs a play's tasks one after another and stops at the first that fails. Runs inside a unit of systemd's, so that losing the connection, or the
# portal, never stops a half-way apt; everything it says is also kept in a file, from which follow-tasks.sh tells it again.
# Records in $r: this text, the unit's name, the prelude, and then for each task its key, its script, its values ("NAME=value"), an empty record.
# A value becomes a variable of its own task's shell: not of the environment, so that no program that a task calls inherits a secret.
umask 022
export LC_ALL=C.UTF-8 HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
mkdir -p -m 700 /run/frappe-hybrid
find /run/frappe-hybrid \( -name '*.log' -o -name '*.agent' \) -mmin +1440 -delete
exec 9> /run/frappe-hybrid/lock
# Every line for the portal begins with this mark, which no package's output can guess.
read -r mark < /proc/sys/kernel/random/uuid
mark="::$mark"

run_tasks() {
  local i=3 key script status values
  echo "frappe-hybrid-tasks $mark"
  # One play at a time: an earlier one may still be at work although its portal has gone.
  flock -w 3600 9 || { echo "$mark busy"; return; }
  eval "${r[2]}"
  while [ "$i" -lt "${#r[@]}" ]; do
    key=${r[i]} script=${r[i + 1]} values=()
    for ((i += 2; i < ${#r[@]}; i++)); do
      [ -n "${r[i]}" ] || break
      values+=("${r[i]}")
    done
    i=$((i + 1))
    echo "$mark begin $key"
    (
      exec 9>&-
      for value in "${values[@]}"; do declare -g -- "$value"; done
      unset r values value
      set -euo pipefail
      eval "$script"
    ) 2>&1
    status=$?
    echo "$mark end $key $status"
    [ "$status" = 0 ] || break
  done
  echo "$mark done"
}

# tee -p goes on writing the file when nobody reads the pipe any more.
run_tasks | (umask 077; exec tee -p "/run/frappe-hybrid/${r[1]}.log")
