"""The first page of the desk."""

from directory.web.admin.blueprint import Page, admin
from directory.web.templating import render


@admin.get("/")
def home() -> Page:
    """Where the day begins."""
    return render("admin/home.html")
