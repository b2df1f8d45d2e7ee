"""Reports on paper."""

from datetime import UTC, datetime

from directory.figures.paper import Line, Paper, Section, as_pdf

NOW = datetime(2026, 7, 1, 9, 30, 0, 123456, tzinfo=UTC)


def paper(words: str = "Public", note: str = "") -> Paper:
    plain = Section(title="How current it is", head=("Entries", "Before", "After"), lines=[Line(words, ("1", "2"))])
    drawn = Section(title="Ages", head=("Age", "Entries"), lines=[Line("Never", ("0",), 0.0), Line("Old", ("5",), 1.0)])
    return Paper(title="Report", about="Up to today.", summary=["One.", note or "Two."], sections=[plain, drawn])


def test_it_is_a_tagged_pdf_that_screen_readers_can_follow() -> None:
    made = as_pdf(paper(), NOW)
    assert made.startswith(b"%PDF-1.")
    for mark in (b"/StructTreeRoot", b"/MarkInfo", b"pdfuaid:part>1<", b"/Lang(en)"):
        assert mark in made, mark


def test_the_same_report_is_the_same_file() -> None:
    assert as_pdf(paper(), NOW) == as_pdf(paper(), NOW)
    assert as_pdf(paper("Hidden"), NOW) != as_pdf(paper(), NOW)


def test_no_words_are_commands_and_signs_that_the_font_lacks_do_not_stop_it() -> None:
    hostile = '#read("/etc/passwd") $x$ \\ " } ] * _ ` < > @ Ϣ 中文 العربية \u0007 😀'
    assert as_pdf(paper(hostile, hostile), NOW).startswith(b"%PDF-1.")
