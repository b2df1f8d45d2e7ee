"""What is known of entries in plain English, as pages of the desk say it."""

from collections.abc import Mapping

from directory.changes.rules import HowChecked
from directory.checks.rules import ContactState, Way
from directory.listing.criteria import Sign, Sort
from directory.listing.rules import Criterion
from directory.organisations.details import OrganisationKind
from directory.organisations.rules import State
from directory.web.admin.change_words import HOW_CHECKED

STATES: Mapping[State, str] = {State.PUBLIC: "Public", State.DRAFT: "Draft", State.HIDDEN: "Hidden"}
COLOURS: Mapping[State, str] = {State.PUBLIC: "green", State.DRAFT: "blue", State.HIDDEN: "grey"}
"""The tag of each state."""
WAYS: Mapping[Way, str] = {
    Way.OWN_LINK: "By its own link",
    Way.PHONE: "By phone",
    Way.OFFICER_CHECK: "By an officer's check of a page",
}
SIGNS: Mapping[Sign, str] = {
    Sign.DUE: "Due",
    Sign.OVERDUE: "Marked as not confirmed",
    Sign.NEVER_CONFIRMED: "Never confirmed",
    Sign.NO_CONTACT: "Nobody to email",
    Sign.BOUNCING: "Email comes back",
    Sign.PAUSED: "Paused",
    Sign.TOLD_CHANGED: "Told us of a change",
    Sign.TOLD_CLOSED: "Told us it has closed",
}
SORTS: Mapping[Sort, str] = {
    Sort.NAME: "Name",
    Sort.DUE: "Due first",
    Sort.CONFIRMED: "Confirmed longest ago",
    Sort.EDITED: "Edited last",
}
ORGANISATION_KINDS: Mapping[OrganisationKind, str] = {
    OrganisationKind.STATUTORY: "Public body",
    OrganisationKind.VOLUNTARY: "Charity or voluntary organisation",
    OrganisationKind.COMMUNITY: "Community organisation",
    OrganisationKind.FAITH: "Faith organisation",
}
CONTACT_STATES: Mapping[ContactState, str] = {
    ContactState.ACTIVE: "Gets our emails",
    ContactState.BOUNCING: "Our emails come back",
    ContactState.DO_NOT_EMAIL: "Does not want our emails",
    ContactState.WRONG_PERSON: "Is the wrong person",
}
CHECKED: Mapping[HowChecked, str] = {how: f"{words[:1].upper()}{words[1:]}" for how, words in HOW_CHECKED.items()}
"""How an officer can have made sure, as choices."""
CRITERIA: Mapping[Criterion, str] = {
    Criterion.HELPS_THE_TARGETED: (
        "It helps people who are targeted because of who they are, or takes action against those who do it"
    ),
    Criterion.OPEN_TO_HARINGEY: "People who live, work or study in Haringey can use it",
    Criterion.REACHABLE: "The public can reach it, and we know who runs it",
    Criterion.CLEAR_COST: "It is clear about what it costs, if it costs anything",
}
"""The policy of who can be listed, as `/kept-current` tells the public."""


def counted(number: int, one: str, many: str) -> str:
    """`1 entry`, `2 entries`, `1,000 entries`."""
    return f"{number:,} {one if number == 1 else many}"
