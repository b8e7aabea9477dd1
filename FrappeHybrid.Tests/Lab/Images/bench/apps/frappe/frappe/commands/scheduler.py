"""The scheduler's switch, and a look at what waits for the workers."""
import collections
import json

import click

from frappe import scheduling
from frappe.cli.context import open_site
from frappe.site import all_sites
from frappe.utils.background_jobs import QUEUES, connection, jobs_of, queue_name, workers

ANSWERS = {"pause": "paused", "resume": "resumed", "enable": "enabled", "disable": "disabled"}


@click.command("scheduler")
@click.argument("state", type=click.Choice(["pause", "resume", "enable", "disable", "status"]))
@click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("-v", "--verbose", is_flag=True)
@click.pass_obj
def scheduler(context, state, form, verbose):
    name = context.one_site()
    with open_site(name) as site:
        if state in ("enable", "disable"):
            scheduling.enable(site.db, state == "enable")
        elif state in ("pause", "resume"):
            site.set_config("pause_scheduler", state == "pause")
        answer = ANSWERS.get(state) or ("enabled" if scheduling.runs(site) else "disabled")
    print(json.dumps({"status": answer, "site": name}) if form == "json" else f"Scheduler is {answer} for site {name}")


@click.command("enable-scheduler")
@click.pass_obj
def enable_scheduler(context):
    switch(context, True, "Enabled")


@click.command("disable-scheduler")
@click.pass_obj
def disable_scheduler(context):
    switch(context, False, "Disabled")


def switch(context, enabled, word):
    for name in context.each_site():
        with open_site(name) as site:
            scheduling.enable(site.db, enabled)
            print(f"{word} for {name}")


@click.command("doctor")
@click.option("--site", "only")
@click.pass_obj
def doctor(context, only):
    # Without a site the real one looks at all of them.
    sites = [only] if only else context.sites or all_sites()
    online = len(workers())
    click.echo("-----Checking scheduler status-----")
    for name in sites:
        with open_site(name) as site:
            if not scheduling.is_enabled(site.db):
                print(f"Scheduler disabled for {name}")
            if scheduling.is_paused(site):
                print(f"Scheduler paused for {name}")
            if site.in_maintenance:
                print(f"Maintenance mode on for {name}")
    print("Workers online:", online)
    for name in sites:
        print(f"-----{name} Jobs-----")
        for queue, methods in jobs_of(name).items():
            print(f"Queue: {queue}")
            print("Number of Jobs: ", len(methods))
            print("Methods:")
            for method, number in collections.Counter(methods).items():
                print(method, ":", number)
            print("------------")


@click.command("show-pending-jobs")
@click.pass_obj
def show_pending_jobs(context):
    print("-----Pending Jobs-----")
    for name in context.each_site():
        for queue, methods in jobs_of(name).items():
            print(f"Queue: {queue}")
            for method, number in collections.Counter(methods).items():
                print(f"{method} : {number}")


@click.command("purge-jobs")
@click.option("--queue", type=click.Choice(list(QUEUES)))
@click.pass_obj
def purge_jobs(context, queue):
    from rq import Queue

    number = 0
    for kind in [queue] if queue else QUEUES:
        for job in Queue(queue_name(kind), connection=connection()).jobs:
            if not context.sites or job.kwargs.get("site") in context.sites:
                job.delete()
                number += 1
    print(f"Purged {number} jobs")
