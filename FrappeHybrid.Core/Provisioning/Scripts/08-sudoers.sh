# The Agent may do just these two things as root: test nginx's configuration, and have it read again.
# FRAPPE_USER
file=/etc/sudoers.d/frappe-hybrid
rules="# Written by FrappeHybrid.
$FRAPPE_USER ALL=(root) NOPASSWD: /usr/sbin/nginx -t, /usr/bin/systemctl reload nginx"

if [ "$(cat "$file" 2> /dev/null || true)" != "$rules" ]; then
  # Checked before it counts: a broken file in that folder takes sudo from everybody.
  fresh=$(mktemp)
  printf '%s\n' "$rules" > "$fresh"
  visudo -q -c -f "$fresh" || { rm "$fresh"; fail sudoers-refused "sudo does not accept the rules." "Read what it said above."; }
  rm "$fresh"
fi
put "$file" 440 root:root <<< "$rules"
result "$FRAPPE_USER may test and reload nginx, and nothing else as root."
