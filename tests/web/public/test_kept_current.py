"""How the directory is kept up to date."""

from tests.page import Pages


def test_the_figures_are_those_of_the_entries(pages: Pages) -> None:
    total = pages.answer("/search.json").get_json()["total"]
    page = pages.get("/kept-current")
    assert [number.text for number in page.all("dd")] == [str(total), "0%", "0%", str(total), *["0"] * 6]


def test_a_directory_that_nobody_confirmed_says_so(pages: Pages) -> None:
    assert "No organisation has confirmed its entry yet." in pages.get("/kept-current").main


def test_the_owners_of_the_postcodes_are_named(pages: Pages) -> None:
    assert "Contains OS data © Crown copyright and database right 2025." in pages.get("/ar/kept-current").main


def test_figures_are_written_as_the_language_writes_them(pages: Pages) -> None:
    assert "%0" in pages.get("/tr/kept-current").main
