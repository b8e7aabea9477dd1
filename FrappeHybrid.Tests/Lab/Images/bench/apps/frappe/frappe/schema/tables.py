"""The columns of the tables: what every document type has, and what some have besides."""
ENGINE = "ENGINE=InnoDB ROW_FORMAT=DYNAMIC CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci"

TEXT = "varchar(140) DEFAULT NULL"
LONG = "longtext DEFAULT NULL"
FLAG = "int(1) NOT NULL DEFAULT 0"
NUMBER = "int(11) NOT NULL DEFAULT 0"
TIME = "datetime(6) DEFAULT NULL"

# What a document type without an entry below gets.
USUAL = {"title": TEXT, "status": TEXT, "description": LONG, "disabled": FLAG}

COLUMNS = {
    "DocType": {"module": TEXT, "issingle": FLAG, "istable": FLAG, "custom": FLAG, "description": LONG},
    "DocField": {
        "fieldname": TEXT, "label": TEXT, "fieldtype": TEXT, "options": LONG, "default": LONG, "description": LONG,
        "reqd": FLAG, "hidden": FLAG, "read_only": FLAG, "in_list_view": FLAG, "unique": FLAG, "search_index": FLAG,
        "permlevel": NUMBER, "length": NUMBER,
    },
    "DocPerm": {"role": TEXT, "read": FLAG, "write": FLAG, "create": FLAG, "delete": FLAG, "permlevel": NUMBER},
    "User": {
        "email": TEXT, "first_name": TEXT, "last_name": TEXT, "full_name": TEXT, "user_type": TEXT, "enabled": FLAG,
        "last_login": TIME, "last_active": TIME, "user_image": LONG,
    },
    "Has Role": {"role": TEXT},
    "Role": {"disabled": FLAG, "desk_access": FLAG, "is_custom": FLAG},
    "Module Def": {"module_name": TEXT, "app_name": TEXT},
    "DefaultValue": {"defkey": TEXT, "defvalue": LONG},
    "Installed Application": {"app_name": TEXT, "app_version": TEXT, "git_branch": TEXT},
    "Patch Log": {"patch": LONG, "skipped": FLAG, "traceback": LONG},
    "Scheduled Job Type": {"method": TEXT, "frequency": TEXT, "stopped": FLAG, "create_log": FLAG, "last_execution": TIME},
    "Scheduled Job Log": {"scheduled_job_type": TEXT, "status": TEXT, "details": LONG},
    "Error Log": {"method": TEXT, "error": LONG, "seen": FLAG},
    "Activity Log": {"subject": LONG, "operation": TEXT, "status": TEXT, "user": TEXT, "ip_address": TEXT},
    "File": {
        "file_name": TEXT, "file_url": LONG, "file_type": TEXT, "folder": TEXT, "content_hash": TEXT, "file_size": "bigint(20) NOT NULL DEFAULT 0",
        "is_private": FLAG, "is_folder": FLAG, "is_home_folder": FLAG, "is_attachments_folder": FLAG,
    },
    "Note": {"title": TEXT, "content": LONG, "public": FLAG},
    "Web Page": {"title": TEXT, "route": TEXT, "published": FLAG, "main_section": LONG},
}

# Tables of the framework that no document type describes.
BARE = {
    "__Auth": "`doctype` varchar(140) NOT NULL, `name` varchar(255) NOT NULL, `fieldname` varchar(140) NOT NULL, `password` text NOT NULL, "
              "`encrypted` int(1) NOT NULL DEFAULT 0, PRIMARY KEY (`doctype`, `name`, `fieldname`)",
    "__UserSettings": "`user` varchar(180) NOT NULL, `doctype` varchar(180) NOT NULL, `data` text, UNIQUE (`user`, `doctype`)",
    "__global_search": "`doctype` varchar(100), `name` varchar(140), `title` varchar(140), `content` text, `route` varchar(140), "
                       "`published` int(1) NOT NULL DEFAULT 0, UNIQUE `doctype_name` (`doctype`, `name`), FULLTEXT (`content`)",
    "tabSeries": "`name` varchar(100), `current` int(10) NOT NULL DEFAULT 0, PRIMARY KEY (`name`)",
    "tabSessions": "`user` varchar(255), `sid` varchar(255), `sessiondata` longtext, `ipaddress` varchar(16), `lastupdate` datetime(6), "
                   "`status` varchar(20), KEY `sid` (`sid`)",
    "tabSingles": "`doctype` varchar(255), `field` varchar(255), `value` text, KEY `singles_doctype_field_index` (`doctype`, `field`)",
}


def create_statement(doctype):
    own = COLUMNS.get(doctype.name, USUAL)
    columns = [
        "`name` varchar(140) NOT NULL PRIMARY KEY", "`creation` datetime(6) DEFAULT NULL", "`modified` datetime(6) DEFAULT NULL",
        "`modified_by` varchar(140) DEFAULT NULL", "`owner` varchar(140) DEFAULT NULL", "`docstatus` int(1) NOT NULL DEFAULT 0", "`idx` int(8) NOT NULL DEFAULT 0",
    ]
    columns += [f"`{name}` {kind}" for name, kind in own.items()]
    if doctype.is_child:
        columns += ["`parent` varchar(140) DEFAULT NULL", "`parentfield` varchar(140) DEFAULT NULL", "`parenttype` varchar(140) DEFAULT NULL", "KEY `parent` (`parent`)"]
    else:
        columns += ["`_user_tags` text DEFAULT NULL", "`_comments` text DEFAULT NULL", "`_assign` text DEFAULT NULL", "`_liked_by` text DEFAULT NULL", "KEY `modified` (`modified`)"]
    return f"CREATE TABLE `{doctype.table}` ({', '.join(columns)}) {ENGINE}"


def bare_statement(table):
    return f"CREATE TABLE `{table}` ({BARE[table]}) {ENGINE}"
