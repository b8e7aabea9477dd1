"""The framework's commands as one click group. A command's module is read only when that command is called: bench starts fast."""
import importlib

import click

from frappe.cli.context import Context
from frappe.site import all_sites

MODULES = {
    "apps": ["version", "list-apps", "install-app", "uninstall-app", "remove-from-installed-apps", "add-to-installed-apps"],
    "backup": ["backup"],
    "restore": ["restore"],
    "configuration": ["show-config", "set-config", "set-maintenance-mode", "use", "list-sites"],
    "migrate": ["migrate", "ready-for-migration", "run-patch", "bypass-patch"],
    "processes": ["worker", "worker-pool", "schedule"],
    "scheduler": ["scheduler", "enable-scheduler", "disable-scheduler", "doctor", "show-pending-jobs", "purge-jobs"],
    "sites": ["new-site", "drop-site", "reinstall"],
    "upkeep": ["clear-cache", "clear-website-cache", "trim-database", "trim-tables", "clear-log-table", "execute", "browse"],
    "users": ["add-user", "add-system-manager", "disable-user", "set-password", "set-admin-password", "destroy-all-sessions"],
}
HOME = {command: module for module, commands in MODULES.items() for command in commands}


class Commands(click.Group):
    def list_commands(self, ctx):
        return sorted(HOME)

    def get_command(self, ctx, name):
        if name not in HOME:
            return None
        module = importlib.import_module(f"frappe.commands.{HOME[name]}")
        return getattr(module, name.replace("-", "_"))


@click.group(cls=Commands, name="frappe")
@click.option("--site", default="", help="Site to work on, or all")
@click.option("--profile", is_flag=True, default=False)
@click.option("--verbose", is_flag=True, default=False)
@click.option("--force", is_flag=True, default=False)
@click.pass_context
def framework(ctx, site, profile, verbose, force):
    # Usage lines of the real one name the commands without the group: "Usage: bench  backup [OPTIONS]".
    ctx.info_name = ""
    ctx.obj = Context(sites=all_sites() if site == "all" else Context.chosen(site), verbose=verbose, force=force)
