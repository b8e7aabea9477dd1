# nginx no longer serves our sites: our part of its configuration goes, and the sites' entries. nginx itself is the customer's.
# BENCHES_FOLDER
file=/etc/nginx/conf.d/frappe-hybrid.conf
if [ -e "$file" ]; then
  mv "$file" "$file.going"
  if ! said=$(nginx -t 2>&1); then
    mv "$file.going" "$file"
    printf '%s\n' "$said"
    fail nginx-refused "nginx does not accept its configuration without our part; nothing was changed." "Mend it (nginx -t says where), then press Retry."
  fi
  rm "$file.going"
  systemctl reload nginx || true
  changed=yes
fi
for folder in "$BENCHES_FOLDER"/*/nginx; do
  [ -d "$folder" ] || continue
  rm -rf "$folder"
  changed=yes
done
result "nginx knows nothing of our sites any more."
