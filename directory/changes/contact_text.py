"""Whether a text gives a way of reaching somebody: a number, a link or an address, however it is written.

What an organisation says of itself through its link is public at once only where this says no. So it would rather
say yes once too often: then the text waits for an officer.
"""

import re
import unicodedata

MOST_DIGITS = 6
"""A text with more digits than this, dates and times left out, may spell a number in pieces."""
SHORTEST_NUMBER = 3
"""Standing together: `101` and `999` are numbers."""
YEARS = range(1900, 2100)

_NOUGHT = dict.fromkeys(("zero", "oh", "o", "nought", "nil"), 0)
_ONE_TO_FIVE = {word: digit for digit, word in enumerate(("one", "two", "three", "four", "five"), start=1)}
_WORD_DIGITS = _NOUGHT | _ONE_TO_FIVE | {"six": 6, "seven": 7, "eight": 8, "nine": 9}
_REPEATED = {"double": 2, "treble": 3, "triple": 3}

_MONTHS = (
    "jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?"
    "|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)
_PLAIN = re.compile(
    r"\bo'?clock\b"
    r"|\b(0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?( of)? (" + _MONTHS + r")\b,?( (19|20)\d\d\b)?"
    r"|\b(" + _MONTHS + r") (0?[1-9]|[12]\d|3[01])(st|nd|rd|th)?\b,?( (19|20)\d\d\b)?"
    r"|\b(0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(0?[1-9]|1[0-2])(?P=mark)((19|20)?\d\d)\b"
    r"|\b(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\b"
    r"|\b([01]?\d|2[0-3])[:.][0-5]\d( ?[ap]\.?m\b\.?)?"
    r"|\b(0?[1-9]|1[0-2]) ?[ap]\.?m\b\.?"
)
"""Dates and times of day: digits that nobody rings."""
_LINK = re.compile(
    r"https?|://|www\b|@|[(\[{<]\s*(at|dot)\s*[)\]}>]"
    r"|[^\W_][\w-]*\.[^\W\d_]{2,}"  # example.org, пример.рф
    r"|,(com|org|net)\b"
    r"|\.\s*(com|org|net|uk|info|gov|co|io)\b"
    r"|\b\w+\s+(dot|punkt|punto|nokta|kropka)\s+\w+"
    r"|\bdot\s*(com|org|net|uk|info|gov|co|io|me)\b"
    r"|\b(facebook|instagram|insta|whats\s?app|telegram|tik\s?tok|twitter|snapchat|viber|we\s?chat|linktree|messenger)\b"
)
_ADDRESS = re.compile(
    r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b"
    r"|\b(nw|ne|se|sw|ec|wc|en|ig|ha|n|e|w)\d{1,2}[a-z]?\b"
    r"|\b(road|street|avenue|lane|rd|ave|p\.?o\.? box)\b"
    r"|\b\d+[a-z]?,?\s+([^\W\d_]+\s+){0,3}"
    r"(st|close|way|court|place|gardens|grove|hill|terrace|crescent|square|house|estate|mews|park|walk|row|parade|green"
    r"|broadway|drive)\b"
)
_PIECE = re.compile(r"\d+|[^\W\d_]+|[^\w\s]|_")
_SEPARATORS = frozenset("-./()+,:;*#|\\_~'\u2010\u2011\u2012\u2013\u2014\u2212\u00b7\u2022")


def holds_contact(text: str) -> bool:
    """Whether somebody could be reached by what this text says."""
    plain = _folded(text)
    if _LINK.search(_without_times(plain)) or _ADDRESS.search(plain):
        return True
    runs = _digit_runs(_PLAIN.sub(" , and , ", plain))
    return any(_could_be_rung(run) for run in runs) or sum(map(len, runs)) > MOST_DIGITS


def _folded(text: str) -> str:
    """The text in plain letters and digits: no full-width, circled or Arabic ones, nothing that is not seen."""
    seen = "".join(
        character
        for character in unicodedata.normalize("NFKC", text)
        if unicodedata.category(character) not in ("Cf", "Me", "Mn", "Cc") or character in "\n\t"
    )
    digits = "".join(str(unicodedata.decimal(character, character)) for character in seen).lower()
    return re.sub(r"[(\[{<]\s*[.]\s*[)\]}>]|[\u3002\uff61](?=[a-z])", ".", digits).replace("\u2019", "'")


def _without_times(text: str) -> str:
    """The text without `9.30am` and `a.m.`, whose dots are those of no link."""
    return re.sub(r"\b[ap]\.m\b\.?|\be\.g\b\.?|\bi\.e\b\.?", " ", _PLAIN.sub(" ", text))


def _digit_runs(text: str) -> list[str]:
    """The digits that stand together, with nothing but marks between them; `oh two` and `double one` are digits too."""
    runs = [""]
    times = 1
    for piece in _PIECE.findall(_with_lookalikes(text)):
        digits = piece if piece.isdigit() else str(_WORD_DIGITS.get(piece, ""))
        if digits:
            runs[-1] += digits * times
            times = 1
        elif piece in _REPEATED:
            times = _REPEATED[piece]
        elif piece not in _SEPARATORS:
            runs.append("")
    return [run for run in runs if run]


def _with_lookalikes(text: str) -> str:
    """The text with the letters O, I and L as digits where they stand in a word with digits: `O2O 8489 1OOO`."""
    return re.sub(r"\b(?=\w*\d)[\doil]+\b", lambda found: found.group().translate(str.maketrans("oil", "011")), text)


def _could_be_rung(run: str) -> bool:
    return len(run) >= SHORTEST_NUMBER and not (len(run) == len("2026") and int(run) in YEARS)
