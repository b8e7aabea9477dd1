# Backup, restore, and what a cut-off dump does.
folder=sites/check.test/private/backups
latest() { docker exec "$run-backend" bash -c "ls $folder/*-check_test-$1 | tail -1"; }
in_bench() { docker exec "$run-backend" bash -c "$1"; }

bench --site check.test backup --with-files
expect "backup" all 'code_is 0' 'says "Backup for Site check.test has been successfully completed with files"' 'says "Public  : ./check.test/private/backups/"'
dump=$(latest database.sql.gz)
expect "... begins with the framework's version" all 'in_bench "gzip -cd $dump | head -3" | grep -x -- "-- version = 15.50.0"'
expect "... ends with the word of the dump" all 'in_bench "gzip -cd $dump | tail -1" | grep "^-- Dump completed on"'
expect "... is named by the site's own time" all '[[ $(basename "$dump") == $(TZ=Asia/Kolkata date +%Y%m%d)_* ]]'
expect "... has the files" all 'in_bench "tar tf $(latest files.tar)" | grep -x "./check.test/public/files/a.txt"'
bench --site check.test execute frappe.utils.backups.fetch_latest_backups; expect "fetch_latest_backups" all '[ "$(jq -r .database "$work/out")" = "./${dump#sites/}" ]'

sql "delete from check_db.tabNote"; in_bench "rm sites/check.test/public/files/a.txt"
bench --site check.test restore "$PWD/nothing.sql.gz" --db-root-password "$root_password"; expect "restore: a missing file" all 'code_is 1' 'says "not found."'
bench --site check.test restore "/home/frappe/frappe-bench/$dump" --db-root-password "$root_password" --with-public-files "/home/frappe/frappe-bench/$(latest files.tar)"
expect "restore" all 'code_is 0' 'says "Site check.test has been restored with files"' 'says "*** Scheduler is enabled ***"'
expect "... brings rows and files back" all '[ "$(sql "select count(*) from check_db.tabNote")" = 1 ]' 'in_bench "test -f sites/check.test/public/files/a.txt"'
expect "... and adds a user at this container's address" all '[ "$(sql "select count(*) from mysql.user where user = \"check_db\"")" = 2 ]'

bench new-site cut.test --db-root-password "$root_password" --admin-password x --mariadb-user-host-login-scope=%
in_bench "head -c 30000 $dump > /tmp/cut.sql.gz"
bench --site cut.test restore /tmp/cut.sql.gz --db-root-password "$root_password"; expect "restore: a cut-off dump" all 'code_is 1' '[ "$(tail -1 "$work/out")" = "Command failed" ]'
bench --site cut.test list-apps; expect "... has cost the old database" all 'code_is 1' "last_error 'pymysql.err.ProgrammingError: (1146, *'"
bench drop-site cut.test --db-root-password "$root_password" --no-backup
expect "drop-site" all 'code_is 0' 'says "Moving site to archive under /home/frappe/frappe-bench/archived/sites"' 'in_bench "test -d archived/sites/cut.test && ! test -e sites/cut.test"'
expect "... drops database and user" all '[ "$(sql "select count(*) from mysql.user where user like \"\\_%\"")" = 0 ]'
