"""The questions that are asked: the same every time, varied as those of readers are."""

# ruff: noqa: RUF001 - letters of other languages are the subject here

from collections.abc import Iterator, Mapping
from random import Random

from directory.search.criteria import Facet, SearchCriteria

WHO = (
    "someone",
    "my neighbour",
    "a man",
    "two women",
    "some boys",
    "people at school",
    "my boss",
    "the family upstairs",
    "a group of teenagers",
    "my landlord",
    "strangers online",
    "a bus driver",
)
DID = (
    "shouted at me",
    "spat at me",
    "threw stones at my window",
    "keeps calling me names",
    "followed me home",
    "hit my son",
    "painted a swastika",
    "pulled off my headscarf",
    "broke my wheelchair",
    "threatened my mother",
    "laughs at my accent",
    "set fire to our bins",
    "sends me messages",
)
WHERE = (
    "in Tottenham",
    "on the bus",
    "near Wood Green station",
    "outside the mosque",
    "at college",
    "in our block of flats",
    "in the park",
    "at work",
    "on Green Lanes",
    "by the synagogue",
    "in N15",
    "at the shops",
)
WHY = (
    "because I am gay",
    "because I am Black",
    "because I am Muslim",
    "because of my disability",
    "because I am Polish",
    "because I am trans",
    "because we are Roma",
    "because I am old",
    "because I am Jewish",
    "because of my race",
    "because I am Chinese",
    "",
)
WANT = (
    "who can help me",
    "I need to talk",
    "I do not want the police",
    "can I get legal advice",
    "I cannot sleep",
    "how do I report it",
    "I need somewhere safe",
    "is there a helpline",
    "",
)

OTHER_LANGUAGES = (
    "komşum her gün kapımı kırıyor ve bana Kürt diye bağırıyor",
    "sąsiad krzyczy na mnie bo jestem z Polski i boję się",
    "me insultan en el autobús porque soy de Colombia y tengo miedo",
    "جاري يصرخ في وجهي كل يوم لأنني مسلمة وأنا خائفة",
    "همسایه ام هر روز به من توهین می کند چون مهاجر هستم",
    "mon voisin me menace parce que je suis noir que faire",
    "deriskayga ayaa i caayay maxaa yeelay waxaan ahay muslim",
    "o meu vizinho insulta a minha família porque somos brasileiros",
    "邻居骂我是中国人我很害怕怎么办",
    "ο γείτονας με απειλεί επειδή είμαι ξένος και φοβάμαι",
)
MISSPELT = (
    "victm suport number",
    "somone shoutid at my dauhter on the buss",
    "counseling for rascist abuse",
    "harrasment by my nieghbour in totenham",
    "dissability hate advise",
    "imigration solicitor for asylem",
    "helpline for homophobic bulying",
    "anti semitic grafitti on my dor",
)
FILTERED: tuple[tuple[str, dict[Facet, tuple[str, ...]]], ...] = (
    ("someone to talk to", {Facet.LANGUAGE: ("tr",)}),
    ("report what happened", {Facet.REPORT: ("anonymous",), Facet.GROUND: ("race",)}),
    ("help with my landlord", {Facet.KIND: ("housing", "legal_advice")}),
    ("counselling after an attack", {Facet.FOR: ("lgbt",), Facet.MORE: ("free",)}),
    ("support for my daughter", {Facet.FOR: ("young_people",), Facet.KIND: ("emotional_support",)}),
    ("advice about discrimination at work", {Facet.GROUND: ("disability", "age")}),
    ("go with me to court", {Facet.KIND: ("advocacy", "casework"), Facet.LANGUAGE: ("pl", "ro")}),
    ("I am being followed", {Facet.MORE: ("open_now",)}),
)
BROWSED: tuple[dict[Facet, tuple[str, ...]], ...] = (
    {},
    {Facet.GROUND: ("race",)},
    {Facet.GROUND: ("religion.muslim",), Facet.FOR: ("women",)},
    {Facet.KIND: ("helpline",), Facet.MORE: ("open_now",)},
    {Facet.KIND: ("counselling", "emotional_support"), Facet.MORE: ("free",)},
    {Facet.LANGUAGE: ("so", "ar")},
    {Facet.REPORT: ("third_party",)},
    {Facet.GROUND: ("sexuality",), Facet.KIND: ("housing",), Facet.LANGUAGE: ("es",)},
)
NEAR = ("N15 3QL", "Wood Green", "N22", "Crouch End", "Tottenham Hale", "N17", "Hornsey", "Northumberland Park")


def sentences(seed: int = 1) -> Iterator[str]:
    """Sentences of about ten words in English, no two alike."""
    random = Random(seed)
    told: set[str] = set()
    while True:
        sentence = " ".join(filter(None, (random.choice(part) for part in (WHO, DID, WHERE, WHY, WANT))))
        if sentence not in told:
            told.add(sentence)
            yield sentence


def by_kind(sentences_asked: int = 40) -> Mapping[str, tuple[SearchCriteria, ...]]:
    """All questions of the search's measurements, by what kind of question they are."""
    told = sentences()
    return {
        "sentence in English": tuple(SearchCriteria(words=next(told)) for _ in range(sentences_asked)),
        "sentence in another language": tuple(SearchCriteria(words=words) for words in OTHER_LANGUAGES),
        "misspelt": tuple(SearchCriteria(words=words) for words in MISSPELT),
        "words and filters": tuple(SearchCriteria(words=words, chosen=chosen) for words, chosen in FILTERED),
        "sentence near a place": tuple(SearchCriteria(words=next(told), near=near) for near in NEAR),
        "filters alone": tuple(SearchCriteria(chosen=chosen) for chosen in BROWSED),
    }
