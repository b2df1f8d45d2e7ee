"""Single fields: what people type, what is kept, what is asked again."""

from datetime import date

import pytest

from directory.taxonomy.terms import Taxonomy, TermKind
from directory.web.entry_form.addresses import EmailField, LinkField, NumberField, PostcodeField
from directory.web.entry_form.choices import DayField, FactField, TermField, TermsField
from directory.web.entry_form.fields import (
    Field,
    LinesField,
    ParagraphField,
    Refused,
    TextField,
    WholeNumberField,
    read_field,
)
from directory.web.entry_form.options import terms_options
from directory.web.names import Names
from tests.factories import term
from tests.unit.entry_form.posting import TAXONOMY

AGE = WholeNumberField(attribute="minimum_age", smallest=0, largest=130, refusal="no")


def read(field: Field, *typed: str, before: object = "") -> object:
    return field.read({"": typed}, before, TAXONOMY)


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (LinkField(attribute="website"), "www.example.org", "https://www.example.org"),
        (LinkField(attribute="website"), " HTTP://Example.ORG/Path?q=1 ", "http://example.org/Path?q=1"),
        (LinkField(attribute="website"), "", ""),
        (EmailField(attribute="email"), " Hello@Example.ORG ", "Hello@example.org"),
        (EmailField(attribute="email"), "", ""),
        (NumberField(attribute="number"), "(020) 8489-1000", "+442084891000"),
        (NumberField(attribute="number"), "116 123", "116123"),
        (PostcodeField(attribute="postcode"), "n153ql", "N15 3QL"),
        (PostcodeField(attribute="postcode"), "n15", "N15"),
        (AGE, "16", 16),
        (AGE, "١٦", 16),
        (AGE, "", None),
        (TextField(attribute="name"), " Advice\r\n line\x00\u2028 ", "Advice line"),
        (ParagraphField(attribute="description"), "one\r\n\r\ntwo\x07\tthree\n", "one\n\ntwo three"),
        (LinesField(attribute="other_names"), "A\r\n\r\n B \r\n", ("A", "B")),
        (FactField(attribute="free"), "yes", True),
        (FactField(attribute="free"), "no", False),
        (FactField(attribute="free"), "not_known", None),
        (FactField(attribute="free"), "1", None),
    ],
)
def test_what_is_typed_is_kept_tidy(field: Field, typed: str, kept: object) -> None:
    assert read(field, typed) == kept


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        *(
            (LinkField(attribute="website"), link)
            for link in (
                "not a link",
                "javascript:alert(1)",
                "javascript://example.org/%0aalert(1)",
                "ftp://example.org/",
                "https://user:pass@example.org/",
                "https://localhost/",
                "http://127.0.0.1/",
                "http://0x7f.1/",
                "http://[::1]/",
                "https://example.org:port/",
                "https://" + "a" * 600 + ".org",
                "mailto:a@example.org",
            )
        ),
        *(
            (EmailField(attribute="email"), email)
            for email in ("x@", "a@b@c.org", "A <a@example.org>", "a@example.org,b@example.org")
        ),
        *(
            (NumberField(attribute="number"), number)
            for number in ("0123", "hello", "020 8489 1000 ext 5", "+44", "1" * 30)
        ),
        *((PostcodeField(attribute="postcode"), postcode) for postcode in ("N", "12345", "somewhere")),
        *((AGE, age) for age in ("-1", "131", "ten", "1.5", "9" * 9, "²")),
        (TextField(attribute="name"), "x" * 201),
        (ParagraphField(attribute="description"), "x" * 2001),
        (LinesField(attribute="other_names"), "\n".join("x" * 21)),
        (LinesField(attribute="other_names"), "x" * 201),
    ],
)
def test_what_is_not_asked_for_is_asked_again(field: Field, typed: str) -> None:
    with pytest.raises(Refused):
        read(field, typed)


@pytest.mark.parametrize(
    ("day", "month", "year", "kept"),
    [("31", "3", "2027", date(2027, 3, 31)), ("", " ", "", None), ("٣", "٤", "٢٠٢٧", date(2027, 4, 3))],
)
def test_a_date_is_three_numbers(day: str, month: str, year: str, kept: date | None) -> None:
    typed = {"-day": (day,), "-month": (month,), "-year": (year,)}
    assert DayField(attribute="until").read(typed, None, TAXONOMY) == kept


@pytest.mark.parametrize(
    ("day", "month", "year", "ending"),
    [
        ("31", "2", "2027", "-day"),
        ("1", "13", "2027", "-day"),
        ("1", "", "2027", "-month"),
        ("1", "1", "27", "-year"),
        ("1", "1", "9" * 5000, "-day"),
        ("x", "1", "2027", "-day"),
    ],
)
def test_a_date_that_is_none_is_asked_again_at_the_right_input(day: str, month: str, year: str, ending: str) -> None:
    with pytest.raises(Refused) as refused:
        DayField(attribute="until").read({"-day": (day,), "-month": (month,), "-year": (year,)}, None, TAXONOMY)
    assert refused.value.ending == ending


def test_only_terms_that_there_are_can_be_chosen() -> None:
    field = TermsField(attribute="kinds", kind=TermKind.KIND)
    assert read(field, "", "report", "no_such_kind", "helpline", "report", before=()) == ("helpline", "report")


def test_a_term_that_the_taxonomy_lost_stays_until_it_is_unticked() -> None:
    field = TermsField(attribute="kinds", kind=TermKind.KIND)
    assert read(field, "old_kind", "report", before=("old_kind",)) == ("old_kind", "report")
    assert read(field, "", "report", before=("old_kind",)) == ("report",)


def test_what_is_posted_as_it_was_shown_is_not_read_again() -> None:
    long = "x" * 3000
    field = ParagraphField(attribute="description")
    assert read_field(field, {"": (long,)}, long, TAXONOMY) == long
    assert read_field(field, {}, "as it was", TAXONOMY) == "as it was"


WITH_MERGED = Taxonomy(
    (
        term(TermKind.KIND, "helpline", merged=("hotline",)),
        term(TermKind.KIND, "report", retired=True),
        term(TermKind.AREA, "haringey", merged=("wood_green",)),
        term(TermKind.AREA, "london", retired=True),
    )
)


def test_a_term_that_was_merged_since_the_form_was_shown_is_the_one_it_was_merged_into() -> None:
    kinds = TermsField(attribute="kinds", kind=TermKind.KIND)
    assert kinds.read({"": ("hotline",)}, (), WITH_MERGED) == ("helpline",)
    area = TermField(attribute="area", kind=TermKind.AREA, none="")
    assert area.read({"": ("wood_green",)}, "", WITH_MERGED) == "haringey"


def test_a_term_that_is_offered_no_more_can_be_kept_but_not_chosen() -> None:
    kinds = TermsField(attribute="kinds", kind=TermKind.KIND)
    assert kinds.read({"": ("report",)}, (), WITH_MERGED) == ()
    assert kinds.read({"": ("report",)}, ("report",), WITH_MERGED) == ("report",)
    area = TermField(attribute="area", kind=TermKind.AREA, none="")
    assert area.read({"": ("london",)}, "", WITH_MERGED) == ""
    assert area.read({"": ("london",)}, "london", WITH_MERGED) == "london"


@pytest.mark.parametrize(
    ("ticked", "shown"),
    [
        ((), [("helpline", False)]),
        (("report",), [("helpline", False), ("report", True)]),
        (("hotline",), [("helpline", True)]),
        (("gone",), [("helpline", False), ("gone", True)]),
    ],
)
def test_the_choices_are_the_terms_that_are_offered_and_those_that_the_entry_has(
    ticked: tuple[str, ...], shown: list[tuple[str, bool]]
) -> None:
    (group,) = terms_options(TermKind.KIND, frozenset(ticked), Names(WITH_MERGED, "en"))
    assert [(option.value, option.chosen) for option in group.options] == shown
