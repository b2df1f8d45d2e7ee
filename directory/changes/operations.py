"""What may happen to changes: the one place from which the layers above take it. Nothing here commits."""

from directory.changes.answers import Taking, Told, answer_with_changes, notice_at_once
from directory.changes.decisions import Approval, add_proposed, approve, decline, withdraw
from directory.changes.editing import edit, publish_draft
from directory.changes.history import restore
from directory.changes.proposals import propose

__all__ = [
    "Approval",
    "Taking",
    "Told",
    "add_proposed",
    "answer_with_changes",
    "approve",
    "decline",
    "edit",
    "notice_at_once",
    "propose",
    "publish_draft",
    "restore",
    "withdraw",
]
