"""Tasks in words: what each kind is called, what to do, and how it may end."""

from collections.abc import Mapping
from datetime import date

from directory.tasks.rules import Outcome, TaskKind
from directory.web.entry_words import date_in_words

TITLES: Mapping[TaskKind, str] = {
    TaskKind.FIND_KEEPER: "Find who keeps this entry",
    TaskKind.RING: "Ring them",
    TaskKind.RING_AGAIN: "Ring them again",
    TaskKind.DECIDE_ENTRY: "Decide about an entry that nobody confirms",
    TaskKind.CHECK_SOURCE: "Compare the entry with its source",
    TaskKind.REVIEW_CHANGE: "Decide about a change",
    TaskKind.TOLD_OF_CHANGE: "They told us that people reach them otherwise now",
    TaskKind.TOLD_OF_CLOSING: "They told us that they have closed",
    TaskKind.WRONG_PERSON: "We write to the wrong person",
    TaskKind.CONTACT_CHANGE: "Somebody else is to get our emails",
    TaskKind.BOUNCED: "Our email came back",
    TaskKind.MAIL_REFUSED: "An email could not be sent",
    TaskKind.WEBSITE_FAILING: "A website does not answer",
    TaskKind.NUMBER_INVALID: "A phone number cannot be right",
    TaskKind.DUPLICATE: "Two entries may be the same",
    TaskKind.PROBLEM_REPORT: "Readers say that something is wrong",
    TaskKind.NO_ANSWER: "Readers tried them and nobody answered",
    TaskKind.REGISTER_CHANGED: "The register of charities has changed",
    TaskKind.CONFIRM_HIDING: "Another officer wants to hide an entry",
    TaskKind.CHANGE_LATE: "A change has waited too long",
}
WHAT_TO_DO: Mapping[TaskKind, str] = {
    TaskKind.FIND_KEEPER: "Nobody is asked to check this entry. Ring them, and ask for a mailbox that we may write to.",
    TaskKind.RING: "They did not answer our emails, or they are kept by phone. Ring them and go through the entry.",
    TaskKind.RING_AGAIN: "Nobody could be reached the first time. Try another number or time of day, or go there.",
    TaskKind.DECIDE_ENTRY: "Nobody has confirmed it for so long that people may be misled. Keep it, or hide it.",
    TaskKind.CHECK_SOURCE: "Open the page that the entry is kept by, and compare every number and address.",
    TaskKind.REVIEW_CHANGE: "Look at what is proposed, and decide. The task ends with the decision.",
    TaskKind.TOLD_OF_CHANGE: "The public reads that we are checking. Decide today. The task ends with the decision.",
    TaskKind.TOLD_OF_CLOSING: "The public reads that we are checking this. Ring them. Then hide the entry, or keep it.",
    TaskKind.WRONG_PERSON: "Find the right person, and put their mailbox in the place of the old one.",
    TaskKind.CONTACT_CHANGE: "Make sure that the new mailbox is theirs: ring the public number. Then say yes or no.",
    TaskKind.BOUNCED: "Find an address that works, and put it in the place of the old one.",
    TaskKind.MAIL_REFUSED: "The mail server would not take it. Check the address, and the settings of the mail.",
    TaskKind.WEBSITE_FAILING: "Open the link yourself. If it does not work for you either, correct the entry.",
    TaskKind.NUMBER_INVALID: "Ring it. If it does not work, find the right number and correct the entry.",
    TaskKind.DUPLICATE: "Look at both. Make one of them, or say that they are two.",
    TaskKind.PROBLEM_REPORT: "Check what they say. If it is true, correct the entry.",
    TaskKind.NO_ANSWER: "Ring them. If nobody answers you either, ask them by email, or correct the entry.",
    TaskKind.REGISTER_CHANGED: "Look the charity up in the register, and correct the entry if it is wrong.",
    TaskKind.CONFIRM_HIDING: "Nobody else offers the same. Look at the entry and the reason, then say yes or no.",
    TaskKind.CHANGE_LATE: "Whoever sent it still waits for an answer. Decide now.",
}
CALL_SCRIPT = (
    "“Hello, this is … from the Community Safety Team of Haringey Council. We keep a directory of help.”",
    "“You are in it. May I read you what it says, so that nobody is sent to a wrong number?”",
    "Read out the numbers, the address, the opening hours, and who it is for. Write down what is wrong.",
    "“Who may we ask next time? An address that more than one of you reads is best. We write twice a year.”",
    "“Thank you. You can ask us at any time to change your entry or to take it away.”",
)
"""What to say on the phone, in order."""
ON_THE_PHONE = frozenset(
    {TaskKind.FIND_KEEPER, TaskKind.RING, TaskKind.RING_AGAIN, TaskKind.WRONG_PERSON, TaskKind.TOLD_OF_CLOSING}
)
ACTS: Mapping[TaskKind, tuple[str, str]] = {
    **dict.fromkeys(ON_THE_PHONE, ("admin.call", "Write down what they say")),
    TaskKind.NO_ANSWER: ("admin.call", "Write down what they say"),
    TaskKind.CHECK_SOURCE: ("admin.source_check", "Say what you found"),
    TaskKind.CONFIRM_HIDING: ("admin.second_officer", "Look at the reason and answer"),
    TaskKind.CONFIRM_HIDING: ("admin.second_officer", "Decide about it"),
    TaskKind.DUPLICATE: ("admin.find_other", "Join them"),
}
"""The page of the entry on which a task is done, and what its link says."""
OUTCOMES: Mapping[Outcome, str] = {
    Outcome.NO_ANSWER: "I tried, and nobody answered",
    Outcome.NOBODY_FOUND: "I found nobody",
    Outcome.STILL_THERE: "They are still there, and the entry is right",
    Outcome.ENTRY_CHANGED: "I corrected the entry",
    Outcome.ENTRY_KEPT: "The entry stays as it is",
    Outcome.ENTRY_HIDDEN: "I hid the entry",
    Outcome.NOTHING_WRONG: "Nothing is wrong",
    Outcome.SOURCE_GONE: "The page is not there any more",
    Outcome.WEBSITE_WORKS: "The website works",
    Outcome.NUMBER_WORKS: "I rang the number, and it works",
    Outcome.NOT_A_DUPLICATE: "They are two: do not ask again",
    Outcome.OTHER: "Something else: I say what below",
}
UNTRUE: Mapping[Outcome, str] = {
    Outcome.ENTRY_HIDDEN: "The public still sees the entry. Hide it first, or choose another answer",
    Outcome.ENTRY_CHANGED: "Nobody has changed the entry since. Correct it first, or choose another answer",
}
"""What is said of an outcome that the entry shows not to be so."""
FIRST: Mapping[str, tuple[str, str]] = {
    Outcome.ENTRY_HIDDEN.value: ("admin.hide_entry", "Hide the entry"),
    Outcome.ENTRY_CHANGED.value: ("admin.edit_entry", "Correct the entry"),
}
"""The page of the entry on which it is made so, and what its link says."""
FACTS: Mapping[str, str] = {
    "url": "Link",
    "status": "How it answered",
    "moved_to": "It says that it has moved to",
    "number": "Number",
    "fault": "What is wrong",
    "charity_number": "Charity number",
    "registered_name": "Name in the register",
    "reports": "Reports",
    "code": "What the mail server said",
    "outcome": "What the mail server said",
    "mail_kind": "Which email",
    "reason": "Reason",
    "points": "How alike they are, in points",
}
"""The facts of a task that help a person; the others are ids."""


def due_in_words(day: date, today: date) -> str:
    """When something is due, from today's point of view."""
    days = (today - day).days
    if days == 0:
        return "Due today"
    if days < 0:
        return f"Due on {date_in_words(day)}"
    return f"Due since {date_in_words(day)}"
