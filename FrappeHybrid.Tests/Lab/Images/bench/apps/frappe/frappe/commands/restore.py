"""`bench restore`: the database of a dump in place of the site's own, and the files of two archives into its folders."""
import gzip
import re
import subprocess
import sys
from pathlib import Path

import click

import frappe
from frappe import installer, scheduling
from frappe.cli.context import open_site
from frappe.commands.sites import held_lock, make_database, root_options
from frappe.exceptions import InvalidDatabaseFile
from frappe.site import SITES
from frappe.utils.password import update_password


@click.command("restore")
@click.argument("sql-file-path")
@root_options
@click.option("--db-name")
@click.option("--admin-password")
@click.option("--install-app", multiple=True)
@click.option("--with-public-files")
@click.option("--with-private-files")
@click.option("--force", is_flag=True)
@click.pass_obj
def restore(context, sql_file_path, root_user, root_password, db_name, admin_password, install_app, with_public_files, with_private_files, force):
    name = context.one_site()
    with open_site(name) as site:
        dump = find(site, sql_file_path)
        check(dump, sql_file_path)
        warn_of_newer(dump, force or context.force)
        enabled = was_enabled(site)
        site.close()
        if db_name:
            site.set_config("db_name", db_name)
        try:
            with held_lock(name, "site_restore"):
                make_database(site, root_user, root_password, force=True)
        except Exception as error:
            print(error)
            sys.exit(1)
        load(site, dump)
        finish(site, enabled, admin_password, install_app)
        for archive in (with_public_files, with_private_files):
            if archive:
                extract(site, archive)
        ending = " with files" if with_public_files or with_private_files else ""
        click.secho(f"Site {name} has been restored{ending}", fg="green")


def find(site, given):
    if Path(given).exists():
        return Path(given)
    print(f"File {given} not found. Trying to check in alternative directories.")
    for folder in (SITES.parent, site.path / "private" / "backups"):
        if (folder / given).exists():
            return folder / given
    print(f"File {given} not found.")
    sys.exit(1)


def open_dump(path):
    return gzip.open(path, "rt", errors="replace") if path.name.endswith(".gz") else open(path, errors="replace")


def check(path, given):
    """Looks at the beginning only: a dump that was cut off is found out when it is loaded, and then the old database is gone."""
    with open_dump(path) as lines:
        head = lines.read(200_000)
    if not head:
        print(f"{given} is an empty file!")
        raise InvalidDatabaseFile
    if "`__Auth`" not in head:
        print("Table `__Auth` not found in file.")
        raise InvalidDatabaseFile


def warn_of_newer(path, force):
    with open_dump(path) as lines:
        found = re.search(r"^-- version = (\S+)", lines.read(1000), re.MULTILINE)
    if not found or parts(found[1]) <= parts(frappe.__version__):
        return
    click.secho(f"Your site is currently on Frappe {frappe.__version__} and your backup is {found[1]}.", fg="yellow")
    if not force:
        click.confirm("This is not recommended and may lead to unexpected behaviour. Do you want to continue anyway?", abort=True)


def parts(version):
    return [int(part) for part in re.findall(r"\d+", version)]


def was_enabled(site):
    """What the scheduler was stays as it was, whatever the dump says; a broken site counts as disabled."""
    try:
        return scheduling.is_enabled(site.db)
    except Exception:
        return False


def load(site, path):
    config = site.config
    unpack = f"gzip -cd '{path}'" if path.name.endswith(".gz") else f"cat '{path}'"
    command = (
        f"set -o pipefail; {unpack} | mariadb --user='{config['db_name']}' --password='{config['db_password']}' --host='{config.get('db_host') or 'localhost'}' "
        f"--port={config.get('db_port') or 3306} --print-query-on-error '{config['db_name']}'"
    )
    done = subprocess.run(["bash", "-c", command], stderr=subprocess.PIPE)
    if done.returncode:
        print(done.stderr)
        print("Command failed")
        sys.exit(1)


def finish(site, enabled, admin_password, apps):
    installer.install_app(site.db, "frappe")
    for app in apps:
        installer.install_app(site.db, app)
    if admin_password:
        update_password(site.db, "Administrator", admin_password)
    scheduling.enable(site.db, enabled)
    print(scheduling.scheduler_line(site.db), flush=True)


def extract(site, given):
    """Unpacks below the site's folder. What is no archive at all goes unnoticed: so it does in the real one."""
    path = SITES.parent / given
    if not path.exists() and Path(given).exists():
        path = Path(given)
    if not path.exists():
        print(f"Invalid path {given[3:] if given.startswith('/') else given}")
        sys.exit(1)
    subprocess.run(["tar", "xf", str(path.resolve()), "--strip", "2", "--directory", str(site.path)], stderr=subprocess.DEVNULL)
