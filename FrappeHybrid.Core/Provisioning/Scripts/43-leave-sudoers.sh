# Nobody may do anything as root on our behalf.
if [ -e /etc/sudoers.d/frappe-hybrid ]; then
  rm /etc/sudoers.d/frappe-hybrid
  changed=yes
fi
result "Our rules of sudo are gone."
