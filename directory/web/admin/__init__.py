"""The desk: where officers of the Community Safety Team keep the directory, after signing in."""

from directory.web.admin import (
    change,
    change_edit,
    changes,
    demo,
    home,
    join,
    navigation,
    sign_in,
    task,
    tasks,
)
from directory.web.admin.blueprint import admin
from directory.web.admin.invitation import invitation

__all__ = [
    "admin",
    "change",
    "change_edit",
    "changes",
    "demo",
    "home",
    "invitation",
    "join",
    "navigation",
    "sign_in",
    "task",
    "tasks",
]
