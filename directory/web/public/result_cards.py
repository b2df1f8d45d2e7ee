"""Result cards: each drawn once for a service and language and kept; only hours and reasons are put in per request."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import current_app
from markupsafe import Markup

from directory.clock import LONDON
from directory.organisations import hours, phones
from directory.organisations.details import PhoneKind
from directory.search.card import Card, CardPhone, CardPlace, read, standing_of
from directory.search.criteria import OrganisationHit, Reason, ReasonKind, ServiceHit
from directory.web import entry_words
from directory.web.fragments import fragments
from directory.web.hours_words import now_in_words
from directory.web.locale import Language
from directory.web.names import Names
from directory.web.search_words import reason_in_words

MOST_REASONS = 4
MOST_WAYS = 3
_TEMPLATE = "public/result_card.html"
_HOLE = "\x00"
"""Stands in a drawn card where hours and reasons go; no text of an entry can hold it."""


@dataclass(frozen=True, slots=True)
class CardParts:
    """A drawn card, cut where the hours and the reasons go."""

    before: str
    between: str
    after: str


class CardDrawer:
    """Draws cards in one language at one moment."""

    def __init__(self, language: Language, names: Names, now: datetime) -> None:
        """Every piece is kept under what it depends on: language, revision of the directory, day or minute."""
        self.language = language
        self.names = names
        self.now = now
        self._today = now.astimezone(LONDON).date()
        self._minute = now.replace(second=0, microsecond=0)
        self._cards = fragments("card", CardParts)
        self._pieces = fragments("card", str)

    def organisation(self, hit: OrganisationHit, *, selectable: bool = True) -> Markup:
        """The card of an organisation: its best service in full, its others in a line each."""
        first, *others = hit.services
        drawn = [self._service(first, "full" if selectable else "plain")]
        drawn += [self._service(service, "line") for service in others]
        return Markup("".join(drawn))  # noqa: S704 - drawn by templates, which escape

    def reasons(self, reasons: tuple[Reason, ...]) -> list[str]:
        """Why a service matched, as short phrases, the plainest left out where there are others."""
        telling = [reason for reason in reasons if reason.kind is not ReasonKind.WORDS] or list(reasons)
        phrases = dict.fromkeys(reason_in_words(reason, self.names) for reason in telling)
        return list(phrases)[:MOST_REASONS]

    def _service(self, hit: ServiceHit, form: str) -> str:
        card, reasons = read(hit.card), hit.reasons
        key = (self.language.code, self.names.revision, card["fingerprint"], form, self._today)
        parts = self._cards.get(key, self._draw_parts, card, form)
        why = ""
        if reasons:
            why = self._pieces.get((self.language.code, self.names.revision, reasons), self._draw_reasons, reasons)
        return f"{parts.before}{self._hours(card)}{parts.between}{why}{parts.after}"

    def _draw_parts(self, card: Card, form: str) -> CardParts:
        macro = "line" if form == "line" else "full"
        drawn = self._draw(macro, card, self._words(card, self._today), self.language, form, _HOLE)
        return CardParts(*drawn.split(_HOLE))

    def _draw_reasons(self, reasons: tuple[Reason, ...]) -> str:
        return self._draw("reasons", self.reasons(reasons))

    def _words(self, card: Card, today: date) -> dict[str, Any]:
        """What of a card needs words of ours."""
        summary = card["summaries"].get(self.language.code)
        standing = standing_of(card)
        notice, door = card["notice"], _door(card)
        return {
            "summary": summary or card["summary"],
            "summary_language": self.language.code if summary else "en",
            "ways": [(phone, entry_words.phone_verb(phone["kind"])) for phone in _offered(card["phones"])],
            "notice": notice["text"] if notice and date.fromisoformat(notice["until"]) >= today else "",
            "taking": entry_words.taking_in_words(card["taking_new_people"], card["taking_new_people_until"]),
            "audience": entry_words.card_audience_in_words(card),
            "languages": [self.names.spoken(tag) for tag in card["languages"] if tag != "en"],
            "interpreting": entry_words.interpreting_in_words([way for way in card["interpreting"] if way != "none"]),
            "areas": [self.names.area(code) for code in card["areas"]],
            "place": self._place(door) if door else "",
            "place_last_seen": entry_words.place_last_seen_in_words(door["last_seen"]) if door else "",
            "last_seen": entry_words.last_seen_in_words(_last_seen(card)),
            "confirmed": entry_words.confirmed_in_words(standing.confirmed_at, standing.confirmed_by),
            "doubts": entry_words.doubts_in_words(standing),
        }

    def _place(self, door: CardPlace) -> str:
        area = self.names.area(door["area"]) if door["area"] else ""
        return ", ".join(part for part in (door["address"], door["postcode"]) if part) or area

    def _hours(self, card: Card) -> str:
        """The line about the present moment, for the number that is offered first."""
        expression, note = hours_offered(card)
        if not expression and not note:
            return ""
        key = (self.language.code, self._minute, expression, note)
        return self._pieces.get(key, self._draw_hours, expression, note)

    def _draw_hours(self, expression: str, note: str) -> str:
        today = hours.today_in_words(expression, self.now)
        return self._draw("hours", today.state, now_in_words(today), note, self.language)

    def _draw(self, macro: str, *values: Any) -> str:
        return str(getattr(current_app.jinja_env.get_template(_TEMPLATE).module, macro)(*values)).strip()


def hours_offered(card: Card) -> tuple[str, str]:
    """Opening hours and hours in words of what a card offers first: its first number's, else the service's."""
    for phone in _offered(card["phones"])[:1]:
        if phone["opening_hours"] or phone["hours_note"]:
            return phone["opening_hours"], phone["hours_note"]
    return card["opening_hours"], card["hours_note"]


def _offered(numbers: list[CardPhone]) -> list[CardPhone]:
    """The numbers that a card shows: a voice number first, so that whatever comes first can be rung."""
    voice = [number for number in numbers if phones.is_voice(PhoneKind(number["kind"]))]
    return [*voice, *(number for number in numbers if number not in voice)][:MOST_WAYS]


def _door(card: Card) -> CardPlace | None:
    """Where to go, of one that can be gone to; of withheld places nothing, the areas served say enough."""
    open_doors = [place for place in card["places"] if not place["withheld"]]
    return open_doors[0] if len(open_doors) == 1 and card["in_person"] is not False else None


def _last_seen(card: Card) -> int | None:
    years = [card["last_seen"], *(number["last_seen"] for number in _offered(card["phones"])[:1])]
    return min((year for year in years if year), default=None)
