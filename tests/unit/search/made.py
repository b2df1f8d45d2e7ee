"""A small directory made for the search tests: the real taxonomy and lexicon, entries that each test names."""

import json
from functools import cache
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from whoosh.filedb.filestore import RamStorage

from directory.exchange.seed_files import read_lexicon
from directory.lexicon.lexicon import Lexicon
from directory.lexicon.queries import phrases_of
from directory.organisations.details import (
    LocationDetails,
    OrganisationDetails,
    OrganisationKind,
    Phone,
    ServiceDetails,
)
from directory.organisations.queries import PublicOrganisation
from directory.organisations.standing import Standing
from directory.search import snapshot
from directory.search.documents import documents, schema
from directory.search.places import Places
from directory.search.reading import Reading
from directory.search.vocabulary import vocabulary
from directory.taxonomy.terms import Taxonomy, Term, TermKind

SEED = Path(__file__).parents[3] / "seed"
FILES = {
    "grounds": TermKind.GROUND,
    "kinds": TermKind.KIND,
    "languages": TermKind.LANGUAGE,
    "areas": TermKind.AREA,
    "access": TermKind.ACCESS,
}
VOICE = Phone(number="+442079460000")


@cache
def taxonomy() -> Taxonomy:
    return Taxonomy(
        tuple(
            Term(
                kind=kind,
                code=term["code"],
                names=term["names"],
                parent=term.get("parent", ""),
                latitude=term.get("latitude"),
                longitude=term.get("longitude"),
                position=position,
            )
            for file, kind in FILES.items()
            for position, term in enumerate(json.loads((SEED / f"taxonomy/{file}.json").read_text(encoding="utf-8")))
        )
    )


@cache
def lexicon() -> Lexicon:
    groups = (group for file in read_lexicon(SEED) for group in file.groups)
    return Lexicon(phrase for group in groups for phrase in phrases_of(group))


@cache
def places() -> Places:
    return Places.load(SEED / "places", vocabulary(taxonomy()).areas)


def service(name: str = "Helpline", **facts: object) -> ServiceDetails:
    """A service with a voice number; `facts` are fields of ServiceDetails."""
    return ServiceDetails(id=uuid5(NAMESPACE_URL, name + repr(facts)), name=name, **{"phones": (VOICE,), **facts})


def organisation(
    slug: str,
    *services: ServiceDetails,
    name: str = "",
    description: str = "",
    other_names: tuple[str, ...] = (),
    locations: tuple[LocationDetails, ...] = (),
    revision: int = 1,
    standing: Standing | None = None,
) -> PublicOrganisation:
    """A public entry; its name is made of its slug unless one is given."""
    details = OrganisationDetails(
        name=name or slug.replace("-", " ").title(),
        kind=OrganisationKind.VOLUNTARY,
        description=description,
        other_names=other_names,
        services=services or (service(slug),),
        locations=locations,
    )
    return PublicOrganisation(
        id=identity(slug), slug=slug, revision=revision, details=details, standing=standing or Standing()
    )


def identity(slug: str) -> UUID:
    return uuid5(NAMESPACE_URL, slug)


def reading(*organisations: PublicOrganisation) -> Reading:
    """The search over these entries."""
    index = RamStorage().create_index(schema())
    writer = index.writer()
    for entry in organisations:
        for document in documents(entry, taxonomy()):
            writer.add_document(**document)
    writer.commit()
    return Reading(snapshot.read(index, 1), vocabulary(taxonomy()), lexicon(), places())
