"""The WSGI application that gunicorn serves: frappe.app:application."""
import json
import traceback
from datetime import datetime, timezone

from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Request, Response

from frappe.exceptions import SessionStopped
from frappe.sessions import LIFETIME, user_of
from frappe.site import Site
from frappe.users import user_info
from frappe.web import api, files, pages
from frappe.web.request import Call, make_current


@Request.application
def application(http):
    name = http.headers.get("X-Frappe-Site-Name") or http.host.split(":")[0]
    try:
        site = Site(name)
    except NotFound as error:
        return error
    with site.as_current():
        try:
            refuse_in_maintenance(site)
        except SessionStopped as error:
            return failure(http, error)
        # A broken site gets no further than this, and gunicorn's bare 500: so it is with the real one.
        call = identify(http, site)
        make_current(call)
        try:
            response = answer(call)
            site.db.commit()
        except HTTPException as error:
            return error
        except Exception as error:
            site.db.rollback()
            return failure(http, error)
        return with_cookies(call, response)


def refuse_in_maintenance(site):
    """With allow_reads_during_maintenance whoever only reads is served on."""
    if not site.in_maintenance:
        return
    if not int(site.config.get("allow_reads_during_maintenance") or 0):
        raise SessionStopped("Session Stopped")
    site.db.begin_read_only()


def identify(http, site):
    sid = http.values.get("sid") or http.cookies.get("sid") or "Guest"
    user = user_of(site.db, sid)
    return Call(http, site, sid if user != "Guest" else "Guest", user)


def answer(call):
    path = call.http.path
    if path.startswith("/api/method/"):
        return api.answer(call, path.removeprefix("/api/method/"))
    if path.startswith(("/private/files/", "/backups/")):
        return files.answer(call, path)
    return pages.answer(call, path)


def failure(http, error):
    """Calls of the API get the error as JSON, with the traceback; pages get a page."""
    status = getattr(error, "http_status", 500)
    if not http.path.startswith("/api/"):
        return pages.error_page(status, str(error))
    kind = type(error)
    trace = "".join(traceback.format_exception(kind, error, error.__traceback__))
    body = {"exception": f"{kind.__module__}.{kind.__name__}" + (f": {error}" if str(error) else ""), "exc_type": kind.__name__, "exc": json.dumps([trace])}
    if status == 401:
        body = {"message": str(error), **body, "exception": f"{kind.__module__}.{kind.__name__}"}
    return Response(json.dumps(body, separators=(",", ":")), status=status, content_type="application/json")


def with_cookies(call, response):
    info = user_info(call.site.db, call.user)
    response.set_cookie("sid", call.sid, max_age=int(LIFETIME.total_seconds()), expires=datetime.now(timezone.utc) + LIFETIME, httponly=True, samesite="Lax")
    values = {"system_user": "yes" if info["user_type"] == "System User" else "no", "full_name": info["full_name"], "user_id": call.user, "user_image": ""}
    for name, value in values.items():
        response.set_cookie(name, value, samesite="Lax")
    return response
