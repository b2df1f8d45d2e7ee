"""Which mailboxes are better to ask: those of a role outlive the people in it."""

import re

_ROLE = re.compile(
    r"(?:^|[^a-z])"
    r"(?:admin|advice|bookings|care|casework|centre|chair|committee|community|contact(?:us)?|coordinator|director"
    r"|duty|enquir(?:y|ies)|feedback|general|hello|help(?:line)?|hub|inbox|info(?:rmation)?|intake|mail|main|manager"
    r"|office|outreach|project|reception|referrals?|safeguarding|secretary|services?|support|team|trustees"
    r"|volunteering|welcome)"
    r"(?:$|[^a-z])"
)


def is_role_mailbox(email: str) -> bool:
    """Whether an address looks like that of a role (`info@`, `referrals.haringey@`) and not of a person."""
    return bool(_ROLE.search(email.rpartition("@")[0].lower()))
