"""The search index of a site's pages."""
from frappe.site import current


def build_index_for_all_routes():
    db = current().db
    pages = db.sql("SELECT `name`, `title`, `main_section`, `route` FROM `tabWeb Page` WHERE `published` = 1")
    for name, title, content, route in pages:
        db.sql("REPLACE INTO `__global_search` (`doctype`, `name`, `title`, `content`, `route`, `published`) VALUES ('Web Page', %s, %s, %s, %s, 1)", (name, title, content, route))
    db.commit()
    return len(pages)
