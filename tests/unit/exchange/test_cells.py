"""Single cells: what people write in them, and what is meant."""

from datetime import date
from typing import Any

import pytest

from directory.exchange.address_cells import Link, PhoneNumber, Position, Postcode
from directory.exchange.cells import (
    Cell,
    CellFault,
    CellUnreadable,
    Choice,
    Choices,
    Day,
    Identity,
    Lines,
    Manner,
    Number,
    OneTerm,
    Paragraphs,
    Terms,
    Translations,
    YesNo,
)
from directory.exchange.dates import guess_day_first
from directory.exchange.term_words import TermsUnknown, TermWords
from directory.organisations.details import Interpreting, PhoneKind, Referral, TranslatedText
from directory.taxonomy.terms import Taxonomy, TermKind
from tests.factories import term
from tests.unit.exchange.made import MANNER

READ: list[tuple[Cell, str, Any]] = [
    (Cell(), " Harbour\n House\t", "Harbour House"),
    (Paragraphs(), "One\r\n\r\nTwo\x00", "One\n\nTwo"),
    (Lines(), "12 High Road\n\n Second floor ", ("12 High Road", "Second floor")),
    (Link(), "www.example.org", "https://www.example.org"),
    (Link(), "http://example.org/a", "http://example.org/a"),
    (Number(), "16.0", 16),
    (YesNo(), "Y", True),
    (YesNo(), "FALSE", False),
    (YesNo(), "Not known", None),
    (Choice(PhoneKind), "WhatsApp", PhoneKind.WHATSAPP),
    (Choice(Referral), "Self", Referral.SELF),
    (Choices(Interpreting), "telephone, on-request", (Interpreting.ON_REQUEST, Interpreting.TELEPHONE)),
    (Terms(TermKind.LANGUAGE), "tr; EN", ("en", "tr")),
    (Terms(TermKind.KIND), "Counselling, helpline", ("counselling", "helpline")),
    (OneTerm(TermKind.AREA), "Haringey", "haringey"),
    (PhoneNumber(), "020 8489 1000", "+442084891000"),
    (PhoneNumber(), "2084891000", "+442084891000"),
    (PhoneNumber(), "(0)20-8489 1000", "+442084891000"),
    (Postcode(), "n153ql", "N15 3QL"),
    (Position(), "51.58,-0.07", (51.58, -0.07)),
    (Day(), "2026-06-03", date(2026, 6, 3)),
    (Day(), "2026-06-03 00:00:00", date(2026, 6, 3)),
    (Day(), "3rd June 2026", date(2026, 6, 3)),
    (Day(), "Jun 3, 2026", date(2026, 6, 3)),
    (Day(), "03/06/2026", date(2026, 6, 3)),
    (Day(), "06/13/2026", date(2026, 6, 13)),
    (Day(), "3.6.26", date(2026, 6, 3)),
]
UNREADABLE: list[tuple[Cell, str, CellFault]] = [
    (Number(), "sixteen", CellFault.NUMBER),
    (Number(), "-1", CellFault.NUMBER),
    (YesNo(), "perhaps", CellFault.YES_NO),
    (Choice(PhoneKind), "carrier pigeon", CellFault.CHOICE),
    (OneTerm(TermKind.AREA), "Haringey; London", CellFault.CHOICE),
    (PhoneNumber(), "4.42085E+11", CellFault.PHONE),
    (PhoneNumber(), "020 8489 1000 or 1001", CellFault.PHONE),
    (Postcode(), "next door", CellFault.POSTCODE),
    (Position(), "nan, 1", CellFault.POSITION),
    (Position(), "51.58", CellFault.POSITION),
    (Identity(), "12", CellFault.ID),
    (Day(), "June", CellFault.DATE),
    (Day(), "31/02/2026", CellFault.DATE),
    (Day(), "45811", CellFault.DATE),
    (Translations(), "İnsanların yanında.", CellFault.TRANSLATION),
]


@pytest.mark.parametrize(("cell", "text", "value"), READ)
def test_what_people_write_is_read(cell: Cell, text: str, value: Any) -> None:
    assert cell.read(text, MANNER) == value


@pytest.mark.parametrize(("cell", "text", "fault"), UNREADABLE)
def test_what_means_nothing_is_refused(cell: Cell, text: str, fault: CellFault) -> None:
    with pytest.raises(CellUnreadable) as refused:
        cell.read(text, MANNER)
    assert refused.value.fault is fault


def test_the_month_comes_first_where_the_file_says_so() -> None:
    assert Day().read("03/06/2026", Manner(MANNER.terms, day_first=False)) == date(2026, 3, 6)


@pytest.mark.parametrize(
    ("dates", "first"),
    [
        (["03/06/2026", "14/06/2026"], True),
        (["03/06/2026", "06/14/2026 10:00"], False),
        (["03/06/2026", "2026-06-14"], None),
        (["14/06/2026", "06/14/2026"], None),
    ],
)
def test_a_number_over_twelve_tells_which_is_the_day(dates: list[str], *, first: bool | None) -> None:
    assert guess_day_first(dates) is first


def test_a_text_may_look_like_the_head_of_another() -> None:
    texts = (TranslatedText(language="tr", text="[ar 1]\n\\[so]\nson", revision=2),)
    assert Translations().read(Translations().write(texts, MANNER), MANNER) == texts


def test_all_unknown_words_of_a_cell_are_told_together() -> None:
    with pytest.raises(TermsUnknown) as unknown:
        MANNER.terms.read(TermKind.KIND, "Advice; helpline; Tea")
    assert unknown.value.words == ("Advice", "Tea")


def test_terms_like_an_unknown_word_are_offered() -> None:
    assert [one.code for one in MANNER.terms.offers(TermKind.KIND, "Counseling")] == ["counselling"]
    assert MANNER.terms.offers(TermKind.KIND, "Free helpline for all")[0].code == "helpline"


def test_what_an_officer_said_of_a_word_counts() -> None:
    words = TermWords(MANNER.terms.taxonomy, {TermKind.KIND: {"advice": "legal_advice", "tea": ""}})
    assert words.read(TermKind.KIND, "Advice; Tea") == ("legal_advice",)


def test_a_name_that_two_terms_have_is_written_as_a_code() -> None:
    twins = [term(TermKind.AREA, "ward.one", names={"en": "Park"}), term(TermKind.AREA, "two", names={"en": "Park"})]
    words = TermWords(Taxonomy((*twins, term(TermKind.AREA, "three", names={"en": "Here; there"}))))
    written = words.write(TermKind.AREA, ("three", "two", "ward.one"))
    assert written == "three; two; Park"
    assert words.read(TermKind.AREA, written) == ("three", "two", "ward.one")


def test_a_cell_may_name_a_term_that_was_merged_since_and_none_that_is_retired_is_offered() -> None:
    helpline = term(TermKind.KIND, "helpline", merged=("hotline",))
    words = TermWords(Taxonomy((helpline, term(TermKind.KIND, "helpful", retired=True))))
    assert words.read(TermKind.KIND, "hotline; Helpline") == ("helpline",)
    assert words.offers(TermKind.KIND, "helplin") == (helpline,)
    assert TermWords(words.taxonomy, {TermKind.KIND: {"ring": "hotline"}}).read(TermKind.KIND, "ring") == ("helpline",)
