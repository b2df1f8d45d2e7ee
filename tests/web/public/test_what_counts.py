"""What counts."""

from tests.page import Pages


def test_the_seven_grounds_come_with_examples_and_lead_to_help(pages: Pages) -> None:
    page = pages.get("/what-counts")
    grounds = page.all("section", class_="ground")
    assert len(grounds) == 7
    for ground in grounds:
        assert len(list(ground.iter("li"))) >= 3
        addresses = [link.attrib["href"] for link in ground.iter("a")]
        assert addresses == [f"/search?ground={ground.attrib['id']}"]


def test_grounds_are_told_in_the_language_of_the_page(pages: Pages) -> None:
    assert "Irk ve etnik köken" in pages.get("/tr/what-counts").main


def test_it_says_that_the_police_count_less_and_names_the_sources(pages: Pages) -> None:
    page = pages.get("/what-counts")
    assert "race, religion, sexual orientation, disability and transgender identity" in page.main
    for source in ("Safer Haringey Partnership", "Crown Prosecution Service", "College of Policing"):
        assert source in page.main


def test_what_is_outside_leads_to_its_own_help(pages: Pages) -> None:
    addresses = pages.get("/what-counts").links().values()
    assert "/search?kind=domestic" in addresses
    assert "/search?kind=discrimination_advice" in addresses
