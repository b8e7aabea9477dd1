# The distribution's nginx serves the sites whose entries the Agent writes. A name that is no site's gets a plain 404.
# NGINX_INCLUDES
default=/etc/nginx/sites-enabled/default
# The distribution's own example page stands on port 80 for every name. Taken out only as the package brought it.
if [ -L "$default" ]; then
  shipped=$(dpkg-query -W -f '${Conffiles}\n' nginx-common nginx 2> /dev/null | awk '$1 == "/etc/nginx/sites-available/default" { print $2; exit }')
  if [ -n "$shipped" ] && [ "$(md5sum < /etc/nginx/sites-available/default)" = "$shipped  -" ]; then
    rm "$default"
    changed=yes
  fi
fi

# A machine without IPv6 refuses the whole configuration for such a line.
ipv6=
[ ! -e /proc/net/if_inet6 ] || ipv6='listen [::]:80 default_server;'
# The owner may have set the sizes already, and nginx takes each of them only once.
sizes=
for size in 'server_names_hash_bucket_size 128' 'server_names_hash_max_size 4096'; do
  grep -rqsE "^[[:space:]]*${size% *}[[:space:]]" /etc/nginx/nginx.conf /etc/nginx/conf.d --include '*.conf' --exclude frappe-hybrid.conf || sizes+="$size;"$'\n'
done

file=/etc/nginx/conf.d/frappe-hybrid.conf
old=
[ ! -e "$file" ] || old=$(cat "$file")
put "$file" 644 root:root << CONF
# Written by FrappeHybrid; changes by hand are lost.
${sizes}server_tokens off;

map \$http_upgrade \$frappe_hybrid_connection {
    default upgrade;
    ''      close;
}

# Whoever asks for a name that is no site's.
server {
    listen 80 default_server;
    $ipv6
    server_name _;
    access_log off;
    default_type text/plain;
    return 404 "There is no site of this name on this server.\n";
}

include $NGINX_INCLUDES;
CONF
if [ "$changed" = yes ]; then
  if ! said=$(nginx -t 2>&1); then
    printf '%s\n' "$said"
    if [ -n "$old" ]; then printf '%s\n' "$old" > "$file"; else rm "$file"; fi
    case $said in
      *"duplicate default server"*) fail nginx-default-taken "Another configuration of nginx on this machine is the default on port 80." "Take \"default_server\" out of it (grep -rn default_server /etc/nginx), then press Retry." ;;
      *) fail nginx-refused "nginx does not accept its configuration; ours was taken out again." "Read what it said above, mend it (nginx -t), then press Retry." ;;
    esac
  fi
fi
unit_on nginx.service
[ "$wrote" = no ] || systemctl reload nginx
listens '.*' 80 || wait_for 10 listens '.*' 80 || fail nginx-not-listening "nginx runs but does not listen on port 80." "See why: journalctl -u nginx -n 50; tail /var/log/nginx/error.log"
result "nginx listens on port 80."
