"""`bench backup`."""
import sys
import traceback

import click
import pymysql

from frappe.exceptions import IncorrectSitePath
from frappe.site import Site
from frappe.utils.backups import take_backup


@click.command("backup")
@click.option("--with-files", is_flag=True)
@click.option("--include", "--only", "-i", default="")
@click.option("--exclude", "-e", default="")
@click.option("--backup-path")
@click.option("--backup-path-db")
@click.option("--backup-path-files")
@click.option("--backup-path-private-files")
@click.option("--backup-path-conf")
@click.option("--ignore-backup-conf", is_flag=True)
@click.option("--verbose", is_flag=True)
@click.option("--compress", is_flag=True)
@click.pass_obj
def backup(context, with_files, include, exclude, backup_path, backup_path_db, backup_path_files, backup_path_private_files, backup_path_conf,
           ignore_backup_conf, verbose, compress):
    verbose = verbose or context.verbose
    exit_code = 0
    for name in context.each_site():
        try:
            with Site(name).as_current() as site:
                fail_early_when_refused(site)
                taken = take_backup(
                    site, with_files, compress, verbose, names(include), names(exclude), backup_path, backup_path_db, backup_path_conf,
                    backup_path_files, backup_path_private_files, ignore_backup_conf,
                )
                for line in taken.summary():
                    print(line)
            ending = " with files" if with_files else ""
            click.secho(f"Backup for Site {name} has been successfully completed{ending}", fg="green")
        except (Exception, IncorrectSitePath):
            click.secho(f"Backup failed for Site {name}. Database or site_config.json may be corrupted", fg="red")
            if verbose:
                print(traceback.format_exc())
            exit_code = 1
    sys.exit(exit_code)


def fail_early_when_refused(site):
    """A refused password ends the backup before the dump; a database that is away is found out by the dump."""
    try:
        site.time_zone
    except pymysql.err.OperationalError as error:
        if error.args[0] == 1045:
            raise
        site.assume_time_zone()
    finally:
        site.close()


def names(text):
    return [name.strip() for name in text.split(",") if name.strip()]
