"""Which reports there are."""

from directory.web.admin.blueprint import Page, admin
from directory.web.templating import render


@admin.get("/reports")
def reports() -> Page:
    """The list of reports."""
    return render("admin/reports.html")
