"""A short list: chosen among the results, kept in the link alone, fit to be printed."""

from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

INK_ONLY_FOR_SCREENS = ("[data-exit-bar]", "header nav", "footer nav", ".no-print", ".site-languages")


def test_two_results_are_put_on_a_list_that_lives_in_its_link(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.search("somebody to report it to")
    names = visitor.names[:2]
    for position in range(2):
        visitor.results.nth(position).locator("input[name=o]").check()
    visitor.follow(visitor.page.locator("#short-list button"))
    assert visitor.page.url.startswith(f"{visitor.origin}/list?o=")
    assert visitor.page.url.count("o=") == 2
    listed = visitor.page.locator(".short-list h2")
    assert listed.all_inner_texts() == names
    link = visitor.page.url
    visitor.open("/")
    visitor.open(link.removeprefix(visitor.origin))
    assert listed.all_inner_texts() == names


def test_more_can_be_found_for_a_list_and_one_taken_off(visitor: Visitor) -> None:
    visitor.open("/list?o=galop")
    visitor.follow(visitor.page.locator("main p a[href*='/search']"))
    visitor.search("victim support")
    visitor.results.first.locator("input[name=o]").check()
    visitor.follow(visitor.page.locator("#short-list button"))
    items = visitor.page.locator(".short-list__item")
    expect(items).to_have_count(2)
    visitor.follow(items.filter(has_text="Galop").locator("a[rel=nofollow]"))
    expect(items).to_have_count(1)
    assert "o=galop" not in visitor.page.url


def test_a_list_is_printed_without_what_only_a_screen_needs(visitor: Visitor) -> None:
    visitor.open("/list?o=galop&o=victim-support")
    visitor.page.emulate_media(media="print")
    for part in INK_ONLY_FOR_SCREENS:
        for each in visitor.page.locator(part).all():
            expect(each).to_be_hidden()
    expect(visitor.page.locator("h1")).to_be_visible()
    for name in visitor.page.locator(".short-list h2").all():
        expect(name).to_be_visible()
    assert visitor.page.locator(".short-list a[href^='tel:']:visible").count() > 0
    dark = "() => getComputedStyle(document.body).color + getComputedStyle(document.body).backgroundColor"
    assert visitor.page.evaluate(dark).startswith(("rgb(0, 0, 0)", "rgb(11, 12, 12)"))


def test_an_entry_leads_to_a_list_with_it(visitor: Visitor) -> None:
    visitor.open("/organisations/galop")
    visitor.follow(visitor.page.locator(".entry__actions a[href*='/list']"))
    assert visitor.page.url.endswith("/list?o=galop")
    expect(visitor.page.locator(".short-list__item")).to_have_count(1)
