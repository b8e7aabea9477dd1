"""Sign-ins: a row in tabSessions for each, named by the sid cookie."""
import secrets
from datetime import datetime, timedelta

from frappe.site import current

LIFETIME = timedelta(hours=170)


def start_session(db, user, address=""):
    sid = secrets.token_hex(28)
    db.sql(
        "INSERT INTO `tabSessions` (`user`, `sid`, `sessiondata`, `ipaddress`, `lastupdate`, `status`) VALUES (%s, %s, %s, %s, %s, 'Active')",
        (user, sid, "{}", address[:16], datetime.utcnow()),
    )
    db.commit()
    return sid


def user_of(db, sid):
    if not sid or sid == "Guest":
        return "Guest"
    found = db.value("SELECT `user` FROM `tabSessions` WHERE `sid` = %s AND `lastupdate` > %s", (sid, datetime.utcnow() - LIFETIME))
    return found or "Guest"


def delete_sessions(db, user=None):
    db.sql("DELETE FROM `tabSessions`" + (" WHERE `user` = %s" if user else ""), (user,) if user else None)


def delete_session(db, sid):
    db.sql("DELETE FROM `tabSessions` WHERE `sid` = %s", (sid,))
    db.commit()


def clear_expired_sessions():
    """Runs in a worker, sent there by the scheduler."""
    db = current().db
    db.sql("DELETE FROM `tabSessions` WHERE `lastupdate` < %s", (datetime.utcnow() - LIFETIME,))
    db.commit()
