"""Making and dropping sites."""
import getpass
import shutil
import sys
from pathlib import Path

import click
import filelock

from frappe import installer
from frappe.cli.context import open_site
from frappe.database import Database
from frappe.exceptions import DoesNotExistError, IncorrectSitePath
from frappe.scheduling import scheduler_line
from frappe.site import BENCH, SITES, Site, update_config_file
from frappe.utils.backups import take_backup
from frappe.utils.password import update_password

SCOPE_HINT = (
    "--no-mariadb-socket is DEPRECATED; use --mariadb-user-host-login-scope='%' (wildcard) or --mariadb-user-host-login-scope=<myhostscope>, instead. "
    "The name of this option was misleading: it had nothing to do with sockets."
)


def root_options(function):
    function = click.option("--db-root-password", "--mariadb-root-password", "--root-password", "root_password")(function)
    return click.option("--db-root-username", "--mariadb-root-username", "--root-login", "root_user")(function)


@click.command("new-site")
@click.argument("site")
@click.option("--db-name")
@click.option("--db-password")
@click.option("--db-type", default="mariadb", type=click.Choice(["mariadb"]))
@click.option("--db-host")
@click.option("--db-port", type=int)
@root_options
@click.option("--no-mariadb-socket", is_flag=True)
@click.option("--mariadb-user-host-login-scope", "host_scope")
@click.option("--admin-password")
@click.option("--verbose", is_flag=True)
@click.option("--force", is_flag=True)
@click.option("--install-app", multiple=True)
@click.option("--set-default", is_flag=True)
@click.option("--setup-db/--no-setup-db", default=True)
@click.pass_obj
def new_site(context, site, db_name, db_password, db_type, db_host, db_port, root_user, root_password, no_mariadb_socket, host_scope,
             admin_password, verbose, force, install_app, set_default, setup_db):
    if no_mariadb_socket:
        click.secho(SCOPE_HINT, fg="red")
        host_scope = "%"
    if not (force or context.force) and (SITES / site).exists():
        print(f"Site {site} already exists")
        sys.exit(1)
    installer.make_folders(site)
    with held_lock(site, "bench_new_site"):
        installer.make_config(site, db_name=db_name, db_password=db_password, db_host=db_host, db_port=db_port)
        with Site(site).as_current() as made:
            if setup_db:
                make_database(made, root_user, root_password, force or context.force, host_scope, verbose or context.verbose)
            fill(made, admin_password, install_app)
            (made.path / ".test_log").touch()
            print(scheduler_line(made.db))
    if set_default:
        make_default(site)


def held_lock(site, name):
    lock = filelock.FileLock(str(SITES / site / "locks" / f"{name}.lock"), timeout=1)
    try:
        return lock.acquire()
    except filelock.Timeout:
        # The real one wants to note this in the site's Error Log, which is not there yet: that is the error it ends with.
        raise DoesNotExistError("DocType Error Log not found")


def make_database(site, root_user, root_password, force, host_scope=None, verbose=False):
    root = Database.for_root(site, root_user, root_password)
    try:
        installer.set_up_database(site, root, force, host_scope, verbose)
        installer.warn_of_version(root)
    finally:
        root.close()


def fill(site, admin_password, apps):
    installer.install_framework(site.db, lambda db: update_password(db, "Administrator", admin_password or site.config.get("admin_password") or ask_admin_password()))
    for app in apps:
        installer.install_app(site.db, app)


def ask_admin_password():
    while True:
        first = getpass.getpass("Set Administrator password: ")
        if first == getpass.getpass("Re-enter Administrator password: "):
            return first
        print("\nPasswords do not match")


def make_default(site):
    update_config_file(SITES / "common_site_config.json", "default_site", site)
    print(f"Current Site set to {site}")


@click.command("reinstall")
@click.option("--admin-password")
@root_options
@click.option("--yes", is_flag=True)
@click.pass_obj
def reinstall(context, admin_password, root_user, root_password, yes):
    name = context.one_site()
    if not yes:
        click.confirm("This will wipe your database. Are you sure you want to reinstall?", abort=True)
    with open_site(name) as site:
        try:
            apps = installer.installed_apps(site.db)
        except Exception:  # wiping a broken site is what reinstall is for
            apps = []
        site.close()
        with held_lock(name, "bench_new_site"):
            make_database(site, root_user, root_password, force=True, host_scope=None)
            fill(site, admin_password, [])
            for app in apps:
                installer.install_app(site.db, app)
        print(scheduler_line(site.db))


@click.command("drop-site")
@click.argument("site")
@root_options
@click.option("--archived-sites-path")
@click.option("--no-backup", is_flag=True)
@click.option("--force", is_flag=True)
@click.pass_obj
def drop_site(context, site, root_user, root_password, archived_sites_path, no_backup, force):
    if not (SITES / site / "site_config.json").exists():
        raise IncorrectSitePath(site)
    with Site(site).as_current() as dropped:
        if not no_backup:
            back_up_or_stop(dropped, force or context.force)
        click.secho("Dropping site database and user", fg="green")
        sys.stdout.flush()
        drop_database(dropped, root_user, root_password)
    archive = Path(archived_sites_path) if archived_sites_path else BENCH / "archived" / "sites"
    archive.mkdir(parents=True, exist_ok=True)
    click.secho(f"Moving site to archive under {archive}", fg="green")
    move(SITES / site, archive)


def back_up_or_stop(site, force):
    click.secho(f"Taking backup of {site.name}", fg="green")
    try:
        site.db
        for line in take_backup(site, with_files=True, verbose=True, quiet_failure=True).summary():
            print(line)
        site.db.commit()
    except Exception as error:
        site.close()
        if force:
            return
        print("=" * 80)
        print(f"Error: The operation has stopped because backup of {site.name}'s database failed.")
        print(f"Reason: {error}\n")
        print("Fix the issue and try again.")
        print(f"Hint: Use 'bench drop-site {site.name} --force' to force the removal of {site.name}")
        sys.exit(1)


def drop_database(site, root_user, root_password):
    """The database, and its user at every host: restore adds one that new-site did not make."""
    name = site.config["db_name"]
    site.close()
    root = Database.for_root(site, root_user, root_password)
    try:
        root.sql(f"DROP DATABASE IF EXISTS `{name}`")
        for host in hosts_of(root, name):
            root.sql(f"DROP USER IF EXISTS '{name}'@'{host}'")
    finally:
        root.close()


def hosts_of(root, user):
    """Who may not read mysql.* still drops the two hosts that the lab's sites have: the wildcard, and this container."""
    try:
        return [row[0] for row in root.sql("SELECT Host FROM mysql.user WHERE User = %s", (user,))]
    except Exception:
        return ["%", root.value("SELECT USER()").rsplit("@", 1)[1]]


def move(folder, archive):
    target, number = archive / folder.name, 0
    while target.exists():
        number += 1
        target = archive / f"{folder.name}{number}"
    shutil.move(str(folder), str(target))
