"""How drawn pieces are kept."""

from directory.web.fragments import Fragments


def test_a_piece_is_drawn_once_for_each_key() -> None:
    drawn: list[str] = []

    def draw(word: str) -> str:
        drawn.append(word)
        return word.upper()

    kept: Fragments[str] = Fragments()
    assert [kept.get(("en", word), draw, word) for word in ("a", "b", "a")] == ["A", "B", "A"]
    assert kept.get(("tr", "a"), draw, "a") == "A"
    assert drawn == ["a", "b", "a"]


def test_no_more_than_the_limit_is_kept() -> None:
    kept: Fragments[int] = Fragments(limit=3)
    for number in range(10):
        assert kept.get(number, int, number) == number
        assert len(kept._pieces) <= 3
