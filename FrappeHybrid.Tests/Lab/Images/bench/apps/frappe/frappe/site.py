"""A site: its folder, its configuration, its database. One is "current" while a command, request or job works on it."""
import json
import os
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from zoneinfo import ZoneInfo

from frappe.database import Database
from frappe.exceptions import IncorrectSitePath

BENCH = Path("/home/frappe/frappe-bench")
SITES = BENCH / "sites"
DEFAULT_TIME_ZONE = "Asia/Kolkata"

_current = ContextVar("site")

# Environment variables that win over both configuration files.
ENVIRONMENT = {
    "db_type": "FRAPPE_DB_TYPE",
    "db_host": "FRAPPE_DB_HOST",
    "db_port": "FRAPPE_DB_PORT",
    "db_name": "FRAPPE_DB_NAME",
    "db_password": "FRAPPE_DB_PASSWORD",
    "redis_queue": "FRAPPE_REDIS_QUEUE",
    "redis_cache": "FRAPPE_REDIS_CACHE",
}


def current():
    return _current.get()


def read_json(path):
    return json.loads(path.read_text()) if path.exists() else {}


def write_json(path, values):
    path.write_text(json.dumps(values, indent=1, sort_keys=True))


def common_config():
    if not (SITES / "apps.txt").exists():
        raise OSError("b'./apps.txt' Not Found")
    config = read_json(SITES / "common_site_config.json")
    return {**config, **from_environment()}


def from_environment():
    return {key: os.environ[name] for key, name in ENVIRONMENT.items() if os.environ.get(name)}


def all_sites():
    return sorted(path.parent.name for path in SITES.glob("*/site_config.json"))


class Site:
    def __init__(self, name):
        self.name = name
        self.path = SITES / name
        self._db = None
        self._time_zone = None
        if not name or name in ("assets", "..", ".") or not self.path.is_dir():
            raise IncorrectSitePath(name)
        self.config = self.read_config()

    @property
    def config_path(self):
        return self.path / "site_config.json"

    def read_config(self):
        common = common_config()
        try:
            own = read_json(self.config_path)
        except ValueError as error:
            print(f"{self.name}/site_config.json is invalid")
            print(error)
            own = {}
        return {**common, **own, "db_socket": None, **from_environment()}

    def set_config(self, key, value):
        """Writes one key of the site's own file; None takes it out."""
        update_config_file(self.config_path, key, value)
        self.config = self.read_config()

    @property
    def db(self):
        if self._db is None:
            assert self.config.get("db_name"), "site must be fully initialized, db_name missing"
            self._db = Database.for_site(self)
        return self._db

    @property
    def time_zone(self):
        if self._time_zone is None:
            self._time_zone = ZoneInfo(self.db.get_single("System Settings", "time_zone") or DEFAULT_TIME_ZONE)
        return self._time_zone

    def assume_time_zone(self):
        """For what must go on without a database to ask."""
        self._time_zone = ZoneInfo(DEFAULT_TIME_ZONE)

    @property
    def in_maintenance(self):
        return bool(int(self.config.get("maintenance_mode") or 0))

    def close(self):
        if self._db is not None:
            self._db.close()
            self._db = None

    @contextmanager
    def as_current(self):
        token = _current.set(self)
        try:
            yield self
        finally:
            _current.reset(token)
            self.close()


def update_config_file(path, key, value):
    config = read_json(path)
    if value is None:
        config.pop(key, None)
    else:
        config[key] = value
    write_json(path, config)
