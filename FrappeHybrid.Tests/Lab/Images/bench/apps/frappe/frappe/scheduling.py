"""Whether a site's scheduler runs: a setting in its database, a pause in its configuration."""


def is_enabled(db):
    return str(db.get_single("System Settings", "enable_scheduler") or "0") == "1"


def enable(db, enabled):
    db.set_single("System Settings", "enable_scheduler", "1" if enabled else "0")
    db.commit()


def is_paused(site):
    return bool(int(site.config.get("pause_scheduler") or 0))


def runs(site):
    return not site.in_maintenance and not is_paused(site) and is_enabled(site.db)


def scheduler_line(db):
    return f"*** Scheduler is {'enabled' if is_enabled(db) else 'disabled'} ***"
