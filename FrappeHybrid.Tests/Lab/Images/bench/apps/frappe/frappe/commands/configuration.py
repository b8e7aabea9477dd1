"""Configuration files of the bench and its sites."""
import ast
import json
import sys

import click

from frappe.cli.context import open_site
from frappe.cli.output import table
from frappe.site import SITES, all_sites, update_config_file


@click.command("show-config")
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def show_config(context, form):
    found = {}
    for name in context.each_site():
        with open_site(name) as site:
            found[name] = site.config
            if form == "text":
                if len(context.sites) > 1:
                    click.secho(f"\nSite {name}", fg="yellow")
                print(table(["Config", "Value"], flat(site.config)))
    if form == "json":
        print(json.dumps(found, indent=1, sort_keys=True))


def flat(config, prefix=""):
    for key, value in config.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


@click.command("set-config")
@click.argument("key")
@click.argument("value")
@click.option("-g", "--global", "for_all", is_flag=True)
@click.option("-p", "--parse", is_flag=True)
@click.pass_obj
def set_config(context, key, value, for_all, parse):
    value = ast.literal_eval(value) if parse else coerced(value)
    if for_all:
        update_config_file(SITES / "common_site_config.json", key, value)
        return
    for name in context.each_site():
        with open_site(name) as site:
            site.set_config(key, value)


def coerced(value):
    """Plain text may mean a number or a switch; "None" takes the key out."""
    if value in ("0", "1"):
        return int(value)
    return {"true": True, "false": False, "None": None}.get(value, value)


@click.command("set-maintenance-mode")
@click.argument("state", type=click.Choice(["on", "off"]))
@click.pass_obj
def set_maintenance_mode(context, state):
    for name in context.each_site():
        with open_site(name) as site:
            site.set_config("maintenance_mode", int(state == "on"))
            site.set_config("pause_scheduler", int(state == "on"))


@click.command("use")
@click.argument("site")
def use(site):
    if not (SITES / site).exists():
        print(f"Site {site} does not exist")
        return
    update_config_file(SITES / "common_site_config.json", "default_site", site)
    print(f"Current Site set to {site}")


@click.command("list-sites")
@click.option("--json", "as_json", is_flag=True)
def list_sites(as_json):
    sites = all_sites()
    if as_json:
        print(json.dumps(sites))
        return
    if not sites:
        print("No sites found")
        sys.exit(0)
    print("\n".join(sites))
