"""The desk: where officers of the Community Safety Team keep the directory, after signing in."""

from directory.web.admin import change, change_edit, changes, home, navigation, sign_in
from directory.web.admin.blueprint import admin

__all__ = ["admin", "change", "change_edit", "changes", "home", "navigation", "sign_in"]
