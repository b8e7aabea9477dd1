"""The `bench` command: checks who calls from where, logs the call, and hands over to the framework's own commands."""
import logging
import os
import sys
import warnings
from pathlib import Path

import click

from frappe.site import BENCH, SITES

BENCH_VERSION = "5.22.3"


def main():
    if os.geteuid() == 0:
        print("WARN: You should not run this command as root")
        sys.exit(1)
    if sys.argv[1:] == ["--version"]:
        print(BENCH_VERSION)
        return
    if not inside_bench():
        print("WARN: Command not being executed in bench directory", flush=True)
        click.Group("bench")(prog_name="bench")
    log_call()
    warnings.simplefilter("ignore")
    os.chdir(SITES)

    from frappe.cli.commands import framework

    root = click.Group("bench", commands={"frappe": framework})
    root(["frappe", *sys.argv[1:]], prog_name="bench")


def inside_bench():
    here = Path.cwd()
    return here == BENCH or BENCH in here.parents


def log_call():
    """logs/bench.log gets the whole command line, secrets among the arguments included: give those on standard input."""
    handler = logging.FileHandler(BENCH / "logs" / "bench.log")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("bench")
    log.propagate = False
    log.setLevel(logging.INFO)
    log.addHandler(handler)
    log.info(" ".join(sys.argv))
    handler.close()
    log.removeHandler(handler)
