"""What forms of the desk need that their fields do not say."""

from collections.abc import Mapping

from tests.officers import PASSPHRASE

NEW = "another walk along the canal at dusk"
MAILBOX = {"email": "new@harbour.example", "language": "tr"}
VALID: Mapping[str, Mapping[str, str]] = {
    "admin.act_on_chosen": {"act": "way", "way": "phone"},
    "admin.approve_edited": {"action": "continue", "decision": "approve:website", "name": "Harbour again"},
    "admin.change_role": {"role": "manager"},
    "admin.invite": {"email": "new@council.example", "name": "Nia", "role": "officer"},
    "admin.publish_edit": {"how": "website"},
    "admin.save_policy": {"save": "yes", "link_days": "25"},
    "admin.send_contact": MAILBOX,
    "admin.send_entry": {"name": "Mole", "kind": "faith", "phone": "", "website": ""},
    "admin.send_keeping": {"way": "phone", "source": "", "period": "77", "email": "yes"},
    "admin.send_not_listed": {"name": "Mole", "reason": "It takes money.", "phone": "", "website": ""},
    "admin.send_passphrase": {"current": PASSPHRASE, "passphrase": NEW},
    "admin.send_replacement": MAILBOX,
    "admin.send_sign_in": {"email": "manager@council.example", "passphrase": PASSPHRASE},
}
"""By endpoint: the fields, and what is typed into each."""
