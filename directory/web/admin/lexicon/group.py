"""Words with one meaning: seen, tried, added, changed, removed, and brought back."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from uuid import UUID

from flask import request

from directory import clock
from directory.lexicon import operations
from directory.lexicon.folding import words as folded
from directory.lexicon.queries import KeptGroup, kept_group, lexicon_language
from directory.lexicon.rules import WordGroup, WordsInvalid, WordsMovedOn, WordsUnknown
from directory.web.admin.access import actor
from directory.web.admin.blueprint import Page, admin
from directory.web.admin.done import led_to
from directory.web.admin.lexicon.languages import QUESTION
from directory.web.admin.lexicon.trying import Tried, tried
from directory.web.admin.lexicon.words import errors_of, meaning_options, name_of
from directory.web.admin.typed import Typed, filled, sent
from directory.web.extensions import db
from directory.web.kept import current_taxonomy
from directory.web.locale import ENGLISH
from directory.web.names import Names
from directory.web.plain_form import one_line
from directory.web.searching import tell_the_search
from directory.web.templating import render
from directory.web.transaction import transaction
from directory.web.typed_text import whole_number

MOVED_ON = "Somebody else has just changed these words. Yours are not saved yet: save to replace theirs."


FASTER = "Somebody else was faster. Look at the words as they are now."


@dataclass(frozen=True, slots=True)
class Form:
    """What was typed: the group that it would make, and a question to try it with."""

    typed: Typed
    group: WordGroup

    @property
    def is_trial(self) -> bool:
        """Whether it is only to be tried."""
        return request.form.get("act") == QUESTION


@admin.get("/lexicon/<language>/new")
def new_words(language: str) -> Page:
    """The form for a new group, perhaps with its meaning chosen."""
    lexicon_language(db.session(), language)
    means = tuple(request.args.getlist("means"))
    return _page(language, None, Form(Typed(), WordGroup(language=language, words=(), means=means)))


@admin.post("/lexicon/<language>/new")
def send_new_words(language: str) -> Page:
    """Try the new group, or add it."""
    lexicon_language(db.session(), language)
    form = _sent(language)
    if form.is_trial:
        return _page(language, None, form, result=_tried(form, None))
    try:
        with transaction() as session:
            operations.add_words(session, form.group, by=actor(), now=clock.now())
    except WordsInvalid as refused:
        return _page(language, None, form, errors_of(refused)), HTTPStatus.UNPROCESSABLE_ENTITY
    tell_the_search()
    return led_to("admin.words", "words_added", language=language)


@admin.get("/lexicon/<language>/<uuid:group_id>")
def word_group(language: str, group_id: UUID) -> Page:
    """One group."""
    kept = _kept(language, group_id)
    return _page(language, kept, _as_kept(kept))


@admin.post("/lexicon/<language>/<uuid:group_id>")
def send_word_group(language: str, group_id: UUID) -> Page:
    """Try the changed group, or keep it."""
    kept, form = _kept(language, group_id), _sent(language)
    if form.is_trial:
        return _page(language, kept, form, result=_tried(form, kept.group))
    try:
        with transaction() as session:
            operations.change_words(session, group_id, form.group, version=_version(), by=actor(), now=clock.now())
    except WordsInvalid as refused:
        return _page(language, kept, form, errors_of(refused)), HTTPStatus.UNPROCESSABLE_ENTITY
    except WordsMovedOn:
        return _page(language, _kept(language, group_id), form, message=MOVED_ON), HTTPStatus.CONFLICT
    tell_the_search()
    return led_to("admin.word_group", "words_changed", language=language, group_id=group_id)


@admin.post("/lexicon/<language>/<uuid:group_id>/remove")
def remove_words(language: str, group_id: UUID) -> Page:
    """Let the search understand them no more."""
    try:
        with transaction() as session:
            operations.remove_words(session, group_id, version=_version(), by=actor(), now=clock.now())
    except WordsMovedOn:
        return _shown_again(language, group_id)
    tell_the_search()
    return led_to("admin.words", "words_removed", language=language)


@admin.post("/lexicon/<language>/<uuid:group_id>/return")
def return_words(language: str, group_id: UUID) -> Page:
    """Let the search understand them again."""
    try:
        with transaction() as session:
            operations.return_words(session, group_id, version=_version(), by=actor(), now=clock.now())
    except WordsInvalid as refused:
        kept = _kept(language, group_id)
        return _page(language, kept, _as_kept(kept), errors_of(refused)), HTTPStatus.UNPROCESSABLE_ENTITY
    except WordsMovedOn:
        return _shown_again(language, group_id)
    tell_the_search()
    return led_to("admin.word_group", "words_returned", language=language, group_id=group_id)


def _kept(language: str, group_id: UUID) -> KeptGroup:
    """The group, if it is one of this language."""
    kept = kept_group(db.session(), group_id)
    if kept.group.language != language:
        raise WordsUnknown(f"{group_id} in {language}")
    return kept


def _as_kept(kept: KeptGroup) -> Form:
    return Form(filled(words="\n".join(kept.group.words), english=kept.group.english), kept.group)


def _version() -> int:
    return whole_number(request.form.get("version", "")) or 0


def _sent(language: str) -> Form:
    """What was typed. Capital letters and punctuation are taken away, since the search does not look at them."""
    typed = sent("english", QUESTION, texts=("words",))
    lines = (one_line(line).replace("İ", "i").lower() for line in typed.get("words").split("\n"))
    group = WordGroup(
        language=language,
        words=tuple(dict.fromkeys(line for line in lines if line)),
        means=tuple(dict.fromkeys(code for code in request.form.getlist("means") if code)),
        english=" ".join(folded(typed.get("english"))),
    )
    return Form(typed, group)


def _tried(form: Form, before: WordGroup | None) -> Tried | None:
    question, names = form.typed.get(QUESTION), Names(current_taxonomy(), ENGLISH.code)
    if not question:
        return None
    return tried(question, form.group.language, names, clock.now(), without=before, added=form.group)


def _shown_again(language: str, group_id: UUID) -> Page:
    kept = _kept(language, group_id)
    return _page(language, kept, _as_kept(kept), message=FASTER), HTTPStatus.CONFLICT


def _page(
    language: str,
    kept: KeptGroup | None,
    form: Form,
    errors: Mapping[str, str] | None = None,
    *,
    message: str = "",
    result: Tried | None = None,
) -> str:
    names = Names(current_taxonomy(), ENGLISH.code)
    return render(
        "admin/lexicon/group.html",
        tag=language,
        spoken=names.spoken(language),
        kept=kept,
        means=[name_of(code, names) for code in kept.group.means] if kept else [],
        meanings=meaning_options(names, form.group.means),
        typed=form.typed.with_errors(errors or {}),
        message=message,
        tried=result,
    )
