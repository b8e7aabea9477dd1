"""Work for the background workers that a test can ask for, and see the effect of."""
import time

import frappe
from frappe.realtime import publish_realtime
from frappe.schema.records import row_name
from frappe.site import current
from frappe.utils import now
from frappe.utils.background_jobs import enqueue


@frappe.whitelist()
def enqueue_note(title="A note from the background", queue="short", seconds="0", until=""):
    """Sends a job to a queue; the worker writes a Note of that title and tells the site's open desks about it.

    The worker works for that many seconds; or, with `until`, no longer than till a Note of that title is there.
    """
    job = enqueue(current(), "frappe.lab.write_note", queue, title=title, seconds=float(seconds), until=until)
    return {"job_id": job.id, "queue": job.origin}


def write_note(title, seconds, until=""):
    db = current().db
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and not (until and _has_note(db, until)):
        time.sleep(min(left, 0.1) if until else left)
    stamp = now()
    db.sql(
        "INSERT INTO `tabNote` (`name`, `creation`, `modified`, `owner`, `modified_by`, `title`, `public`) VALUES (%s, %s, %s, 'Administrator', 'Administrator', %s, 1)",
        (row_name(title, stamp), stamp, stamp, title),
    )
    db.commit()
    publish_realtime("note_written", {"title": title})
    return title


def _has_note(db, title):
    found = db.sql("SELECT 1 FROM `tabNote` WHERE `title` = %s", (title,))
    db.commit()  # the next look is to see what others wrote meanwhile
    return bool(found)
