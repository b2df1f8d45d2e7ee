"""The policy in words: what each part of it is called, and what it does in one or two sentences."""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.policy.rules import RANGES, Policy, PolicyFault, values_of
from directory.web.locale import PUBLISHED

DAYS, WEEKS, MONTHS, TIMES = "days", "weeks", "months", ""
LANGUAGE = "contact_language"
LANGUAGES: Mapping[str, str] = {language.code: language.name for language in PUBLISHED}
"""The languages that there are emails in, by their codes."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the policy: its name in the code, what it is called, what it does, and in what it is counted."""

    name: str
    label: str
    what: str
    unit: str = TIMES


@dataclass(frozen=True, slots=True)
class Group:
    """Parts that belong together."""

    title: str
    intro: str
    parts: tuple[Part, ...]


CHECKING = Group(
    "How often entries are checked",
    "A new number counts for each entry from its next check on.",
    (
        Part(
            "check_every_days",
            "Days between two checks",
            "An organisation is asked again so long after its answer.",
            DAYS,
        ),
        Part(
            "check_helplines_every_days",
            "Days between two checks of helplines and places to report",
            "The same for local helplines and places that take reports, where a wrong number does most harm.",
            DAYS,
        ),
        Part(
            "spread_weeks",
            "Weeks over which new entries are spread",
            "The first checks of new entries fall on different days, so that not all are due at once.",
            WEEKS,
        ),
        Part(
            "find_keepers_a_day",
            "Calls a day to find who keeps an entry",
            "At most so many tasks to find a contact are opened on one day.",
        ),
        Part("link_days", "Days for which a link works", "The link in an email opens the entry for so long.", DAYS),
        Part(
            LANGUAGE,
            "Language of new contacts",
            "Emails to a new contact are in this language, unless you choose another for the contact.",
        ),
    ),
)
ASKING = Group(
    "When nobody answers",
    "The days count from the day on which the check was due, when the first email goes out. Each step comes later than"
    " the one before it.",
    (
        Part("remind_after_days", "Day of the reminder", "The first contact gets a second email.", DAYS),
        Part("last_after_days", "Day of the last email", "Both contacts get an email.", DAYS),
        Part("ring_after_days", "Day of the first call", "Ringing them becomes a task.", DAYS),
        Part("ring_again_after_days", "Day of the second call", "Ringing them becomes a task again.", DAYS),
        Part(
            "mark_after_days",
            "Day on which the public is told",
            "The entry says that it is not confirmed, and stands lower in the results.",
            DAYS,
        ),
        Part("decide_after_days", "Day of the decision", "An officer is to decide what becomes of the entry.", DAYS),
    ),
)
ALONE = Group(
    "What the directory may do alone",
    "Both are off until you turn them on. Everything it does stands in the audit trail and can be undone.",
    (
        Part(
            "approve_hours",
            "Publish new opening hours at once",
            "When an organisation sends new opening hours by its own link, and nothing else that needs a decision, they"
            " are public at once. Numbers, links, addresses and all other words always wait for an officer.",
        ),
        Part(
            "hide_unanswered",
            "Hide what nobody decides about",
            "When an officer was to decide about an entry and nobody has, the public does not see it any more: at most"
            " five entries a day. The only entry for a ground, a language or a kind of service stays, and a second"
            " officer is asked. An entry with a change that waits is left alone.",
        ),
        Part(
            "hide_after_days",
            "Days until it is hidden",
            "They count from the day of the decision, or from the day on which you turn this on.",
            DAYS,
        ),
    ),
)
KEEPING = Group(
    "How long things are kept",
    "A program deletes every night what was kept long enough. The privacy page tells the public these numbers.",
    (
        Part("keep_reports_months", "Reports and suggestions", "What readers write, with their addresses.", MONTHS),
        Part("keep_names_months", "Who answered", "Name and role of who answered or sent a change.", MONTHS),
        Part("keep_contacts_months", "Former contacts", "Name and address of who was an update contact.", MONTHS),
        Part("keep_mail_months", "Emails", "To whom an email went, and when. Its words are never kept.", MONTHS),
        Part("keep_links_months", "Old links", "Update links that nobody used, after their end.", MONTHS),
        Part("keep_sign_ins_months", "Signing in", "When officers signed in.", MONTHS),
    ),
)
GROUPS = (CHECKING, ASKING, ALONE, KEEPING)
LABELS: Mapping[str, Part] = {part.name: part for group in GROUPS for part in group.parts}


def value_in_words(name: str, value: int | str) -> str:
    """A value of a part, as it is read."""
    if isinstance(value, str):
        return LANGUAGES.get(value, value)
    if isinstance(value, bool):
        return "on" if value else "off"
    unit = LABELS[name].unit if name in LABELS else TIMES
    words = unit.removesuffix("s") if value == 1 else unit
    return f"{value:,} {words}".strip()


def hint_of(part: Part, defaults: Policy) -> str:
    """What a part does, what it may be, and what it is if nobody sets it."""
    default = value_in_words(part.name, values_of(defaults)[part.name])
    if part.name not in RANGES:
        return f"{part.what} At first it is {default}."
    allowed = RANGES[part.name]
    return f"{part.what} From {allowed.least} to {allowed.most}; at first {default}."


def fault_in_words(name: str, fault: PolicyFault) -> str:
    """What is wrong with a part, as it stands beside its field."""
    if fault is PolicyFault.NO_LANGUAGE:
        return "Choose a language"
    if fault is PolicyFault.NOT_LATER:
        return "Enter a later day than that of the step before"
    if fault is PolicyFault.RARER_THAN_OTHERS:
        return "Enter no more days than for other entries"
    return f"Enter a whole number from {RANGES[name].least} to {RANGES[name].most}"
