"""The audit trail in words: what each act is called, and which acts are of one kind."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """Acts of one kind: what they are called together, and each with what somebody did."""

    words: str
    acts: Mapping[str, str]


KINDS: Mapping[str, Kind] = {
    "changes": Kind(
        "Changes of entries",
        {
            "change_approved": "approved a change",
            "change_declined": "declined a change",
            "change_proposed": "proposed a change",
            "change_withdrawn": "took back a change",
            "draft_published": "published a draft",
            "published_at_once": "made something public at once",
            "revision_restored": "restored an earlier revision",
        },
    ),
    "listing": Kind(
        "Adding, hiding and joining",
        {
            "draft_taken_up": "took up a draft again",
            "entries_joined": "joined two entries",
            "entry_added": "added an entry",
            "entry_hidden": "hid an entry",
            "entry_renamed": "gave an entry another address",
            "entry_shown_again": "showed an entry again",
            "hiding_asked": "asked for a second officer to hide an entry",
            "hiding_refused": "kept an entry public that was to be hidden",
            "inclusion_checked": "checked an entry against the policy of listing",
            "not_listed_forgotten": "let an organisation be listed again",
            "not_listed_remembered": "noted that an organisation is not to be listed",
            "note_added": "wrote a note",
        },
    ),
    "checks": Kind(
        "Asking and answers",
        {
            "answered": "answered",
            "brought_forward": "had an organisation asked sooner",
            "do_not_email": "noted that an organisation is to be rung, not emailed",
            "due_set": "set the day of the next check",
            "may_email": "noted that an organisation may be emailed again",
            "new_link_sent": "had a new link sent",
            "pause_ended": "ended a pause",
            "paused": "paused the asking",
            "period_set": "set how often an entry is checked",
            "rang_in_vain": "rang and reached nobody",
            "way_set": "set how an entry is kept",
        },
    ),
    "contacts": Kind(
        "Update contacts",
        {
            "contact_active": "had a contact emailed again",
            "contact_added": "added a contact",
            "contact_bouncing": "noted that email to a contact comes back",
            "contact_change_agreed": "agreed to another contact",
            "contact_change_asked": "asked for another contact",
            "contact_change_refused": "refused another contact",
            "contact_do_not_email": "noted that a contact is not to be emailed",
            "contact_removed": "removed a contact",
            "contact_replaced": "replaced a contact",
            "contact_wrong_person": "noted that a contact is the wrong person",
        },
    ),
    "tasks": Kind(
        "Tasks",
        {
            "task_assigned": "gave a task to somebody",
            "task_done": "ended a task",
            "task_snoozed": "put off a task",
            "task_woken": "took up a task that was put off",
        },
    ),
    "words": Kind(
        "Terms and words of the search",
        {
            "lexicon_reviewed": "noted whether the words of a language were read by a speaker",
            "term_added": "added a term",
            "term_merged": "merged a term into another",
            "term_moved": "moved a term",
            "term_offered_again": "offered a term again",
            "term_retired": "retired a term",
            "term_worded": "changed the words of a term",
            "words_added": "added words to the search",
            "words_changed": "changed words of the search",
            "words_removed": "removed words from the search",
            "words_returned": "brought back words of the search",
        },
    ),
    "files": Kind(
        "Spreadsheets and files",
        {
            "audit_exported": "saved the audit trail as a file",
            "entries_exported": "saved entries as a file",
            "import_cancelled": "cancelled an import",
            "import_columns_chosen": "named the columns of an import",
            "import_entries_told": "said what becomes of the rows of an import",
            "import_sent": "brought in an import",
            "import_started": "began an import",
            "import_words_chosen": "said what the words of an import mean",
        },
    ),
    "people": Kind(
        "Officers and signing in",
        {
            "officer_added": "added an officer",
            "officer_disabled": "stopped an officer from signing in",
            "officer_enabled": "let an officer sign in again",
            "officer_invited": "invited an officer",
            "officer_joined": "chose what to sign in with",
            "officer_renamed": "changed the name of an officer",
            "officer_reset": "gave an officer a new start",
            "officer_role_changed": "changed what an officer may do",
            "passphrase_changed": "changed the passphrase",
            "recovery_code_used": "signed in with a recovery code",
            "recovery_codes_made": "made new recovery codes",
            "sessions_ended": "ended sessions",
            "sign_in_slowed": "tried many times to sign in",
            "signed_in": "signed in",
            "signed_out": "signed out",
            "weekly_digest_set": "turned the weekly email on or off",
        },
    ),
    "privacy": Kind(
        "Policy and privacy",
        {
            "erasures_replayed": "erased people again after a restore, and ended all links and sessions",
            "kept_no_longer": "deleted what was kept long enough",
            "mail_resumed": "had emails sent again",
            "person_erased": "erased a person",
            "person_exported": "gave out what is held about a person",
            "policy_changed": "changed the policy",
        },
    ),
}
"""Kinds of acts by their names in addresses."""
ACTS: Mapping[str, str] = {action: words for kind in KINDS.values() for action, words in kind.acts.items()}


def act_in_words(action: str) -> str:
    """What somebody did; an act that an older version kept is told by its own name."""
    return ACTS.get(action, action.replace("_", " "))
