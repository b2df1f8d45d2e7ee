"""How phone numbers are read, kept, shown and linked."""

import pytest

from directory.organisations.details import PhoneKind
from directory.organisations.phones import UnreadableNumber, is_voice, link, normalise, shown


@pytest.mark.parametrize(
    ("written", "kept", "read_back"),
    [
        ("020 8489 1000", "+442084891000", "020 8489 1000"),
        ("+44 (0)20 8489 1000", "+442084891000", "020 8489 1000"),
        ("(020) 8489-1000", "+442084891000", "020 8489 1000"),
        ("0800 555 111", "+44800555111", "0800 555 111"),
        ("0800 1111", "+448001111", "0800 1111"),
        ("08 08 16 89 111", "+448081689111", "0808 168 9111"),
        ("07717 989 025", "+447717989025", "07717 989 025"),
        ("01920 444 327", "+441920444327", "01920 444 327"),
        ("0115 707 0007", "+441157070007", "0115 707 0007"),
        ("0300 123 3393", "+443001233393", "0300 123 3393"),
        ("+353 1 872 7700", "+35318727700", "+353 1 872 7700"),
        ("999", "999", "999"),
        ("101", "101", "101"),
        ("116 123", "116123", "116 123"),
        ("18000", "18000", "18000"),
        ("85258", "85258", "85258"),
        ("61016", "61016", "61016"),
        ("18001 101", "18001101", "18001 101"),
        ("18001 0800 555 111", "180010800555111", "18001 0800 555 111"),
        ("\u2066020 8489 1000\u2069", "+442084891000", "020 8489 1000"),
    ],
)
def test_a_number_is_kept_in_one_form_and_shown_in_the_uk_form(written: str, kept: str, read_back: str) -> None:
    assert normalise(written) == kept
    assert shown(kept) == read_back
    assert normalise(read_back) == kept


@pytest.mark.parametrize(
    "written", ["", "call us", "020 8489", "12345", "020 8489 1000 ext 12", "18001", "18001 12", "+1 555 0100", "0000"]
)
def test_what_nobody_could_ring_is_refused(written: str) -> None:
    with pytest.raises(UnreadableNumber):
        normalise(written)


def test_a_kept_number_that_cannot_be_read_is_shown_as_it_is() -> None:
    assert shown("see website") == "see website"


@pytest.mark.parametrize(
    ("number", "kind", "opens"),
    [
        ("+442084891000", PhoneKind.VOICE, "tel:+442084891000"),
        ("+442084891000", PhoneKind.VOICEMAIL, "tel:+442084891000"),
        ("18001101", PhoneKind.TEXTPHONE, "tel:18001101"),
        ("116 123", PhoneKind.VOICE, "tel:116123"),
        ("85258", PhoneKind.TEXT, "sms:85258"),
        ("+447717989025", PhoneKind.WHATSAPP, "https://wa.me/447717989025"),
    ],
)
def test_a_tap_opens_what_the_number_is_for(number: str, kind: PhoneKind, opens: str) -> None:
    assert link(number, kind) == opens


def test_only_a_voice_number_is_one_that_somebody_answers() -> None:
    assert [kind for kind in PhoneKind if is_voice(kind)] == [PhoneKind.VOICE]
