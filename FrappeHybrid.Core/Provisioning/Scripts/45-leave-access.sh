# The portal's key goes last; this connection still stands. Other keys in the file stay as they are.
# PUBLIC_KEY SSH_USER
file=$(getent passwd "$SSH_USER" | cut -d: -f6)/.ssh/authorized_keys
# By the key itself: the owner may have put options before it or another comment behind it.
key=$(cut -d' ' -f2 <<< "$PUBLIC_KEY")
if [ -n "$key" ] && [ -e "$file" ] && grep -qF -- "$key" "$file"; then
  fresh=$(mktemp "$file.XXXXXX")
  grep -vF -- "$key" "$file" > "$fresh" || true
  chown --reference="$file" "$fresh"
  chmod --reference="$file" "$fresh"
  mv "$fresh" "$file"
  changed=yes
fi
result "The portal's key is gone; it can no longer sign in."
