# The user of everything, with the ids that bench images use, and its folders. No password, so nobody signs in as it.
# FRAPPE_USER FRAPPE_ID AGENT_FOLDER BENCHES_FOLDER ARCHIVED_FOLDER
owner=$({ getent passwd "$FRAPPE_ID" || true; } | cut -d: -f1)
[ -z "$owner" ] || [ "$owner" = "$FRAPPE_USER" ] ||
  fail uid-taken "The user id $FRAPPE_ID belongs to $owner." "Bench images need it. Move that user away (usermod -u 2000 $owner; groupmod -g 2000 $owner; chown -R 2000:2000 /home/$owner) or remove it (deluser --remove-home $owner), then press Retry."
group=$({ getent group "$FRAPPE_ID" || true; } | cut -d: -f1)
[ -z "$group" ] || [ "$group" = "$FRAPPE_USER" ] ||
  fail gid-taken "The group id $FRAPPE_ID belongs to $group." "Bench images need it. Move that group away: groupmod -g 2000 $group. Then press Retry."

if [ -z "$group" ]; then groupadd --gid "$FRAPPE_ID" "$FRAPPE_USER"; changed=yes; fi
if [ -z "$owner" ]; then useradd --uid "$FRAPPE_ID" --gid "$FRAPPE_ID" --create-home --home-dir "/home/$FRAPPE_USER" --shell /bin/bash "$FRAPPE_USER"; changed=yes; fi
[ "$(id -u "$FRAPPE_USER"):$(id -g "$FRAPPE_USER")" = "$FRAPPE_ID:$FRAPPE_ID" ] || fail user-wrong "The user $FRAPPE_USER does not have the ids $FRAPPE_ID:$FRAPPE_ID." "usermod -u $FRAPPE_ID $FRAPPE_USER; groupmod -g $FRAPPE_ID $FRAPPE_USER; chown -R $FRAPPE_ID:$FRAPPE_ID /home/$FRAPPE_USER. Then press Retry."

# nginx passes through the first; the Agent's own folder holds keys.
folder "/home/$FRAPPE_USER" 751 "$FRAPPE_USER:$FRAPPE_USER"
folder "$AGENT_FOLDER" 700 "$FRAPPE_USER:$FRAPPE_USER"
folder "$BENCHES_FOLDER" 755 "$FRAPPE_USER:$FRAPPE_USER"
folder "$ARCHIVED_FOLDER" 700 "$FRAPPE_USER:$FRAPPE_USER"
result "$FRAPPE_USER has the ids $FRAPPE_ID:$FRAPPE_ID and its folders."
