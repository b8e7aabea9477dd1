"""The long-running processes of a bench besides gunicorn and the websocket service."""
import click

from frappe.utils.background_jobs import QUEUES, connection, queue_name


@click.command("worker")
@click.option("--queue", default=",".join(QUEUES))
@click.option("--quiet", is_flag=True)
@click.option("--burst", is_flag=True)
def worker(queue, quiet, burst):
    import uuid

    from rq import Worker

    kinds = [kind.strip() for kind in queue.split(",")]
    unknown = [kind for kind in kinds if kind not in QUEUES]
    if unknown:
        raise click.BadParameter(f"Queue should be one of {', '.join(QUEUES)}")
    # Read before the first job, so that each job's process starts with it.
    import frappe.utils.background_jobs  # noqa: F401

    names = [queue_name(kind) for kind in kinds]
    Worker(names, name=uuid.uuid4().hex, connection=connection()).work(logging_level="WARNING" if quiet else "INFO", burst=burst)


@click.command("worker-pool")
@click.option("--queue", default=",".join(QUEUES))
@click.option("--num-workers", type=int, default=2)
@click.option("--quiet", is_flag=True)
@click.option("--burst", is_flag=True)
@click.pass_context
def worker_pool(context, queue, num_workers, quiet, burst):
    """Several workers in one container; they end with it."""
    import multiprocessing
    import signal

    pool = [multiprocessing.Process(target=context.invoke, args=(worker,), kwargs={"queue": queue, "quiet": quiet, "burst": burst}) for _ in range(num_workers)]
    for member in pool:
        member.start()
    signal.signal(signal.SIGTERM, lambda *_: [member.terminate() for member in pool])
    for member in pool:
        member.join()


@click.command("schedule")
def schedule():
    from frappe.utils.scheduler import run_forever

    run_forever()
