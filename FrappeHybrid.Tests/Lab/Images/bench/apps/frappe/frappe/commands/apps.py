"""Versions, and which apps a site has."""
import json
import sys
import traceback
from importlib import import_module

import click

from frappe import installer
from frappe.cli.context import open_site
from frappe.cli.output import table
from frappe.site import BENCH
from frappe.utils.backups import take_backup


def bench_apps():
    return (BENCH / "sites" / "apps.txt").read_text().split()


@click.command("version")
@click.option("-f", "--format", "form", type=click.Choice(["plain", "table", "json", "legacy"]), default="legacy")
def version(form):
    versions = [(app, import_module(app).__version__) for app in bench_apps()]
    if form == "json":
        print(json.dumps([{"commit": "", "app": app, "branch": "", "version": number} for app, number in versions], indent=4))
    elif form == "table":
        print(table(["App", "Version", "Branch", "Commit"], [[app, number, "", ""] for app, number in versions]))
    else:
        for app, number in versions:
            print(f"{app} {number}" if form == "legacy" else f"{app} {number}  ()")


@click.command("list-apps")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def list_apps(context, form):
    found = {}
    for name in context.sites:
        with open_site(name) as site:
            # A single document and its rows, which migrate fills: a new site has none of them yet.
            site.db.get_single("Installed Applications", "modified")
            rows = site.db.sql("SELECT `app_name`, `app_version`, `git_branch` FROM `tabInstalled Application` ORDER BY `idx`")
            found[name] = [row[0] for row in rows]
            if form == "text":
                title = click.style(name, fg="green") if len(context.sites) > 1 else ""
                print(f"{title}\n" + "\n".join(columns(rows) if rows else installer.installed_apps(site.db)) + "\n")
    if form == "json":
        print(json.dumps(found, indent=1, sort_keys=True))


def columns(rows):
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return [" ".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in rows]


@click.command("install-app")
@click.argument("apps", nargs=-1)
@click.option("--force", is_flag=True)
@click.pass_obj
def install_app(context, apps, force):
    exit_code = 0
    if not apps:
        raise click.UsageError("Missing argument 'APPS...'.")
    for name in context.each_site():
        with open_site(name) as site:
            for app in apps:
                try:
                    installer.install_app(site.db, app, force or context.force)
                except Exception as error:
                    print(f"An error occurred while installing {app}: {error}")
                    print(traceback.format_exc())
                    exit_code = 1
    sys.exit(exit_code)


@click.command("uninstall-app")
@click.argument("app")
@click.option("--yes", "-y", is_flag=True)
@click.option("--dry-run", is_flag=True)
@click.option("--no-backup", is_flag=True)
@click.option("--force", is_flag=True)
@click.pass_obj
def uninstall_app(context, app, yes, dry_run, no_backup, force):
    for name in context.each_site():
        with open_site(name) as site:
            installer.load(app)
            if app not in installer.installed_apps(site.db) and not force:
                click.secho(f"App {app} not installed on Site {name}", fg="yellow")
                continue
            if not dry_run and not yes:
                click.confirm("All doctypes (including custom), modules related to this app will be deleted. Are you sure you want to continue?", abort=True)
            if dry_run:
                print(f"Would uninstall App {app} from Site {name}")
                continue
            if not no_backup:
                print("Backing up...")
                take_backup(site, with_files=True)
            click.secho(f"Uninstalling App {app} from Site {name}...", fg="yellow")
            installer.remove_app(site.db, app)
            click.secho(f"Uninstalled App {app} from Site {name}", fg="green")


@click.command("add-to-installed-apps")
@click.argument("app")
@click.pass_obj
def add_to_installed_apps(context, app):
    for name in context.each_site():
        with open_site(name) as site:
            change_list(site.db, lambda apps: [*apps, app] if app not in apps else apps)


@click.command("remove-from-installed-apps")
@click.argument("app")
@click.pass_obj
def remove_from_installed_apps(context, app):
    for name in context.each_site():
        with open_site(name) as site:
            change_list(site.db, lambda apps: [one for one in apps if one != app])


def change_list(db, change):
    db.set_default("installed_apps", json.dumps(change(installer.installed_apps(db))))
    db.commit()
