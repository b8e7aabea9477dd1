from datetime import datetime
from zoneinfo import ZoneInfo

from frappe.site import DEFAULT_TIME_ZONE, current


def now():
    """The site's own time: not UTC, and not the machine's."""
    try:
        zone = current().time_zone
    except Exception:  # a site whose tables are only just being made has no time zone of its own yet
        zone = ZoneInfo(DEFAULT_TIME_ZONE)
    return datetime.now(zone).strftime("%Y-%m-%d %H:%M:%S.%f")
