"""The rows that a new site is born with."""
import hashlib

from frappe.schema.tables import COLUMNS, USUAL
from frappe.utils import now

FIELD_TYPES = {"int(1) NOT NULL DEFAULT 0": "Check", "int(11) NOT NULL DEFAULT 0": "Int", "longtext DEFAULT NULL": "Text Editor", "datetime(6) DEFAULT NULL": "Datetime"}
LAYOUT = ("Section Break", "Column Break", "Data", "Link", "Select", "Small Text", "Tab Break", "Date", "Currency", "Table", "Float", "Code")
ROLES = ("Administrator", "All", "Guest", "Desk User", "System Manager", "Script Manager", "Website Manager", "Workspace Manager", "Report Manager")
JOBS = (("frappe.sessions.clear_expired_sessions", "All"), ("frappe.utils.scheduler.clear_old_job_logs", "Hourly"))


def row_name(*parts):
    return hashlib.md5("/".join(parts).encode()).hexdigest()[:10]


def add_doctypes(db, app, doctypes, with_modules=True):
    """One row a document type, and one a field of it: what a dump of a site mostly consists of."""
    stamp = now()
    for module in dict.fromkeys(doctype.module for doctype in doctypes if with_modules):
        db.sql(
            "INSERT INTO `tabModule Def` (`name`, `creation`, `modified`, `owner`, `modified_by`, `module_name`, `app_name`) VALUES (%s, %s, %s, 'Administrator', 'Administrator', %s, %s)",
            (module, stamp, stamp, module, app),
        )
    db.many(
        "INSERT INTO `tabDocType` (`name`, `creation`, `modified`, `owner`, `modified_by`, `module`, `istable`) VALUES (%s, %s, %s, 'Administrator', 'Administrator', %s, %s)",
        [(doctype.name, stamp, stamp, doctype.module, int(doctype.is_child)) for doctype in doctypes],
    )
    db.many(
        "INSERT INTO `tabDocField` (`name`, `creation`, `modified`, `owner`, `modified_by`, `idx`, `fieldname`, `label`, `fieldtype`, `options`, "
        "`parent`, `parentfield`, `parenttype`) VALUES (%s, %s, %s, 'Administrator', 'Administrator', %s, %s, %s, %s, %s, %s, 'fields', 'DocType')",
        [(row_name(doctype.name, field), stamp, stamp, number, field, field.replace("_", " ").title(), kind, options, doctype.name)
         for doctype in doctypes for number, (field, kind, options) in enumerate(fields_of(doctype), start=1)],
    )


def fields_of(doctype):
    fields = [(name, FIELD_TYPES.get(kind, "Data"), None) for name, kind in COLUMNS.get(doctype.name, USUAL).items()]
    for number in range(16):
        kind = LAYOUT[(number + len(doctype.name)) % len(LAYOUT)]
        fields.append((f"{kind.lower().replace(' ', '_')}_{row_name(doctype.name, str(number))[:4]}", kind, doctype.module if kind == "Link" else None))
    return fields


def add_first_records(db):
    stamp = now()
    for role in ROLES:
        db.sql("INSERT INTO `tabRole` (`name`, `creation`, `modified`, `owner`, `modified_by`, `desk_access`) VALUES (%s, %s, %s, 'Administrator', 'Administrator', 1)", (role, stamp, stamp))
    for name, email, first_name, user_type in (
        ("Administrator", "admin@example.com", "Administrator", "System User"),
        ("Guest", "guest@example.com", "Guest", "Website User"),
    ):
        db.sql(
            "INSERT INTO `tabUser` (`name`, `creation`, `modified`, `owner`, `modified_by`, `email`, `first_name`, `full_name`, `user_type`, `enabled`) "
            "VALUES (%s, %s, %s, 'Administrator', 'Administrator', %s, %s, %s, %s, 1)",
            (name, stamp, stamp, email, first_name, first_name, user_type),
        )
    for method, frequency in JOBS:
        db.sql(
            "INSERT INTO `tabScheduled Job Type` (`name`, `creation`, `modified`, `owner`, `modified_by`, `method`, `frequency`, `create_log`) VALUES (%s, %s, %s, 'Administrator', 'Administrator', %s, %s, 1)",
            (method.split(".", 1)[1], stamp, stamp, method, frequency),
        )
    for field, value in (("time_zone", "Asia/Kolkata"), ("language", "en"), ("country", "India"), ("enable_scheduler", "0"), ("setup_complete", "0")):
        db.set_single("System Settings", field, value)
