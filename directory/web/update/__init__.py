"""The update face: an organisation keeps its own entry by the link that was mailed to it, without an account."""

from directory.web.update import answer, contact, edit, new_link, notice, part, person, review
from directory.web.update.agreement import agreement
from directory.web.update.blueprint import update

__all__ = ["agreement", "answer", "contact", "edit", "new_link", "notice", "part", "person", "review", "update"]
