"""The desk: where officers of the Community Safety Team keep the directory, after signing in."""

from directory.web.admin import home, navigation, sign_in
from directory.web.admin.blueprint import admin

__all__ = ["admin", "home", "navigation", "sign_in"]
