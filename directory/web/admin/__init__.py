"""The desk: where officers of the Community Safety Team keep the directory, after signing in."""

from directory.web.admin import (
    account,
    change,
    change_edit,
    changes,
    demo,
    entries,
    home,
    join,
    navigation,
    passphrase,
    people,
    person,
    recovery_codes,
    sign_in,
    task,
    tasks,
)
from directory.web.admin.blueprint import admin
from directory.web.admin.invitation import invitation

__all__ = [
    "account",
    "admin",
    "change",
    "change_edit",
    "changes",
    "demo",
    "entries",
    "home",
    "invitation",
    "join",
    "navigation",
    "passphrase",
    "people",
    "person",
    "recovery_codes",
    "sign_in",
    "task",
    "tasks",
]
