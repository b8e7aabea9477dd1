# Docker runs, starts with the machine, and the Agent's user may use it.
# FRAPPE_USER
version() { docker version --format '{{.Server.Version}}' 2> /dev/null; }
unit_on docker.service
wait_for 60 version > /dev/null || fail docker-silent "Docker runs but does not answer." "See why: journalctl -u docker -n 50"
case " $(id -nG "$FRAPPE_USER") " in
  *" docker "*) ;;
  *) usermod -aG docker "$FRAPPE_USER"; changed=yes ;;
esac
result "Docker $(version) runs."
