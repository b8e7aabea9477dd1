"""`bench migrate` and what belongs to it."""
import sys

import click

from frappe import patching
from frappe.cli.context import open_site
from frappe.migrate import migrate_site, services_that_are_down
from frappe.utils.background_jobs import pending_jobs

SERVICES_HINT = """
Cannot run bench migrate without the services running.
If you are running bench in development mode, make sure that bench is running:

$ bench start

Otherwise, check the server logs and ensure that all the required services are running."""


@click.command("migrate")
@click.option("--skip-failing", is_flag=True)
@click.option("--skip-search-index", is_flag=True)
@click.pass_obj
def migrate(context, skip_failing, skip_search_index):
    for name in context.each_site():
        click.secho(f"Migrating {name}", fg="green")
        sys.stdout.flush()
        with open_site(name) as site:
            down = services_that_are_down(site)
            if down:
                for service in down:
                    print(f"Service {service} is not running.")
                print(SERVICES_HINT)
                sys.exit(1)
            migrate_site(site, skip_failing, skip_search_index)
        print()


@click.command("ready-for-migration")
@click.pass_obj
def ready_for_migration(context):
    exit_code = 0
    for name in context.each_site():
        with open_site(name):
            if pending_jobs(name):
                print(f"NOT READY for migration: site {name} has pending background jobs")
                exit_code = 1
            else:
                print(f"READY for migration: site {name} does not have any background jobs")
    sys.exit(exit_code)


@click.command("run-patch")
@click.argument("module")
@click.option("--force", is_flag=True)
@click.pass_obj
def run_patch(context, module, force):
    for name in context.each_site():
        with open_site(name) as site:
            patching.is_known(module)
            patching.run(site, module)


@click.command("bypass-patch")
@click.argument("patch_name")
@click.option("--yes", "-y", is_flag=True)
@click.pass_obj
def bypass_patch(context, patch_name, yes):
    for name in context.each_site():
        with open_site(name) as site:
            if not yes:
                click.confirm(f"This will bypass the patch {patch_name} forever and register it as successful. Are you sure you want to continue?", abort=True)
            patching.log(site.db, patch_name)
            site.db.commit()
