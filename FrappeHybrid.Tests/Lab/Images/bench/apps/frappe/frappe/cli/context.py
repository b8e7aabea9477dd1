"""What a command knows of its call: the sites it is for, and the flags that stood before its name."""
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass

import click

from frappe.exceptions import IncorrectSitePath
from frappe.site import SITES, Site, read_json


class SiteNotSpecified(click.ClickException):
    def __init__(self):
        super().__init__("Please specify --site sitename")

    def show(self, file=None):
        click.echo(self.message)


@dataclass
class Context:
    sites: list
    verbose: bool = False
    force: bool = False

    @staticmethod
    def chosen(site):
        site = site or os.environ.get("FRAPPE_SITE") or read_json(SITES / "common_site_config.json").get("default_site")
        return [site] if site else []

    def each_site(self):
        if not self.sites:
            raise SiteNotSpecified()
        return self.sites

    def one_site(self):
        return self.each_site()[0]


@contextmanager
def open_site(name):
    """The site as the current one; a missing site ends the command with the sentence that the real one prints."""
    try:
        site = Site(name)
    except IncorrectSitePath:
        click.secho(f"Site {name} does not exist!", fg="yellow")
        sys.exit(1)
    with site.as_current():
        yield site
