"""Users and their passwords."""
import getpass
import sys

import click

from frappe.cli.context import open_site
from frappe.sessions import delete_sessions
from frappe.users import add_role, add_user as add, exists
from frappe.utils.password import update_password


def name_options(function):
    for option in ("--password", "--last-name", "--first-name"):
        function = click.option(option)(function)
    return function


@click.command("add-user")
@click.argument("email")
@name_options
@click.option("--user-type", default="Website User")
@click.option("--add-role", "roles", multiple=True)
@click.option("--send-welcome-email", is_flag=True)
@click.pass_obj
def add_user(context, email, first_name, last_name, password, user_type, roles, send_welcome_email):
    for name in context.each_site():
        with open_site(name) as site:
            add(site.db, email, first_name, last_name, password, user_type, roles)


@click.command("add-system-manager")
@click.argument("email")
@name_options
@click.option("--send-welcome-email", is_flag=True)
@click.pass_obj
def add_system_manager(context, email, first_name, last_name, password, send_welcome_email):
    for name in context.each_site():
        with open_site(name) as site:
            add(site.db, email, first_name, last_name, password, "System User", ["System Manager"])


@click.command("disable-user")
@click.argument("email")
@click.pass_obj
def disable_user(context, email):
    name = context.one_site()
    with open_site(name) as site:
        site.db.sql("UPDATE `tabUser` SET `enabled` = 0 WHERE `name` = %s", (email,))
        delete_sessions(site.db, email)
        site.db.commit()


@click.command("set-password")
@click.argument("user")
@click.argument("password", required=False)
@click.option("--logout-all-sessions", is_flag=True)
@click.pass_obj
def set_password(context, user, password, logout_all_sessions):
    for name in context.each_site():
        set_for(name, user, password, logout_all_sessions)


@click.command("set-admin-password")
@click.argument("admin-password", required=False)
@click.option("--logout-all-sessions", is_flag=True)
@click.pass_obj
def set_admin_password(context, admin_password, logout_all_sessions):
    for name in context.each_site():
        set_for(name, "Administrator", admin_password, logout_all_sessions)


def set_for(name, user, password, logout):
    with open_site(name) as site:
        while not password:
            password = getpass.getpass(f"{user}'s password for {name}: ")
        if not exists(site.db, user):
            print(f"User {user} does not exist")
            sys.exit(1)
        update_password(site.db, user, password)
        if logout:
            delete_sessions(site.db, user)
        site.db.commit()


@click.command("destroy-all-sessions")
@click.option("--reason")
@click.pass_obj
def destroy_all_sessions(context, reason):
    for name in context.each_site():
        with open_site(name) as site:
            delete_sessions(site.db)
            site.db.commit()
