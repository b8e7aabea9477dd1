"""Who is signed in, over HTTP."""
import frappe
from frappe.web.request import request


@frappe.whitelist()
def get_logged_user():
    return request().user
