"""Dumps a site's database and packs its files, under the names and with the header that restore looks for."""
import gzip
import json
import subprocess
import time
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import frappe
from frappe.cli.output import size_text
from frappe.site import current, read_json

KEEP_HOURS = 24


class BackupFailed(Exception):
    pass


@dataclass
class Backup:
    site: object
    taken_at: datetime
    files: dict = field(default_factory=dict)  # label -> path

    def summary(self):
        width = max(len(shown(path)) for path in self.files.values())
        lines = [f"Backup Summary for {self.site.name} at {datetime.now(self.site.time_zone):%Y-%m-%d %H:%M:%S.%f}"]
        return lines + [f"{label:<8}: {shown(path):<{width}} {size_text(path.stat().st_size)}" for label, path in self.files.items()]


def shown(path):
    """Commands run in sites/: what lies under it is printed from there."""
    return str(path) if path.is_absolute() else f"./{path}"


def take_backup(site, with_files=False, compress=False, verbose=False, include=(), exclude=(), path=None, path_db=None, path_conf=None,
                path_files=None, path_private_files=None, ignore_conf=False, quiet_failure=False):
    folder = Path(path) if path else Path(site.name, "private", "backups")
    folder.mkdir(parents=True, exist_ok=True)
    delete_old(Path(site.name, "private", "backups"), float(site.config.get("keep_backups_for_hours") or KEEP_HOURS))

    taken_at = datetime.now(site.time_zone)
    partial = "-partial" if include or exclude else ""
    stem = f"{taken_at:%Y%m%d_%H%M%S}-{site.name.replace('.', '_')}{partial}"
    ending = "tgz" if compress else "tar"
    backup = Backup(site, taken_at)
    if not ignore_conf:
        backup.files["Config"] = Path(path_conf or folder / f"{stem}-site_config_backup.json")
        backup.files["Config"].write_text(json.dumps(read_json(site.config_path), indent=1, sort_keys=True))
    backup.files["Database"] = Path(path_db or folder / f"{stem}-database.sql.gz")
    dump(site, backup.files["Database"], include, exclude, verbose, quiet_failure)
    if with_files:
        backup.files["Public"] = Path(path_files or folder / f"{stem}-files.{ending}")
        backup.files["Private"] = Path(path_private_files or folder / f"{stem}-private-files.{ending}")
        pack(site, "public", backup.files["Public"], compress)
        pack(site, "private", backup.files["Private"], compress)
    return backup


def delete_old(folder, hours):
    """By the time of the last change of the inode: a copy that was touched is still old."""
    for path in folder.iterdir():
        if path.is_file() and time.time() - path.stat().st_ctime > hours * 3600:
            path.unlink()


def dump(site, path, include, exclude, verbose, quiet_failure):
    with gzip.open(path, "wt") as header:
        header.write(f"-- begin frappe metadata\n-- [frappe]\n-- version = {frappe.__version__}\n-- branch = N/A\n-- end frappe metadata\n--\n\n")
    config = site.config
    tables = " ".join(f"'tab{name}'" for name in include)
    skipped = " ".join(f"'--ignore-table={config['db_name']}.tab{name}'" for name in exclude)
    parts = [
        "/usr/bin/mariadb-dump", f"--user={config.get('db_user') or config['db_name']}", f"--host={config.get('db_host') or 'localhost'}",
        f"--port={config.get('db_port') or 3306}", "--password={password}", "--single-transaction --quick --lock-tables=false", skipped, config["db_name"], tables,
    ]
    command = f"set -o pipefail; {' '.join(part for part in parts if part)} | /usr/bin/gzip >> {shown(path)}"
    if verbose:
        print(command.format(password="*" * 10) + "\n", flush=True)
    done = subprocess.run(["bash", "-c", command.format(password=f"'{config['db_password']}'")], stderr=subprocess.PIPE)
    if done.returncode:
        if not quiet_failure:
            print(done.stderr, flush=True)
        raise BackupFailed(done.stderr)


def pack(site, kind, path, compress):
    subprocess.run(["tar", "czf" if compress else "cf", str(path), f"./{site.name}/{kind}/files"], check=True)


ENDINGS = {"database": "-database.sql.gz", "public": "-files.t*", "private": "-private-files.t*", "config": "-site_config_backup.json"}


def fetch_latest_backups(partial=False):
    """The newest file of each kind in the site's own backup folder."""
    site = current()
    stem = f"*-{site.name.replace('.', '_')}{'-partial' if partial else ''}"
    folder = Path(site.name, "private", "backups")
    return {kind: newest(folder.glob(stem + ending)) for kind, ending in ENDINGS.items()}


def newest(paths):
    found = sorted(paths, key=lambda path: path.name)
    return shown(found[-1]) if found else None
