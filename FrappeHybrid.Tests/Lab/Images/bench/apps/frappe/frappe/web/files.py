"""Uploads, and files that only some may have: nginx sends those, this only says whether it may."""
import hashlib
from pathlib import PurePosixPath

from werkzeug.exceptions import NotFound
from werkzeug.utils import secure_filename
from werkzeug.wrappers import Response

from frappe.exceptions import PermissionError
from frappe.schema.records import row_name
from frappe.utils import now


def answer(call, path):
    """/private/files/... for everybody who is signed in, /backups/... for the Administrator."""
    if call.user == "Guest" or (path.startswith("/backups/") and call.user != "Administrator"):
        raise PermissionError("You don't have permission to access this file")
    relative = PurePosixPath("private", *[part for part in PurePosixPath(path).parts if part not in ("/", "private")])
    if ".." in relative.parts or not (call.site.path / relative).is_file():
        raise NotFound()
    response = Response(content_type="application/octet-stream")
    if call.http.headers.get("X-Use-X-Accel-Redirect"):
        response.headers["X-Accel-Redirect"] = f"/protected/{relative}"
        del response.headers["Content-Type"]
    else:
        response.data = (call.site.path / relative).read_bytes()
    return response


def upload(call):
    if call.user == "Guest":
        raise PermissionError("Only signed-in users may upload files")
    sent = call.http.files["file"]
    private = call.http.form.get("is_private") in ("1", "true")
    name, content = secure_filename(sent.filename), sent.read()
    folder = call.site.path / ("private" if private else "public") / "files"
    (folder / name).write_bytes(content)
    url = f"/private/files/{name}" if private else f"/files/{name}"
    stamp = now()
    row = {
        "name": row_name(name, stamp), "owner": call.user, "creation": stamp, "modified": stamp, "modified_by": call.user, "docstatus": 0, "idx": 0,
        "file_name": name, "is_private": int(private), "file_type": (name.rpartition(".")[2] or "").upper(), "is_home_folder": 0, "is_attachments_folder": 0,
        "file_size": len(content), "file_url": url, "folder": "Home", "is_folder": 0, "content_hash": hashlib.md5(content).hexdigest(),
    }
    columns = ", ".join(f"`{column}`" for column in row)
    call.site.db.sql(f"INSERT INTO `tabFile` ({columns}) VALUES ({', '.join(['%s'] * len(row))})", tuple(row.values()))
    return {**row, "doctype": "File"}
