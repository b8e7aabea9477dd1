"""Background jobs: rq queues in redis_queue, under the names that Frappe gives them."""
import importlib
import time
import uuid

import click
import redis

from frappe.site import BENCH, Site, common_config

QUEUES = {"short": 300, "default": 300, "long": 1500}  # name -> time limit in seconds
EXECUTE = "frappe.utils.background_jobs.execute_job"


def queue_name(kind):
    bench = common_config().get("bench_id") or str(BENCH).strip("/").replace("/", "-")
    return f"{bench}:{kind}"


def connection(tries=5):
    """Waits a little for a redis_queue that is away, and complains each time, in red even without a terminal."""
    store = redis.Redis.from_url(redis_url())
    for left in reversed(range(tries)):
        try:
            store.ping()
            return store
        except redis.exceptions.ConnectionError as error:
            complaint = f"Please make sure that Redis Queue runs @ {redis_url()}. Redis reported error: {error}"
            click.echo(click.style(complaint, fg="bright_red"), color=True)
            if not left:
                raise
            time.sleep(1)


def redis_url():
    return common_config().get("redis_queue") or "redis://localhost:11311"


def enqueue(site, method, queue="default", job_name=None, **arguments):
    from rq import Queue

    job_id = f"{site.name}::{uuid.uuid4()}"
    values = {"site": site.name, "user": "Administrator", "method": method, "event": None, "job_name": job_name or method, "is_async": True, "kwargs": arguments}
    return Queue(queue_name(queue), connection=connection()).enqueue_call(EXECUTE, kwargs=values, timeout=QUEUES[queue], result_ttl=600, failure_ttl=7 * 24 * 3600, job_id=job_id)


def enqueue_or_run(site, method, queue):
    """With redis_queue away the work is done here and now."""
    try:
        enqueue(site, method, queue)
    except redis.exceptions.ConnectionError:
        print(f"Redis queue is unreachable: Executing {resolve(method)} synchronously", flush=True)
        resolve(method)()


def execute_job(site, method, event, job_name, kwargs, user=None, is_async=True, retry=0):
    """Runs in a worker."""
    with Site(site).as_current() as opened:
        result = resolve(method)(**kwargs)
        opened.db.commit()
        return result


def resolve(path):
    """The function of a dotted path. As in the real one, an error names what the last module lacks."""
    module, _, name = path.rpartition(".")
    return getattr(importlib.import_module(module), name)


def jobs_of(site):
    """queue -> methods of the site's waiting jobs."""
    from rq import Queue

    store, found = connection(), {}
    for kind in QUEUES:
        methods = [job.kwargs.get("method") for job in Queue(queue_name(kind), connection=store).jobs if job and job.kwargs.get("site") == site]
        if methods:
            found[kind] = methods
    return found


def pending_jobs(site):
    return any(jobs_of(site).values())


def workers():
    from rq import Worker

    return Worker.all(connection=connection())
