# Websocket service and workers. The Origin has the port here: the frontend is not on 80.
polling() { curl -s -m 20 -H 'Host: check.test' -H "Origin: ${origin:-http://check.test:8080}" -H 'X-Frappe-Site-Name: check.test' -b "sid=$sid" "$@"; }
handshake() { session=$(polling "http://$socket/socket.io/?EIO=4&transport=polling" | sed 's/^0//' | jq -r .sid); }
send() { polling -X POST --data-binary "$1" "http://$socket/socket.io/?EIO=4&transport=polling&sid=$session"; }
receive() { polling "http://$socket/socket.io/?EIO=4&transport=polling&sid=$session" | tee "$work/said-back"; }

get '/socket.io/?EIO=4&transport=polling'; expect "socket.io: handshake through the frontend" all 'status_is 200' 'body_has "\"upgrades\":[\"websocket\"]"'
handshake; send "40/check.test," > /dev/null
expect "socket.io: the site's namespace, signed in" all 'receive | grep "^40/check.test,{\"sid\""'
bench --site check.test execute frappe.lab.enqueue_note --kwargs '{"title": "From the check"}'
expect "a job goes into Frappe's queue" all 'code_is 0' 'says "home-frappe-frappe-bench:short"'
expect "... and its event reaches the browser" all 'receive | grep "^42/check.test,\[\"note_written\",{\"title\":\"From the check\"}\]"'
expect "... because a worker has run it" all '[ "$(sql "select count(*) from check_db.tabNote where title = \"From the check\"")" = 1 ]'
expect "... and shows so" all '(docker logs "$run-queue-short"; docker logs "$run-queue-long") 2>&1 | grep "frappe.utils.background_jobs.execute_job"'
origin=http://other.test:8080; handshake; send "40/check.test," > /dev/null
expect "socket.io: another origin is refused" all 'receive | grep "44/check.test,{\"message\":\"Invalid origin\"}"'
origin=http://check.test:81; handshake; send "40/check.test," > /dev/null
expect "socket.io: an origin that does not answer" all 'receive | grep "44/check.test,{\"message\":\"Unauthorized: .*ECONNREFUSED"'
origin=
docker stop -t 2 "$run-redis-queue" > /dev/null
expect "the websocket service ends with 1 when redis_queue goes" all '[ "$(timeout 10 docker wait "$run-websocket")" = 1 ]'
get /api/method/ping; expect "... the rest goes on" status_is 200
docker start "$run-redis-queue" "$run-websocket" > /dev/null
