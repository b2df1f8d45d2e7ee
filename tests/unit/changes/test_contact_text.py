"""What a text may hold and still be public at once."""

import pytest

from directory.changes.contact_text import holds_contact


@pytest.mark.parametrize(
    "text",
    [
        "Ring 020 8489 1000",
        "Ring 020-8489-1000.",
        "Ring (020) 8489/1000",
        "call 999",
        "text 85258",
        "+44 7700",
        "oh two oh eight four eight nine",
        "zero-two-zero 8489",
        "Double four seven",
        "٠٢٠ ٨٤٨٩ ١٠٠٠",
        "০২০ ৮৪৮৯",
        "０２０８４８９",
        "①②③④⑤",
        "0️⃣2️⃣0️⃣8️⃣",
        "𝟎𝟐𝟎𝟖",
        "0\u200b2\u200b0 8\u200b489",
        "O2O 8489 1OOO",
        "call 02/08/4891 000",
        "02 and 08 and 48 and 91",
        "0 2 0\n8 4 8 9",
        "http://x",
        "HTTPS://EXAMPLE",
        "harbour.org.uk",
        "harbour,org",
        "harbour[.]org",
        "harbour . com",
        "harbour。com",
        "ｈａｒｂｏｕｒ．ｃｏｍ",
        "www harbour",
        "пример.рф",
        "t.me/harbour",
        "see harbour dot org",
        "help(dot)org",
        "harbour dotcom",
        "mail me@x.org",
        "write to help＠example",
        "name at example dot com",
        "(at) harbour",
        "on Facebook",
        "ask on WhatsApp",
        "N15 3QL",
        "n153ql",
        "we moved to N15",
        "at 12 High Road",
        "now in Station Road",
        "12 Park House",
        "PO Box 9",
    ],
)
def test_ways_of_reaching_somebody_are_seen(text: str) -> None:
    assert holds_contact(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Closed until 24 August 2026.",
        "Closed from 24 December to 2 January 2027.",
        "Closed 1 to 14 August",
        "Back on 24/12/2026.",
        "Back on 2026-12-24.",
        "Away from 3rd of May, 2026 and back on June 7",
        "Open 10am to 2pm on Mondays",
        "Open 10:00 - 16:00",
        "Open 9.30am-5 p.m.",
        "We close at 5 o'clock",
        "We have a waiting list of two or three weeks.",
        "One to one sessions are full",
        "Closed for one week, e.g. for training",
        "Our building is closed. Please wait.",
        "Summer 2026 break",
        "Kapalıyız, 3 Mayıs'a kadar",
        "مغلق حتى ٣ مايو",
        "暂停服务至8月24日。谢谢",
    ],
)
def test_plain_notices_are_let_through(text: str) -> None:
    assert not holds_contact(text)
