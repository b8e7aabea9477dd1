"""A small working stand-in for the Frappe framework: the same contract, none of its source."""
from frappe.version import __version__

app_title = "Frappe Framework"
app_description = "Full stack web framework with Python, Javascript, MariaDB, Redis, Node"


def whitelist(allow_guest=False, methods=("GET", "POST")):
    """Marks a function as one that /api/method/<its path> may call."""

    def mark(function):
        function.whitelisted = True
        function.allow_guest = allow_guest
        function.http_methods = methods
        return function

    return mark


@whitelist(allow_guest=True)
def ping():
    return "pong"
