"""Work for the background workers that a test can ask for, and see the effect of."""
import time

import frappe
from frappe.realtime import publish_realtime
from frappe.schema.records import row_name
from frappe.site import current
from frappe.utils import now
from frappe.utils.background_jobs import enqueue


@frappe.whitelist()
def enqueue_note(title="A note from the background", queue="short", seconds="0"):
    """Sends a job to a queue; the worker writes a Note of that title and tells the site's open desks about it."""
    job = enqueue(current(), "frappe.lab.write_note", queue, title=title, seconds=float(seconds))
    return {"job_id": job.id, "queue": job.origin}


def write_note(title, seconds):
    time.sleep(seconds)
    stamp = now()
    db = current().db
    db.sql(
        "INSERT INTO `tabNote` (`name`, `creation`, `modified`, `owner`, `modified_by`, `title`, `public`) VALUES (%s, %s, %s, 'Administrator', 'Administrator', %s, 1)",
        (row_name(title, stamp), stamp, stamp, title),
    )
    db.commit()
    publish_realtime("note_written", {"title": title})
    return title
