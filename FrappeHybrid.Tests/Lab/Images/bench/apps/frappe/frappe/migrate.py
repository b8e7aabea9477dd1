"""Brings a site to the versions of the bench's apps: patches, tables, the list of installed apps."""
import socket
from importlib import import_module
from urllib.parse import urlsplit

import pymysql

from frappe import installer, patching
from frappe.schema.doctypes import doctypes_of
from frappe.schema.records import row_name
from frappe.schema.tables import create_statement
from frappe.utils.background_jobs import enqueue_or_run
from frappe.utils.caching import clear_site_cache

SECONDS = {"frappe": 1.5, "erpnext": 0.7}


def services_that_are_down(site):
    """Looks whether anything answers, not whether it lets us in: a refused password is the site's trouble, and shows later."""
    config = site.config
    # Without redis_queue migrate goes on: the real one does.
    places = {"mariadb": (config.get("db_host") or "localhost", int(config.get("db_port") or 3306)), "redis_cache": address(config.get("redis_cache"))}
    return [name for name, place in places.items() if not answers(place)]


def address(url):
    parts = urlsplit(url or "redis://localhost:13311")
    return parts.hostname, parts.port or 6379


def answers(place):
    try:
        socket.create_connection(place, timeout=10).close()
        return True
    except OSError:
        return False


def migrate_site(site, skip_failing, skip_search_index):
    """Two at once for one site are not kept apart: they are not in the real one either."""
    clear_site_cache(site)
    try:
        fail_once_when_told_to(site)
        apps = installer.installed_apps(site.db)
        for app in apps:
            run_patches(site, app, skip_failing)
        for app in apps:
            sync(site.db, app)
        for app in apps:
            print(f"Updating Dashboard for {app}", flush=True)
        remember_versions(site.db, apps)
        site.db.commit()
    finally:
        patching.write_touched(site)
    if not skip_search_index:
        print(f"Queued rebuilding of search index for {site.name}", flush=True)
        enqueue_or_run(site, "frappe.search.build_index_for_all_routes", queue="long")


def run_patches(site, app, skip_failing):
    for name in patching.pending(site.db, app):
        try:
            patching.run(site, name)
        except Exception:
            if not skip_failing:
                raise
            print("Failed to execute patch", flush=True)


def fail_once_when_told_to(site):
    """The lab's own switch lab_fail_migrate_once: one attempt fails, as with a lock that was held too long, and the next goes through."""
    if site.config.get("lab_fail_migrate_once"):
        site.set_config("lab_fail_migrate_once", None)
        raise pymysql.err.OperationalError(1205, "Lock wait timeout exceeded; try restarting transaction")


def sync(db, app):
    existing = set(db.tables())
    missing = [doctype for doctype in doctypes_of(app) if doctype.table not in existing]
    installer.show_bar(app, [lambda doctype=doctype: db.sql(create_statement(doctype)) for doctype in missing], SECONDS.get(app, 0.5))


def remember_versions(db, apps):
    db.sql("DELETE FROM `tabInstalled Application`")
    for number, app in enumerate(apps, start=1):
        db.sql(
            "INSERT INTO `tabInstalled Application` (`name`, `idx`, `app_name`, `app_version`, `git_branch`, `parent`, `parentfield`, `parenttype`) "
            "VALUES (%s, %s, %s, %s, 'UNVERSIONED', 'Installed Applications', 'installed_applications', 'Installed Applications')",
            (row_name("installed", app), number, app, import_module(app).__version__),
        )
