"""Caches, orphans, old logs, and calls of single functions."""
import ast
import importlib
import json
from datetime import datetime, timedelta

import click
import redis

from frappe.cli.context import open_site
from frappe.sessions import start_session
from frappe.users import exists
from frappe.utils.caching import clear_site_cache


@click.command("clear-cache")
@click.pass_obj
def clear_cache(context):
    for name in context.each_site():
        with open_site(name) as site:
            site.db.sql("SELECT 1")
            fail_when_told_to(site)
            clear_site_cache(site)


def fail_when_told_to(site):
    """The lab's own switch lab_fail_clear_cache: so many attempts fail. The way back of an update clears the cache: its first try, or all of them."""
    left = int(site.config.get("lab_fail_clear_cache") or 0)
    if left > 0:
        site.set_config("lab_fail_clear_cache", left - 1 or None)
        raise redis.exceptions.ConnectionError("Error 111 connecting to redis-cache:6379. Connection refused.")


@click.command("clear-website-cache")
@click.pass_obj
def clear_website_cache(context):
    for name in context.each_site():
        with open_site(name) as site:
            clear_site_cache(site)


@click.command("execute")
@click.argument("method")
@click.option("--args")
@click.option("--kwargs")
@click.pass_obj
def execute(context, method, args, kwargs):
    for name in context.each_site():
        with open_site(name) as site:
            result = resolve(method)(*literal(args, ()), **literal(kwargs, {}))
            site.db.commit()
            if result is not None:
                print(json.dumps(result, default=str))


def resolve(method):
    module, _, function = method.rpartition(".")
    try:
        return getattr(importlib.import_module(module), function)
    except ImportError:
        # Perhaps a method of a class: its module is one part further up.
        module, _, owner = module.rpartition(".")
        return getattr(getattr(importlib.import_module(module), owner), function)


def literal(text, otherwise):
    if not text:
        return otherwise
    value = ast.literal_eval(text)
    return (value,) if isinstance(otherwise, tuple) and not isinstance(value, (tuple, list)) else value


@click.command("browse")
@click.option("--user", default="")
@click.pass_obj
def browse(context, user):
    """Prints an address that signs in without a password: mind the log."""
    name = context.one_site()
    with open_site(name) as site:
        user = user or "Administrator"
        if not exists(site.db, user):
            click.echo(f"User {user} does not exist")
            raise SystemExit(1)
        address = site.config.get("host_name") or f"http://{name}"
        click.echo(f"Login URL: {address}/app?sid={start_session(site.db, user)}")


@click.command("trim-database")
@click.option("--dry-run", is_flag=True)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--no-backup", is_flag=True)
@click.option("--yes", "-y", is_flag=True)
@click.pass_obj
def trim_database(context, dry_run, form, no_backup, yes):
    """Drops tables that no document type knows."""
    from frappe.utils.backups import take_backup

    found = {}
    for name in context.each_site():
        with open_site(name) as site:
            orphans = orphan_tables(site.db)
            if not orphans:
                continue
            found[name] = orphans
            if dry_run:
                continue
            if not yes:
                click.confirm(f"Drop {', '.join(orphans)}?", abort=True)
            if not no_backup:
                take_backup(site)
            for table in orphans:
                site.db.sql(f"DROP TABLE `{table}`")
    if form == "json":
        print(json.dumps(found, indent=1))
    else:
        for name, tables in found.items():
            print(f"{name}: {', '.join(tables)}")


def orphan_tables(db):
    known = {f"tab{row[0]}" for row in db.sql("SELECT `name` FROM `tabDocType`")} | {"tabSeries", "tabSessions", "tabSingles"}
    return [table for table in db.tables() if table.startswith("tab") and table not in known]


@click.command("trim-tables")
@click.option("--dry-run", is_flag=True)
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--no-backup", is_flag=True)
@click.pass_obj
def trim_tables(context, dry_run, form, no_backup):
    """Lists or drops columns that the document types don't have."""
    from frappe.schema.doctypes import doctypes_of
    from frappe.schema.tables import create_statement
    from frappe.utils.backups import take_backup

    found = {}
    for name in context.each_site():
        with open_site(name) as site:
            if not dry_run and not no_backup:
                take_backup(site)
            orphans = {}
            for doctype in doctypes_of("frappe"):
                known = create_statement(doctype)
                columns = [row[0] for row in site.db.sql(f"SHOW COLUMNS FROM `{doctype.table}`")]
                extra = [column for column in columns if f"`{column}`" not in known]
                if extra:
                    orphans[doctype.name] = extra
            found[name] = orphans
            for doctype, columns in orphans.items():
                for column in columns if not dry_run else ():
                    site.db.sql(f"ALTER TABLE `tab{doctype}` DROP COLUMN `{column}`")
    if form == "json":
        print(json.dumps(found, indent=1))
    else:
        for name, orphans in found.items():
            for doctype, columns in orphans.items():
                print(f"{name}: {doctype}: {', '.join(columns)}")


LOGS = ("Error Log", "Activity Log", "Access Log", "Scheduled Job Log", "Route History", "Email Queue", "Webhook Request Log")


@click.command("clear-log-table")
@click.option("--doctype", required=True, type=click.Choice(LOGS))
@click.option("--days", type=int)
@click.option("--no-backup", is_flag=True)
@click.pass_obj
def clear_log_table(context, doctype, days, no_backup):
    from frappe.utils.backups import take_backup

    for name in context.each_site():
        with open_site(name) as site:
            if not no_backup:
                take_backup(site, include=[doctype])
            before = datetime.now() - timedelta(days=days or 0)
            site.db.sql(f"DELETE FROM `tab{doctype}` WHERE `modified` < %s", (before,))
            site.db.commit()
