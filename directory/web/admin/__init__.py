"""The desk: where officers of the Community Safety Team keep the directory, after signing in."""

from directory.web.admin import (
    account,
    board,
    change,
    change_edit,
    changes,
    demo,
    entries,
    gaps,
    home,
    join,
    navigation,
    passphrase,
    people,
    person,
    recovery_codes,
    reports,
    sign_in,
    task,
    tasks,
)
from directory.web.admin.blueprint import admin
from directory.web.admin.invitation import invitation

__all__ = [
    "account",
    "admin",
    "board",
    "change",
    "change_edit",
    "changes",
    "demo",
    "entries",
    "gaps",
    "home",
    "invitation",
    "join",
    "navigation",
    "passphrase",
    "people",
    "person",
    "recovery_codes",
    "reports",
    "sign_in",
    "task",
    "tasks",
]
