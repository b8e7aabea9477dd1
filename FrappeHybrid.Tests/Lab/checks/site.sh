# The command line: new sites, their failures, configuration, apps.
bench version; expect "version" all 'code_is 0' 'says "frappe 15.50.0"'
bench frobnicate; expect "an unknown command is a usage error" all 'code_is 2' 'last_error "Error: No such command '\''frobnicate'\''."'
bench --site nosuch.test list-apps; expect "a missing site is named on standard output" all 'code_is 1' 'says "Site nosuch.test does not exist!"'

bench new-site broken.test --db-root-password wrong --admin-password x --mariadb-user-host-login-scope=%
expect "new-site, wrong root password: 1045 as the last line" all 'code_is 1' "last_error 'pymysql.err.OperationalError: (1045, \"Access denied for user *'"
expect "... and the half-made folder stays" docker exec "$run-backend" test -f sites/broken.test/site_config.json
bench new-site broken.test --db-root-password "$root_password" --admin-password x
expect "... so that a second try is told it exists" all 'code_is 1' 'says "Site broken.test already exists"'
get --host broken.test /api/method/ping; expect "... and HTTP for it is 500" status_is 500
docker exec "$run-backend" rm -rf sites/broken.test
bench new-site closed.test; expect "new-site, closed standard input: Aborted!" all 'code_is 1' 'last_error "Aborted!"'
docker exec "$run-backend" rm -rf sites/closed.test

# What a careful caller does: a user with only the rights that it takes, passwords on standard input.
sql "create user maker@'%' identified by 'maker-secret'; grant reload, create user on *.* to maker@'%'; grant all on \`check_db\`.* to maker@'%' with grant option"
bench -i new-site check.test --db-root-username maker --db-name check_db --mariadb-user-host-login-scope=% \
  < <(printf 'maker-secret\n%s\n%s\n' "$admin_password" "$admin_password")
expect "new-site by a limited user, passwords on standard input" all 'code_is 0' '[ "$(tail -1 "$work/out")" = "*** Scheduler is disabled ***" ]'
expect "... with 335 frames of progress" all '[ "$(tr -cd "\r" < "$work/out" | wc -c)" = 335 ]'
expect "... 227 tables in utf8mb4_unicode_ci" all '[ "$(sql "select count(*) from information_schema.tables where table_schema = \"check_db\" and table_collation = \"utf8mb4_unicode_ci\"")" = 227 ]'
expect "... its user may come from anywhere" all 'sql "show grants for check_db@\"%\"" | grep -qF "GRANT ALL PRIVILEGES ON \`check_db\`.* TO \`check_db\`@\`%\`"'
expect "... no password in bench.log" all '! docker exec "$run-backend" grep -e maker-secret -e "$admin_password" logs/bench.log'
expect "... files of 1000:1000, configuration readable" all '[ "$(docker exec "$run-backend" stat -c %u:%g:%a sites/check.test/site_config.json)" = 1000:1000:644 ]'

bench --site check.test list-apps -f json; expect "list-apps is empty before the first migrate" all '[ "$(jq -c . "$work/out")" = "{\"check.test\":[]}" ]'
bench --site check.test migrate; expect "migrate" all 'code_is 0' 'says "Queued rebuilding of search index for check.test"'
bench --site check.test list-apps -f json; expect "... fills list-apps" all '[ "$(jq -c . "$work/out")" = "{\"check.test\":[\"frappe\"]}" ]'
expect "... and lists the tables it touched" docker exec "$run-backend" jq -e 'index("tabInstalled Application")' sites/check.test/touched_tables.json
bench --site check.test install-app erpnext; expect "install-app" all 'code_is 0' 'says "Installing erpnext..."' '[ "$(sql "select count(*) from information_schema.tables where table_schema = \"check_db\"")" = 249 ]'
bench --site check.test set-config -p max_file_size 5; bench --site check.test show-config -f json
expect "set-config, show-config" all '[ "$(jq ".[\"check.test\"].max_file_size" "$work/out")" = 5 ]'
bench --site check.test enable-scheduler; bench --site check.test scheduler status -f json
expect "the scheduler's switch" all '[ "$(cat "$work/out")" = "{\"status\": \"enabled\", \"site\": \"check.test\"}" ]'
bench --site check.test doctor; expect "doctor counts the workers" says "Workers online: 2"
