# Takes the Agent's program by standard input, unless it is there already. Says "installed", "staged" (there, but not yet installed) or
# "wanted"; after "wanted" the bytes come, and then it says "staged". What was only half transferred is never taken for the whole.
# The task "agent" waits for that word in a file. First records on standard input: the SHA-256 that it must have, the path of the installed
# program, the path of that file.
set -eu
umask 077
IFS= read -r -d "" sum
IFS= read -r -d "" program
IFS= read -r -d "" state_file
mkdir -p -m 700 "${state_file%/*}"
staged=/var/lib/frappe-hybrid/agent
is_it() { [ -f "$1" ] && [ "$(sha256sum < "$1")" = "$sum  -" ]; }

say() { echo "$1" > "$state_file.new"; mv "$state_file.new" "$state_file"; echo "$1"; }

if is_it "$program"; then say installed; exit 0; fi
if is_it "$staged"; then say staged; exit 0; fi
echo wanted
mkdir -p -m 700 "${staged%/*}"
# Of its own name: an upload that was cut off may still be clearing up behind itself.
fresh=$staged.$$
cat > "$fresh"
is_it "$fresh" || { rm -f "$fresh"; echo "the program did not arrive whole" >&2; exit 1; }
mv "$fresh" "$staged"
say staged
