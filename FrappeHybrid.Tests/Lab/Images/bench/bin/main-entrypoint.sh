#!/usr/bin/env bash
# Assets belong to the image, not to the volume: a new image brings its own.
set -e
echo "Linking fresh assets to volume..."
rm -rf /home/frappe/frappe-bench/sites/assets
ln -s /home/frappe/frappe-bench/assets /home/frappe/frappe-bench/sites/assets
exec "$@"
