"""Patches: what an app's later release changes in the sites that an earlier one made."""
import json
import os
import time
from importlib import import_module
from pathlib import Path

from frappe.exceptions import PatchError
from frappe.schema.records import row_name
from frappe.utils import now


def patches_of(app):
    """The app's patches in their order, as far as its own version has come: patches/v15_51/... belong to 15.51 and later."""
    module = import_module(app)
    version = tuple(int(part) for part in module.__version__.split(".")[:2])
    path = Path(module.__file__).with_name("patches.txt")
    names = [line for line in path.read_text().splitlines() if line and not line.startswith("#")]
    return [name for name in names if tuple(int(part) for part in name.split(".")[2][1:].split("_")) <= version]


def pending(db, app):
    done = {row[0] for row in db.sql("SELECT `patch` FROM `tabPatch Log`")}
    return [name for name in patches_of(app) if name not in done]


def run(site, name):
    """Runs one patch with the lines of the real one. What it changed before an error stays: MariaDB commits with each change of a schema."""
    print(f"Executing {name} in {site.name} ({site.config['db_name']})", flush=True)
    began = time.monotonic()
    try:
        import_module(name).execute(site.db)
        fail_when_told_to(site, name)
        log(site.db, name)
        site.db.commit()
    except Exception:
        site.db.rollback()
        raise
    print(f"Success: Done in {round(time.monotonic() - began, 3)}s", flush=True)


def fail_when_told_to(site, name):
    """The lab's own switch, to see an update fail half-way: lab_fail_patch in a configuration file, or BENCH_LAB_FAIL_PATCH.

    1 means any patch, a name means that one. The error is a real one of the database."""
    wanted = str(site.config.get("lab_fail_patch") or os.environ.get("BENCH_LAB_FAIL_PATCH") or "0")
    if wanted in ("1", "True", name):
        site.db.sql("UPDATE `tabDocType` SET `lab_no_such_column` = 1")


def run_all_silently(db, app):
    """A new site gets at once what older ones get by patches."""
    for name in patches_of(app):
        import_module(name).execute(db)


def log_all_patches(db, app):
    for name in patches_of(app):
        log(db, name)


def log(db, name):
    stamp = now()
    db.sql(
        "REPLACE INTO `tabPatch Log` (`name`, `creation`, `modified`, `owner`, `modified_by`, `patch`) VALUES (%s, %s, %s, 'Administrator', 'Administrator', %s)",
        (row_name(name), stamp, stamp, name),
    )


def is_known(name):
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        raise PatchError(name) from error


def write_touched(site):
    (site.path / "touched_tables.json").write_text(json.dumps(sorted(site.db.touched), indent=4))
