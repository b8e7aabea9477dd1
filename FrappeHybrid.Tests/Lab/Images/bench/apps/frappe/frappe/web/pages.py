"""The few pages of a site: home, sign-in, desk, errors."""
from html import escape
from importlib import import_module
from pathlib import Path
from string import Template

from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from frappe.installer import installed_apps
from frappe.users import user_info

TEMPLATES = Path(__file__).parent / "templates"


def answer(call, path):
    path = path.rstrip("/") or "/"
    if path in ("/", "/index", "/home", "/me"):
        return page("home", call, sign_in=home_link(call))
    if path == "/login":
        return redirect("/app", 302) if call.user != "Guest" else page("login", call)
    if path == "/app" or path.startswith("/app/"):
        return desk(call)
    return error_page(404, f"The page {path} does not exist", call)


def home_link(call):
    if call.user == "Guest":
        return '<a class="button" href="/login">Log in</a>'
    return '<a class="button" href="/app">Open the desk</a>'


def desk(call):
    if call.user == "Guest":
        return Response(status=301, headers={"Location": "/login?redirect-to=%2Fapp"}, content_type="text/html; charset=utf-8")
    if call.http.args.get("sid"):
        # Signed in by a link: the cookie has it now, the address bar need not.
        return redirect("/app", 302)
    db = call.site.db
    counts = {
        "Tables": len(db.tables()),
        "Users": db.value("SELECT COUNT(*) FROM `tabUser`"),
        "Notes": db.value("SELECT COUNT(*) FROM `tabNote`"),
        "Jobs run": db.value("SELECT COUNT(*) FROM `tabScheduled Job Log`"),
    }
    tiles = "".join(f"<li><b>{number}</b><span>{label}</span></li>" for label, number in counts.items())
    return page("desk", call, user=escape(user_info(db, call.user)["full_name"]), tiles=tiles)


def page(name, call, status=200, **values):
    db = call.site.db
    apps = "".join(f"<li><b>{escape(import_module(app).app_title)}</b><span>{escape(import_module(app).__version__)}</span></li>" for app in installed_apps(db))
    return render(name, status, site=escape(call.site.name), apps=apps, **values)


def render(name, status, **values):
    body = Template((TEMPLATES / f"{name}.html").read_text()).substitute(values)
    html = Template((TEMPLATES / "base.html").read_text()).substitute(title=values.get("site", "Frappe"), body=body)
    response = Response(html, status=status, content_type="text/html; charset=utf-8")
    response.headers["X-Page-Name"] = name
    response.headers["X-From-Cache"] = "False"
    return response


def error_page(status, text, call=None):
    return render("error", status, code=status, text=escape(text), site=escape(call.site.name) if call else "Frappe")
