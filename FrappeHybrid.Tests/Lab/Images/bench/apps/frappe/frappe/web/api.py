"""/api/method/<name>: sign-in, ping, uploads, and every function that is marked with @whitelist."""
import importlib
import inspect
import json

from werkzeug.wrappers import Response

from frappe.exceptions import AuthenticationError, DoesNotExistError, PermissionError
from frappe.sessions import delete_session, start_session
from frappe.users import user_info
from frappe.utils.password import check_password
from frappe.web import files

SHORT_NAMES = {"ping": "frappe.ping"}


def answer(call, method):
    if method == "login":
        return login(call)
    if method == "logout":
        return logout(call)
    if method == "upload_file":
        return as_json({"message": files.upload(call)})
    function = whitelisted(SHORT_NAMES.get(method, method))
    if call.user == "Guest" and not function.allow_guest:
        raise PermissionError(f"Function {function.__module__}.{function.__name__} is not whitelisted.")
    accepted = inspect.signature(function).parameters
    arguments = {name: value for name, value in parameters(call.http).items() if name in accepted}
    result = function(**arguments)
    return as_json({} if result is None else {"message": result})


def whitelisted(path):
    module, _, name = path.rpartition(".")
    try:
        function = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError, ValueError):
        raise DoesNotExistError(f"Failed to get method for command {path}")
    if not getattr(function, "whitelisted", False):
        raise PermissionError(f"Function {path} is not whitelisted.")
    return function


def parameters(http):
    values = {**http.args.to_dict(), **http.form.to_dict()}
    if http.mimetype == "application/json":
        values |= http.get_json(silent=True) or {}
    return values


def login(call):
    given = parameters(call.http)
    user = find_user(call.site.db, given.get("usr", ""))
    info = user_info(call.site.db, user)
    if not info or not info["enabled"] or not check_password(call.site.db, user, given.get("pwd", "")):
        raise AuthenticationError("Invalid login credentials")
    call.sid, call.user = start_session(call.site.db, user, call.address), user
    home = "/app" if info["user_type"] == "System User" else "/me"
    return as_json({"message": "Logged In", "home_page": home, "full_name": info["full_name"]})


def find_user(db, given):
    """By name or by e-mail address, both as the database compares text."""
    return db.value("SELECT `name` FROM `tabUser` WHERE `name` = %s OR `email` = %s LIMIT 1", (given, given)) or given


def logout(call):
    delete_session(call.site.db, call.sid)
    call.sid = call.user = "Guest"
    return as_json({})


def as_json(body):
    return Response(json.dumps(body, separators=(",", ":"), default=str), content_type="application/json")
