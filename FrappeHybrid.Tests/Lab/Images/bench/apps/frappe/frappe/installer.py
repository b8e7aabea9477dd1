"""Makes a site's folder, database and tables, and installs apps in it."""
import hashlib
import json
import os
import secrets
import string
import sys
from importlib import import_module

from frappe.cli.output import FRAMES, progress_bar
from frappe.patching import log_all_patches, run_all_silently
from frappe.schema.doctypes import doctypes_of
from frappe.schema.records import add_doctypes, add_first_records
from frappe.schema.tables import BARE, bare_statement, create_statement
from frappe.site import SITES, write_json

SECONDS = {"frappe": 4, "erpnext": 2}
TESTED_UP_TO = (10, 8)


def make_folders(name):
    for folder in ("locks", "logs", "private/backups", "private/files", "public/files"):
        (SITES / name / folder).mkdir(parents=True, exist_ok=True)


def database_name(name):
    return "_" + hashlib.sha1(os.path.realpath(SITES / name).encode()).hexdigest()[:16]


def make_config(name, **given):
    """Only where there is none: a half-made site that is made again keeps its database's name and password."""
    path = SITES / name / "site_config.json"
    if path.exists():
        return
    alphabet = string.ascii_letters + string.digits
    values = {
        "db_name": given.pop("db_name") or database_name(name),
        "db_password": given.pop("db_password") or "".join(secrets.choice(alphabet) for _ in range(16)),
        "db_type": "mariadb",
    }
    write_json(path, values | {key: value for key, value in given.items() if value})


def set_up_database(site, root, force, host_scope=None, verbose=False):
    """Makes the site's user and an empty database of its own; `root` may be anybody with the right to do that."""
    name, password = site.config["db_name"], site.config["db_password"]
    host = host_scope or root.value("SELECT USER()").rsplit("@", 1)[1]
    root.sql(f"CREATE USER IF NOT EXISTS '{name}'@'{host}' IDENTIFIED BY '{password}'")
    root.sql(f"ALTER USER '{name}'@'{host}' IDENTIFIED BY '{password}'")
    if verbose:
        print(f"Created or updated user {name}")
    if not force and name in [row[0] for row in root.sql("SHOW DATABASES")]:
        print(f"Database {name} already exists, please drop it manually or pass `--force`.")
        sys.exit(1)
    root.sql(f"DROP DATABASE IF EXISTS `{name}`")
    root.sql(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
    if verbose:
        print(f"Created database {name}")
    root.sql(f"GRANT ALL PRIVILEGES ON `{name}`.* TO '{name}'@'{host}'")
    root.sql("FLUSH PRIVILEGES")
    if verbose:
        print(f"Granted privileges to user {name} and database {name}")


def warn_of_version(db):
    version = db.value("SELECT VERSION()").split("-")[0]
    first, last = version.rsplit(".", 1)
    if tuple(int(part) for part in first.split(".")) > TESTED_UP_TO:
        print(f"Warning: MariaDB version {[first, last]} is more than 10.8 which is not yet tested with Frappe Framework.")


def install_framework(db, admin_password):
    """`admin_password` is asked for late, when the tables are there: as the real one does."""
    print("\nInstalling frappe...", flush=True)
    make_tables(db, "frappe", [bare_statement(table) for table in BARE])
    add_doctypes(db, "frappe", doctypes_of("frappe"))
    add_first_records(db)
    run_all_silently(db, "frappe")
    admin_password(db)
    finish_app(db, "frappe", [])


def install_app(db, app, force=False):
    load(app)
    installed = installed_apps(db)
    if app in installed and not force:
        print(f"App {app} already installed")
        return
    print(f"\nInstalling {app}...", flush=True)
    existing = set(db.tables())
    missing = [doctype for doctype in doctypes_of(app) if doctype.table not in existing]
    make_tables(db, app, [], missing)
    add_doctypes(db, app, missing)
    run_all_silently(db, app)
    finish_app(db, app, [name for name in installed if name != app])


def make_tables(db, app, first, doctypes=None):
    doctypes = doctypes_of(app) if doctypes is None else doctypes
    statements = first + [create_statement(doctype) for doctype in doctypes]
    show_bar(app, [lambda statement=statement: db.sql(statement) for statement in statements], SECONDS.get(app, 1))


def show_bar(app, work, seconds):
    """The work is spread over the frames, of which there are as many as the real one shows."""
    steps = [None] * max(FRAMES if app == "frappe" else 120, len(work))
    for number, item in enumerate(work):
        steps[number * len(steps) // len(work)] = item
    progress_bar(f"Updating DocTypes for {app}", steps, seconds)


def finish_app(db, app, installed):
    log_all_patches(db, app)
    db.set_default("installed_apps", json.dumps([*installed, app]))
    db.commit()
    print(f"Updating Dashboard for {app}", flush=True)


def installed_apps(db):
    return json.loads(db.get_default("installed_apps") or "[]")


def load(app):
    """The app's package, or the real one's two lines and its error."""
    try:
        return import_module(app)
    except ModuleNotFoundError as error:
        print(f'Could not find app "{app}": \n{error}')
        raise


def remove_app(db, app):
    doctypes = doctypes_of(app)
    for doctype in doctypes:
        db.sql(f"DROP TABLE IF EXISTS `{doctype.table}`")
    db.many("DELETE FROM `tabDocField` WHERE `parent` = %s", [(doctype.name,) for doctype in doctypes])
    db.many("DELETE FROM `tabDocType` WHERE `name` = %s", [(doctype.name,) for doctype in doctypes])
    db.sql("DELETE FROM `tabModule Def` WHERE `app_name` = %s", (app,))
    db.sql("DELETE FROM `tabPatch Log` WHERE `patch` LIKE %s", (f"{app}.%",))
    db.sql("DELETE FROM `tabInstalled Application` WHERE `app_name` = %s", (app,))
    db.set_default("installed_apps", json.dumps([name for name in installed_apps(db) if name != app]))
    db.commit()
