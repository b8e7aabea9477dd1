"""What the websocket service asks, and what it passes on."""
import json

import frappe
from frappe.site import current
from frappe.users import user_info
from frappe.utils.background_jobs import connection
from frappe.web.request import request


@frappe.whitelist(allow_guest=True)
def get_user_info():
    user = request().user
    return {"user": user, "user_type": user_info(current().db, user)["user_type"]}


def publish_realtime(event, message=None, user=None, room=None):
    """To one user, to a room, or to everybody in the desk of the current site."""
    room = room or (f"user:{user}" if user else "all")
    connection().publish("events", json.dumps({"event": event, "message": message, "room": room, "namespace": current().name}))
