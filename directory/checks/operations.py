"""What may happen to checks: the one place from which the layers above take it. Nothing here commits."""

from directory.checks.answers import (
    AnswerReceipt,
    RightPerson,
    drop_draft,
    record_answer,
    save_draft,
)
from directory.checks.bouncing import bounce, bounce_address_of
from directory.checks.calls import log_closed_by_phone, log_phone_check, log_source_check
from directory.checks.contacts import (
    Mailbox,
    add_contact,
    ask_contact_change,
    contact_change,
    decide_contact_change,
    remove_contact,
    replace_contact,
    set_contact_state,
)
from directory.checks.issuing import (
    Given,
    LinkState,
    OpenLink,
    issue_link,
    open_link,
    renew_link,
    revoke_links,
    send_new_link,
    use_link,
)
from directory.checks.keeping import (
    ask_again_soon,
    bring_forward,
    confirm,
    end_pause,
    mark_do_not_email,
    pause,
    set_due,
    set_period,
    set_way,
)
from directory.checks.rounds import RoundReport, do_part, do_round
from directory.checks.sending import send_link, send_links
from directory.checks.unreached import end_task_by_hand, log_no_answer

__all__ = [
    "AnswerReceipt",
    "Given",
    "LinkState",
    "Mailbox",
    "OpenLink",
    "RightPerson",
    "RoundReport",
    "add_contact",
    "ask_again_soon",
    "ask_contact_change",
    "bounce",
    "bounce_address_of",
    "bring_forward",
    "confirm",
    "contact_change",
    "decide_contact_change",
    "do_part",
    "do_round",
    "drop_draft",
    "end_pause",
    "end_task_by_hand",
    "issue_link",
    "log_closed_by_phone",
    "log_no_answer",
    "log_phone_check",
    "log_source_check",
    "mark_do_not_email",
    "open_link",
    "pause",
    "record_answer",
    "remove_contact",
    "renew_link",
    "replace_contact",
    "revoke_links",
    "save_draft",
    "send_link",
    "send_links",
    "send_new_link",
    "set_contact_state",
    "set_due",
    "set_period",
    "set_way",
    "use_link",
]
