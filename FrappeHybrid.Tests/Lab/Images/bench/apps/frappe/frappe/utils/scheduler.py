"""The scheduler process: every minute it sends the due jobs of each site to the workers."""
import signal
import sys
import time
from datetime import datetime, timedelta

from frappe import scheduling
from frappe.site import Site, all_sites, current
from frappe.utils import now
from frappe.utils.background_jobs import enqueue

TICK = 60
EVERY = {"All": timedelta(0), "Hourly": timedelta(hours=1), "Daily": timedelta(days=1)}


def run_forever():
    # As a container's first process it would not hear the signal without a handler of its own.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    say("started")
    while True:
        for name in all_sites():
            # One broken site, or a database that is away, must not keep the others from their jobs.
            try:
                enqueue_due(name)
            except Exception as error:
                say(f"{name}: {type(error).__module__}.{type(error).__name__}: {error}")
        time.sleep(TICK - time.time() % TICK)


def enqueue_due(name):
    with Site(name).as_current() as site:
        if not scheduling.runs(site):
            return
        jobs = site.db.sql("SELECT `name`, `method`, `frequency`, `last_execution` FROM `tabScheduled Job Type` WHERE `stopped` = 0")
        for job, method, frequency, last in jobs:
            if last is None or datetime.now() - last >= EVERY.get(frequency, EVERY["Hourly"]):
                enqueue(site, "frappe.utils.scheduler.run_scheduled_job", "default", job_name=method, job_type=job, method_path=method)
                site.db.sql("UPDATE `tabScheduled Job Type` SET `last_execution` = %s WHERE `name` = %s", (datetime.now(), job))
                say(f"{name}: enqueued {method}")
        site.db.commit()


def run_scheduled_job(job_type, method_path):
    """Runs in a worker: the job itself, and a line about it in the site's log of jobs."""
    from frappe.utils.background_jobs import resolve

    db = current().db
    status, details = "Complete", None
    try:
        resolve(method_path)()
    except Exception as error:
        status, details = "Failed", repr(error)
    stamp = now()
    db.sql(
        "INSERT INTO `tabScheduled Job Log` (`name`, `creation`, `modified`, `owner`, `modified_by`, `scheduled_job_type`, `status`, `details`) "
        "VALUES (LEFT(MD5(UUID()), 10), %s, %s, 'Administrator', 'Administrator', %s, %s, %s)",
        (stamp, stamp, job_type, status, details),
    )
    db.commit()
    return status


def clear_old_job_logs():
    db = current().db
    db.sql("DELETE FROM `tabScheduled Job Log` WHERE `creation` < NOW() - INTERVAL 2 DAY")
    db.commit()


def say(text):
    print(f"{datetime.now():%Y-%m-%d %H:%M:%S} scheduler: {text}", flush=True)
