"""The rows of tabUser and their roles."""
import pymysql

from frappe.exceptions import DuplicateEntryError
from frappe.schema.records import row_name
from frappe.utils import now
from frappe.utils.password import update_password


def exists(db, user):
    return db.value("SELECT COUNT(*) FROM `tabUser` WHERE `name` = %s", (user,)) > 0


def add_user(db, email, first_name, last_name, password, user_type, roles):
    stamp = now()
    full_name = " ".join(part for part in (first_name or email, last_name) if part)
    try:
        db.sql(
            "INSERT INTO `tabUser` (`name`, `creation`, `modified`, `owner`, `modified_by`, `email`, `first_name`, `last_name`, `full_name`, `user_type`, `enabled`) "
            "VALUES (%s, %s, %s, 'Administrator', 'Administrator', %s, %s, %s, %s, %s, 1)",
            (email, stamp, stamp, email, first_name or email, last_name, full_name, user_type),
        )
    except pymysql.err.IntegrityError as error:
        raise DuplicateEntryError("User", email, error)
    for role in roles:
        add_role(db, email, role)
    if password:
        update_password(db, email, password)
    db.commit()


def add_role(db, user, role):
    db.sql(
        "REPLACE INTO `tabHas Role` (`name`, `parent`, `parenttype`, `parentfield`, `role`) VALUES (%s, %s, 'User', 'roles', %s)",
        (row_name(user, role), user, role),
    )


def user_info(db, user):
    rows = db.sql("SELECT `full_name`, `user_type`, `enabled` FROM `tabUser` WHERE `name` = %s", (user,))
    return {"full_name": rows[0][0], "user_type": rows[0][1], "enabled": bool(rows[0][2])} if rows else None
