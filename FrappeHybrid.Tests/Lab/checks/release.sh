# The next release over the same volumes: patches that fail, and that don't.
image=$(from_lab '.releases[] | select(.version == "15.51.0").localImage')
expect "the image says its version" all '[ "$(docker image inspect -f "{{index .Config.Labels \"org.opencontainers.image.version\"}}" "$image")" = 15.51.0 ]'
remove_services; start_services 15.51.0
get /api/method/ping; expect "15.51.0 serves a site of 15.50.0" status_is 200
bench --site check.test set-config lab_fail_patch 1
bench --site check.test migrate; expect "a patch that fails ends migrate" all 'code_is 1' "last_error 'pymysql.err.OperationalError: (1054, *'" 'says "Executing frappe.patches.v15_51."'
bench --site check.test set-config lab_fail_patch None
bench --site check.test set-config lab_fail_migrate_once 1
bench --site check.test migrate; expect "a migrate that fails once" all 'code_is 1' "last_error 'pymysql.err.OperationalError: (1205, *'"
bench --site check.test migrate; expect "... and goes through then" all 'code_is 0' 'says "Success: Done in"'
bench --site check.test migrate; expect "patches run once" all 'code_is 0' '! says "Executing"'
bench --site check.test list-apps; expect "list-apps knows the new versions" says "erpnext 15.51.0 UNVERSIONED"
expect "... the new table is there" all 'sql "select count(*) from check_db.\`tabDelivery Report\`"'
bench --site check.test set-config lab_fail_clear_cache 1
bench --site check.test clear-cache; expect "a clear-cache that fails once" all 'code_is 1' "last_error 'redis.exceptions.ConnectionError: *'"
bench --site check.test clear-cache; expect "... and goes through then" code_is 0

# A folder with something in it, as a bind mount would be: Docker fills and hands over only empty volumes.
docker volume create --label "$label" "$run-root" > /dev/null
docker run --rm --user root --entrypoint sh -v "$run-root:/folder" "$image" -c 'touch /folder/apps.txt && chown root:root /folder'
docker run --rm -v "$run-root:/home/frappe/frappe-bench/sites" "$image" true > "$work/out" 2> "$work/err"; code=$?
expect "a sites folder of root's stops the entry point" all 'code_is 1' "last_error '*/home/frappe/frappe-bench/sites/assets*: Permission denied'"
