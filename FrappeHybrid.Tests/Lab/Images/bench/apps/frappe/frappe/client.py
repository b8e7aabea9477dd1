"""Counting documents."""
import frappe
from frappe.exceptions import DoesNotExistError
from frappe.site import current


@frappe.whitelist()
def get_count(doctype):
    db = current().db
    if f"tab{doctype}" not in db.tables():
        raise DoesNotExistError(f"DocType {doctype} not found")
    return db.value(f"SELECT COUNT(*) FROM `tab{doctype}`")
