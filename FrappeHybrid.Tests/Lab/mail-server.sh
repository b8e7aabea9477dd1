# The mail server of the tests: exim from the distribution's packages. Sourced, not run.

# Unpacked beside the lab's state and not installed: installing would take the machine's own mail server away and start this one.
install_mail_server() {
  local folder="$state/exim" deb
  if [ ! -x "$folder/usr/sbin/exim4" ]; then
    has apt-get || die "The mail tests need exim4-daemon-light, and this machine has no apt-get to fetch it with."
    say "fetching exim4-daemon-light"
    rm -rf "$folder.new"; mkdir -p "$folder.new/packages/partial"
    as_root apt-get update -q >> "$artifacts/apt.log" 2>&1 || true
    as_root apt-get install -y --download-only --reinstall --no-install-recommends -o "Dir::Cache::archives=$folder.new/packages" exim4-daemon-light >> "$artifacts/apt.log" 2>&1 ||
      die "apt-get could not fetch exim4-daemon-light: see $artifacts/apt.log"
    for deb in "$folder.new"/packages/*.deb; do dpkg-deb -x "$deb" "$folder.new"; done
    as_root rm -rf "$folder.new/packages"
    chmod u-s "$folder.new/usr/sbin/exim4"
    rm -rf "$folder"; mv "$folder.new" "$folder"
  fi
  # exim looks for this user, whoever it runs as.
  id Debian-exim > /dev/null 2>&1 || as_root useradd --system --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin Debian-exim
  ln -sfn "$folder" "$artifacts/exim"
}
