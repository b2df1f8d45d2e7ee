"""What was just done, said at the head of the page that it leads to: a code in the address, and its sentence here."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from directory.web.admin.blueprint import admin
from directory.web.typed_text import whole_number

DONE, NUMBER, OF = "done", "n", "of"
SENTENCES: Mapping[str, str] = {
    "added": "The entry is kept as a draft. Fill in what it says, then publish it.",
    "call_closed": "Noted: they have closed. The public reads that we are checking. Hide the entry if it is so.",
    "call_correct": "The call is noted. The entry counts as confirmed today.",
    "call_unanswered": "It is noted that nobody answered. Whoever can be emailed is told.",
    "contact_added": "The contact is added.",
    "contact_changed": "The contact is changed.",
    "contact_removed": "The contact is removed. Links that it had do not open any more.",
    "contact_replaced": "The contact is replaced. Both addresses are told.",
    "draft_saved": "The draft is saved. The public does not see it yet.",
    "edited": "Saved. The public sees it now.",
    "edited_confirmed": "Saved. The public sees it now, and the entry counts as confirmed today.",
    "forgotten": "It may be listed again.",
    "hidden": "The entry is hidden. The public does not see it any more.",
    "hiding_asked": "Nobody else offers the same, so a second officer has to agree. Until then the entry stays public.",
    "hiding_refused": "The entry stays public.",
    "inclusion_checked": "The check against the policy is kept.",
    "joined": "The entries are joined. The address of the other one leads here.",
    "joined_asked": "This entry has what you chose. The other one is hidden once a second officer agrees.",
    "keeping_set": "It is kept so from now on.",
    "link_sent": "A link is on its way to the first contact that can be emailed.",
    "links_sent": "%(number)s of %(of)s were sent a link. The others have nobody to email, or are not public.",
    "many_set": "Done for %(number)s.",
    "note_added": "The note is kept.",
    "person_erased": "Erased. Nothing that is left says who it was.",
    "policy_same": "Nothing was changed: this is the policy already.",
    "policy_saved": "The policy is saved. It counts from now on.",
    "published": "The entry is public now.",
    "remembered": "It is remembered as not to be listed.",
    "renamed": "The entry has its new address. The old one leads to it.",
    "restored": "The entry says again what it said then. It counts as not confirmed, and they are asked soon.",
    "shown_again": "The entry is public again. It is checked soon.",
    "source_checked": "The check is noted. The entry counts as confirmed today.",
    "term_added": "The term is added. It has its English name alone: add the other languages below.",
    "term_merged": "Merged. Entries that followed: %(number)s; of very many, the search learns within a minute.",
    "term_moved": "The term has its new place.",
    "term_offered": "The term is offered again.",
    "term_retired": "The term is offered no more. Entries that lost it: %(number)s.",
    "term_words": "The words are kept. The public sees them now.",
    "taken_up": "The draft stands by itself again.",
    "words_added": "The words are added. The search understands them now.",
    "words_changed": "Saved. The search understands the words like this now.",
    "words_removed": "The words are removed. The search does not understand them any more.",
    "words_returned": "The search understands the words again.",
    "reviewed": "Noted: somebody who speaks the language has read its words.",
    "not_reviewed": "Noted: nobody who speaks the language has read its words yet.",
}
"""What each code says; a number in the address is put in its place."""


def led_to(endpoint: str, done: str, *, number: int | None = None, of: int | None = None, **values: Any) -> Response:
    """To a page that says at its head what was done."""
    address = url_for(endpoint, **{DONE: done, NUMBER: number, OF: of, **values})
    return redirect(address, HTTPStatus.SEE_OTHER)


@admin.context_processor
def _done_words() -> dict[str, object]:
    sentence = SENTENCES.get(request.args.get(DONE, ""), "")
    return {"done_words": sentence % {"number": _number(NUMBER), "of": _number(OF)} if sentence else ""}


def _number(name: str) -> str:
    return f"{whole_number(request.args.get(name, '')) or 0:,}"
