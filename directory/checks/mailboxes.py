"""Which mailboxes are better to ask: those of a role outlive the people in it."""

import re

_ROLES = frozenset(
    "admin advice bookings care casework centre chair committee community contact coordinator director directory duty"
    " enquiries enquiry feedback general hello help helpline hub info information inbox intake mail main manager"
    " office outreach project reception referral referrals safeguarding secretary service services support team"
    " trustees volunteering welcome".split()
)
_PARTS = re.compile(r"[^a-z]+")


def is_role_mailbox(email: str) -> bool:
    """Whether an address looks like that of a role (`info@`, `referrals.haringey@`) and not of a person."""
    return bool(_ROLES.intersection(_PARTS.split(email.rpartition("@")[0].lower())))
