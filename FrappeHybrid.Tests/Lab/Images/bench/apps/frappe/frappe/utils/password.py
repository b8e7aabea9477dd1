"""Passwords of users (hashed, in __Auth) and the site's encryption key."""
import base64
import hashlib
import hmac
import os

from frappe.site import current

ROUNDS = 29000


def hash_password(password):
    salt = os.urandom(16)
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ROUNDS)
    return f"$pbkdf2-sha256${ROUNDS}${encode(salt)}${encode(digest)}"


def is_password(password, stored):
    _, _, rounds, salt, digest = stored.split("$")
    made = hashlib.pbkdf2_hmac("sha256", password.encode(), decode(salt), int(rounds))
    return hmac.compare_digest(encode(made), digest)


def update_password(db, user, password):
    db.sql("REPLACE INTO `__Auth` (`doctype`, `name`, `fieldname`, `password`, `encrypted`) VALUES ('User', %s, 'password', %s, 0)", (user, hash_password(password)))


def check_password(db, user, password):
    stored = db.value("SELECT `password` FROM `__Auth` WHERE `doctype` = 'User' AND `name` = %s AND `fieldname` = 'password' AND `encrypted` = 0", (user,))
    return stored is not None and is_password(password, stored)


def get_encryption_key():
    """Made at the first use, not with the site: a copy of the configuration may be from before."""
    site = current()
    if not site.config.get("encryption_key"):
        site.set_config("encryption_key", base64.urlsafe_b64encode(os.urandom(32)).decode())
    return site.config["encryption_key"]


def encode(raw):
    return base64.b64encode(raw, b"./").decode().rstrip("=")


def decode(text):
    return base64.b64decode(text + "=" * (-len(text) % 4), b"./")
