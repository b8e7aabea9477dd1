# Signs the Agent's user in to the image registry, once. The password goes by pipes only and ends in Docker's own file (0600).
# FRAPPE_USER DOCKER_CONFIG_FILE REGISTRY REGISTRY_USER REGISTRY_PASSWORD
if [ -z "$REGISTRY_USER" ]; then
  result "The images are public: nothing to sign in to."
  exit 0
fi
# printf is the shell's own, so the password is on no command line.
expected=$(printf '%s:%s' "$REGISTRY_USER" "$REGISTRY_PASSWORD" | base64 -w 0)
stored=
[ ! -e "$DOCKER_CONFIG_FILE" ] || stored=$(jq -r --arg registry "$REGISTRY" '.auths[$registry].auth // ""' "$DOCKER_CONFIG_FILE")
if [ "$stored" != "$expected" ]; then
  folder "${DOCKER_CONFIG_FILE%/*}" 700 "$FRAPPE_USER:$FRAPPE_USER"
  if ! said=$(printf '%s' "$REGISTRY_PASSWORD" | runuser -u "$FRAPPE_USER" -- env HOME="/home/$FRAPPE_USER" docker login --username "$REGISTRY_USER" --password-stdin "$REGISTRY" 2>&1); then
    printf '%s\n' "$said"
    case $said in
      *unauthorized* | *denied* | *401*) fail registry-refused "The registry $REGISTRY does not accept the portal's user and password." "This is the hosting company's to mend: section Provisioning of the portal's configuration." ;;
      *x509* | *certificate*) fail registry-certificate "The registry's certificate is not trusted on this server." "If it is signed by an authority of your own, put that authority's certificate into /usr/local/share/ca-certificates, run update-ca-certificates, restart Docker, then press Retry." ;;
      *) fail registry-unreachable "The registry $REGISTRY cannot be reached." "Check the server's way out to it and its DNS, then press Retry." ;;
    esac
  fi
  chmod 600 "$DOCKER_CONFIG_FILE"
  changed=yes
fi
result "Signed in to $REGISTRY as $REGISTRY_USER."
