from frappe.schema.doctypes import DocType
from frappe.schema.records import add_doctypes
from frappe.schema.tables import create_statement

REPORT = DocType("Delivery Report", "Email", False)


def execute(db):
    if REPORT.table not in db.tables():
        db.sql(create_statement(REPORT))
    if not db.value("SELECT COUNT(*) FROM `tabDocType` WHERE `name` = %s", (REPORT.name,)):
        # The module is there since the app was installed: only the type and its fields are new.
        add_doctypes(db, "frappe", [REPORT], with_modules=False)
