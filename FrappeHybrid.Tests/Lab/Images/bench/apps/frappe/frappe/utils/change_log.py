"""Versions of the site's apps."""
from importlib import import_module

import frappe
from frappe.installer import installed_apps
from frappe.site import current


@frappe.whitelist()
def get_versions():
    modules = {app: import_module(app) for app in installed_apps(current().db)}
    return {app: {"title": module.app_title, "description": module.app_description, "branch": "", "version": module.__version__} for app, module in modules.items()}
