# The HTTP side, through the frontend.
get /api/method/ping
expect "ping" all 'status_is 200' '[ "$(cat "$work/body")" = "{\"message\":\"pong\"}" ]'
for header in "X-Frame-Options: SAMEORIGIN" "Strict-Transport-Security: max-age=63072000; includeSubDomains; preload" "X-Content-Type-Options: nosniff" \
  "X-XSS-Protection: 1; mode=block" "Referrer-Policy: same-origin, strict-origin-when-cross-origin"; do
  expect "header ${header%%:*}" header_is "$header"
done
get --host nosuch.test /; expect "an unknown site is 404 from the backend" all 'status_is 404' 'body_has "<p>nosuch.test does not exist</p>"'
get /; expect "home page" all 'status_is 200' 'body_has check.test'
get /no/such/page; expect "a missing page" status_is 404
get /assets/frappe/images/frappe-framework-logo.svg; expect "assets of frappe" status_is 200
get /assets/erpnext/js/setup_wizard.js; expect "assets of erpnext" status_is 200
docker exec "$run-backend" bash -c 'echo lalala > sites/check.test/public/files/a.txt; echo "<p>" > sites/check.test/public/files/a.html; echo mine > sites/check.test/private/files/p.txt'
get /files/a.txt; expect "public files" all 'status_is 200' 'body_has lalala'
get /about.html; expect "the .html redirect keeps to the host" all 'status_is 301' 'header_is "Location: /about"'
get /files/a.svg; expect "... also under files" status_is 404
docker exec "$run-backend" bash -c 'echo "<svg/>" > sites/check.test/public/files/a.svg'
get /files/a.svg; expect "a file that a browser would run comes as an attachment" all 'status_is 200' 'header_is "Content-disposition: attachment"' 'header_is "X-Content-Type-Options: nosniff"'

get /api/method/login -d usr=Administrator -d pwd=bad; expect "a wrong password is 401" all 'status_is 401' 'body_has "Invalid login credentials"'
get /app; expect "the desk sends a guest to the sign-in" all 'status_is 301' 'header_is "Location: /login.*"'
get /private/files/p.txt; expect "private files are nothing for a guest" status_is 403
get /api/method/login -d usr=Administrator -d "pwd=$admin_password" -c "$work/cookies"; expect "sign-in" all 'status_is 200' 'body_has "\"message\":\"Logged In\",\"home_page\":\"/app\""'
sid=$(awk '$6 == "sid" { print $7 }' "$work/cookies")
get /api/method/frappe.auth.get_logged_user -b "sid=$sid"; expect "... lasts" body_has '"message":"Administrator"'
get /private/files/p.txt -b "sid=$sid"; expect "... opens private files" all 'status_is 200' 'body_has mine'
get /app -b "sid=$sid"; expect "... opens the desk" all 'status_is 200' 'body_has ERPNext'
get /api/method/upload_file -b "sid=$sid" -F is_private=0 -F "file=@$lab/README.md"; expect "upload" all 'status_is 200' 'body_has "\"file_url\":\"/files/README.md\""'
bench --site check.test browse --user Administrator; link=$(sed -n 's/.*app?sid=//p' "$work/out")
get "/app?sid=$link"; expect "a link that signs in" all 'status_is 302' 'header_is "Set-Cookie: sid=$link; .*"'

bench --site check.test set-maintenance-mode on
get /api/method/ping; expect "maintenance: 503 for the API" all 'status_is 503' 'body_has SessionStopped'
get /; expect "maintenance: 503 for pages" status_is 503
bench --site check.test set-config allow_reads_during_maintenance 1
get /; expect "... reads may be allowed" status_is 200
get /api/method/login -d usr=Administrator -d "pwd=$admin_password"; expect "... writes are not" all 'status_is 503' 'body_has InReadOnlyMode'
bench --site check.test set-config allow_reads_during_maintenance None
bench --site check.test set-maintenance-mode off
get /api/method/ping; expect "maintenance: over" status_is 200
expect "gunicorn has the documented flags" all 'docker exec "$run-backend" cat /proc/1/cmdline | tr "\0" " " | grep -- "--threads=4 --workers=2 --worker-class=gthread --worker-tmp-dir=/dev/shm --timeout=120 --preload frappe.app:application"'
expect "gunicorn shows the requests" all 'docker logs "$run-backend" 2>&1 | grep "GET /api/method/ping"'
