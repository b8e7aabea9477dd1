# The sign-in at the hosting company's registry goes, with everything else in that file: the user is ours alone.
# DOCKER_CONFIG_FILE
if [ -e "$DOCKER_CONFIG_FILE" ]; then
  rm "$DOCKER_CONFIG_FILE"
  rmdir --ignore-fail-on-non-empty "${DOCKER_CONFIG_FILE%/*}"
  changed=yes
fi
result "The server is signed out."
