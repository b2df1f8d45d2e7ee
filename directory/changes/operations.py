"""What may happen to changes: the one place from which the layers above take it. Nothing here commits."""

from directory.changes.decisions import Approval, add_proposed, approve, decline, withdraw
from directory.changes.proposals import propose

__all__ = ["Approval", "add_proposed", "approve", "decline", "propose", "withdraw"]
