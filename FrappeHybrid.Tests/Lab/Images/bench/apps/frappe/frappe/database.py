"""MariaDB as the sites use it, and as the root user does who makes and drops their databases."""
import getpass
import logging
import re

import pymysql

from frappe.exceptions import InReadOnlyMode

CHARSET = "utf8mb4"
READ_ONLY_TRANSACTION = 1792  # MariaDB's number for a write in one
CHANGES_SCHEMA = re.compile(r"\s*(create|alter|drop|truncate|rename|grant|revoke)\b", re.IGNORECASE)


class Database:
    def __init__(self, connection, log):
        self.connection = connection
        self.log = log
        self.touched = set()

    @classmethod
    def for_site(cls, site, user=None, password=None):
        """As the site's own user on its own database; or as somebody else, on no database yet."""
        config = site.config
        connection = pymysql.connect(
            host=config.get("db_host") or "localhost",
            port=int(config.get("db_port") or 3306),
            user=user or config.get("db_user") or config["db_name"],
            password=config.get("db_password", "") if user is None else password,
            database=config["db_name"] if user is None else None,
            charset=CHARSET,
        )
        return cls(connection, schema_log(site))

    @classmethod
    def for_root(cls, site, user=None, password=None):
        """Asks for the password on standard input when neither the caller nor the configuration has it."""
        if password is None:
            password = site.config.get("root_password") or getpass.getpass("MySQL root password: ")
        return cls.for_site(site, user or site.config.get("root_login") or "root", password)

    def sql(self, statement, values=None):
        if CHANGES_SCHEMA.match(statement):
            self.log.warning("DDL Query made to DB:\n%s", statement if values is None else statement % tuple(map(repr, values)))
        with self.connection.cursor() as cursor:
            try:
                cursor.execute(statement, values)
            except pymysql.err.MySQLError as error:
                if error.args and error.args[0] == READ_ONLY_TRANSACTION:
                    raise InReadOnlyMode("Site is running in read only mode for maintenance or site update, this action can not be performed right now.") from error
                raise
            self.remember(statement)
            return cursor.fetchall()

    def many(self, statement, rows):
        with self.connection.cursor() as cursor:
            cursor.executemany(statement, rows)
        self.remember(statement)

    def remember(self, statement):
        """Which tables were written to: migrate leaves a list of them for whoever takes it back."""
        found = re.match(r"\s*(?:insert into|replace into|update|delete from|alter table|create table)\s+(?:if not exists\s+)?`?([^`(]+)`?", statement, re.IGNORECASE)
        if found:
            self.touched.add(found.group(1).strip())

    def value(self, statement, values=None):
        rows = self.sql(statement, values)
        return rows[0][0] if rows else None

    def begin_read_only(self):
        self.sql("START TRANSACTION READ ONLY")

    def commit(self):
        self.connection.commit()

    def rollback(self):
        self.connection.rollback()

    def close(self):
        self.connection.close()

    def tables(self):
        return [row[0] for row in self.sql("SHOW TABLES")]

    def get_single(self, doctype, field):
        return self.value("SELECT `value` FROM `tabSingles` WHERE `doctype` = %s AND `field` = %s", (doctype, field))

    def set_single(self, doctype, field, value):
        self.sql("DELETE FROM `tabSingles` WHERE `doctype` = %s AND `field` = %s", (doctype, field))
        self.sql("INSERT INTO `tabSingles` (`doctype`, `field`, `value`) VALUES (%s, %s, %s)", (doctype, field, value))

    def get_default(self, key):
        return self.value("SELECT `defvalue` FROM `tabDefaultValue` WHERE `parent` = '__global' AND `defkey` = %s", (key,))

    def set_default(self, key, value):
        self.sql("DELETE FROM `tabDefaultValue` WHERE `parent` = '__global' AND `defkey` = %s", (key,))
        self.sql(
            "INSERT INTO `tabDefaultValue` (`name`, `parent`, `parenttype`, `parentfield`, `defkey`, `defvalue`) "
            "VALUES (LEFT(MD5(%s), 10), '__global', '__default', 'system_defaults', %s, %s)",
            (key, key, value),
        )


def schema_log(site):
    """sites/<site>/logs/database.log: every statement that changes a schema, passwords of new users included."""
    log = logging.getLogger(f"database-{site.name}")
    if not log.handlers:
        folder = site.path / "logs"
        handler = logging.FileHandler(folder / "database.log") if folder.is_dir() else logging.NullHandler()
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s database %(message)s"))
        log.addHandler(handler)
        log.propagate = False
    return log
