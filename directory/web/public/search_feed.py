"""The results of a search as JSON: the same answer that the page shows, without its looks."""

from typing import Any

from directory.search.card import read
from directory.search.criteria import SearchResults
from directory.web.public.result_cards import CardDrawer


def feed(results: SearchResults, drawer: CardDrawer) -> dict[str, Any]:
    """`why` is in the reader's words; everything else in codes of the taxonomy."""
    return {
        "total": results.total,
        "page": results.page,
        "pages": results.pages,
        "results": [
            {
                "organisation": hit.slug,
                "name": hit.name,
                "services": [
                    {
                        "id": read(service.card)["service_id"],
                        "name": read(service.card)["service"],
                        "why": drawer.reasons(service.reasons),
                    }
                    for service in hit.services
                ],
            }
            for hit in results.hits
        ],
        "facets": {
            facet: [
                {
                    "value": value.value,
                    "count": value.count,
                    "interpreting": value.interpreting,
                    "chosen": value.chosen,
                }
                for value in values
            ]
            for facet, values in results.facets.items()
        },
        "understood": [
            {"kind": meaning.kind, "code": meaning.code, "words": meaning.words} for meaning in results.understood
        ],
        "loosened": list(results.loosened),
        "did_you_mean": results.did_you_mean,
        "place": results.place,
    }
