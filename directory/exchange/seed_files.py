"""The seed's files as values, and values as the same files byte for byte."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from directory.errors import DomainError
from directory.lexicon.loading import LexiconFile
from directory.lexicon.rules import WordGroup
from directory.organisations import stored
from directory.organisations.details import OrganisationDetails
from directory.organisations.provenance import Provenance, Source
from directory.organisations.rules import Confidence, State
from directory.taxonomy.terms import Term, TermKind

NAMESPACE = UUID("8a4b2c5e-6f0d-5a3e-9b1c-2d7e4f6a8b90")
TAXONOMY_FILES = {
    TermKind.GROUND: "grounds.json",
    TermKind.KIND: "kinds.json",
    TermKind.LANGUAGE: "languages.json",
    TermKind.AREA: "areas.json",
    TermKind.ACCESS: "access.json",
}
ENTRY_FIELDS = ("slug", "status", "confidence", "sources", "notes", "details")


class SeedBroken(DomainError):
    """A file of the seed cannot be loaded; the message names the file and what is wrong with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedEntry:
    """One organisation of the seed."""

    slug: str
    status: State
    provenance: Provenance
    details: OrganisationDetails

    @property
    def id(self) -> UUID:
        """The organisation's id, which follows from its slug."""
        return uuid5(NAMESPACE, f"organisation/{self.slug}")


def read_terms(folder: Path) -> tuple[Term, ...]:
    """All terms of the seed. Raises SeedBroken."""
    return tuple(
        _term(item, kind, position, name)
        for kind, name in TAXONOMY_FILES.items()
        for position, item in enumerate(_read(folder / "taxonomy" / name))
    )


def read_entries(folder: Path) -> tuple[SeedEntry, ...]:
    """All organisations of the seed, by slug. Raises SeedBroken."""
    return tuple(_entry(_read(path), path) for path in sorted((folder / "organisations").glob("*.json")))


def read_lexicon(folder: Path) -> tuple[LexiconFile, ...]:
    """The words of every language of the seed, by tag. Raises SeedBroken."""
    return tuple(_lexicon(_read(path), path) for path in sorted((folder / "lexicon").glob("*.json")))


def write_terms(folder: Path, terms: Iterable[Term]) -> None:
    """Write the taxonomy's files."""
    by_kind: dict[TermKind, list[dict[str, Any]]] = {kind: [] for kind in TAXONOMY_FILES}
    for term in terms:
        by_kind[term.kind].append(_plain_term(term))
    for kind, name in TAXONOMY_FILES.items():
        _write(folder / "taxonomy" / name, by_kind[kind])


def write_entries(folder: Path, entries: Iterable[SeedEntry]) -> None:
    """Write one file for each organisation."""
    for entry in entries:
        _write(folder / "organisations" / f"{entry.slug}.json", _plain_entry(entry))


def write_lexicon(folder: Path, files: Iterable[LexiconFile]) -> None:
    """Write one file for each language of the lexicon."""
    for file in files:
        entries = [_plain_group(group) for group in file.groups]
        content = {"language": file.language, "reviewed": file.reviewed, "entries": entries}
        _write(folder / "lexicon" / f"{file.language}.json", content)


def _term(item: dict[str, Any], kind: TermKind, position: int, name: str) -> Term:
    try:
        languages = {"en", *item.get("descriptions", {}), *item.get("examples", {})}
        if not languages <= item["names"].keys():
            raise SeedBroken(f"{name}: {item['code']} needs a name in English and in each language it has texts in")
        return Term(
            kind=kind,
            code=item["code"],
            parent=item.get("parent", ""),
            names=item["names"],
            descriptions=item.get("descriptions", {}),
            examples={language: tuple(texts) for language, texts in item.get("examples", {}).items()},
            latitude=item.get("latitude"),
            longitude=item.get("longitude"),
            position=position,
            retired=item.get("retired", False),
            merged=tuple(item.get("merged", ())),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise SeedBroken(f"{name}: {item!r}") from error


def _plain_term(term: Term) -> dict[str, Any]:
    plain = {
        "code": term.code,
        "parent": term.parent,
        "names": dict(term.names),
        "descriptions": dict(term.descriptions),
        "examples": {language: list(texts) for language, texts in term.examples.items()},
        "latitude": term.latitude,
        "longitude": term.longitude,
        "retired": term.retired,
        "merged": list(term.merged),
    }
    return {name: value for name, value in plain.items() if value not in ("", None, {}, False, [])}


def _lexicon(item: dict[str, Any], path: Path) -> LexiconFile:
    try:
        if item["language"] != path.stem:
            raise SeedBroken(f"{path.name}: the language is the file's name")
        groups = tuple(
            WordGroup(
                language=item["language"],
                words=tuple(entry["words"]),
                means=tuple(entry["means"]),
                english=entry.get("english", ""),
            )
            for entry in item["entries"]
        )
        return LexiconFile(language=item["language"], reviewed=item["reviewed"], groups=groups)
    except (KeyError, TypeError, AttributeError) as error:
        raise SeedBroken(f"{path.name}: {error!r}") from error


def _plain_group(group: WordGroup) -> dict[str, Any]:
    english = {"english": group.english} if group.english else {}
    return {"words": list(group.words), "means": list(group.means), **english}


def _entry(item: dict[str, Any], path: Path) -> SeedEntry:
    try:
        if tuple(item) != ENTRY_FIELDS or item["slug"] != path.stem:
            raise SeedBroken(f"{path.name}: the fields are {', '.join(ENTRY_FIELDS)}, and the slug is the file's name")
        provenance = Provenance(
            confidence=Confidence(item["confidence"]),
            sources=tuple(Source(**source) for source in item["sources"]),
            notes=tuple(item["notes"]),
        )
        return SeedEntry(
            slug=item["slug"],
            status=State(item["status"]),
            provenance=provenance,
            details=stored.load(item["details"]),
        )
    except (ValueError, TypeError, stored.UnreadableDetails) as error:
        raise SeedBroken(f"{path.name}: {error}") from error


def _plain_entry(entry: SeedEntry) -> dict[str, Any]:
    held = entry.provenance
    return {
        "slug": entry.slug,
        "status": str(entry.status),
        "confidence": str(held.confidence) if held.confidence else None,
        "sources": [asdict(source) for source in held.sources],
        "notes": list(held.notes),
        "details": stored.dump(entry.details),
    }


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SeedBroken(f"{path.name}: {error}") from error


def _write(path: Path, content: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
