"""CPSV-AP 3.2 as JSON-LD: every text in three languages, tagged; what SEMIC's shapes demand is there."""

from __future__ import annotations

import json
from pathlib import Path

from knowledge.entry import LANGUAGES, Entry
from knowledge.export import Authorities, Export, Json, identifier
from knowledge.record import Texts

CONTEXT = {
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
}
LANGUAGE = "http://publications.europa.eu/resource/authority/language/"
EU_LANGUAGE = {"lt": "LIT", "en": "ENG", "uk": "UKR"}


def write(export: Export, folder: Path) -> list[Path]:
    """One file; returns it in a list. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "cpsv-ap.jsonld"
    file.write_text(json.dumps(document(export), ensure_ascii=False, indent=1) + "\n", "utf-8")
    return [file]


def document(export: Export) -> Json:
    """The whole graph."""
    authorities = Authorities.load()
    graph = [_authority(key, name, export) for key, name in authorities.all().items()]
    graph += [
        _node("cv:LifeEvent", "event", place.event) | {"dct:title": _tagged(place)}
        for place in export.library.content.menu.values()
        if place.event is not None
    ]
    for entry in export.entries():
        graph += _service(export, entry, authorities)
    return {"@context": CONTEXT, "@graph": graph}


def _iri(kind: str, name: str) -> str:
    return f"urn:uuid:{identifier(kind, name)}"


def _node(types: str, kind: str, name: str) -> Json:
    return {"@id": _iri(kind, name), "@type": types, "dct:identifier": name}


def _tagged(texts: Texts) -> list[Json]:
    return [{"@value": texts[language], "@language": language} for language in LANGUAGES]


def _authority(key: str, name: Texts, export: Export) -> Json:
    areas = export.library.content.areas
    place = areas[key] if key in areas else Texts(lt="Lietuva", en="Lithuania", uk="Литва")
    return _node("cv:PublicOrganisation", "authority", key) | {
        "skos:prefLabel": _tagged(name),
        "dct:spatial": {"@type": "dct:Location", "skos:prefLabel": _tagged(place)},
    }


def _service(export: Export, entry: Entry, authorities: Authorities) -> list[Json]:
    summary = Texts(**{each: export.shown(entry, each).summary.text for each in LANGUAGES})
    output = _node("cv:Output", "output", entry.id) | {"dct:title": _tagged(entry.title)}
    channel = _node("cv:Channel", "channel", entry.id)
    evidence = _lines(export, entry, "bring", "cv:Evidence")
    rules = _lines(export, entry, "who", "cv:Requirement")
    service = _node("cpsv:PublicService", "service", entry.id) | {
        "dct:title": _tagged(entry.title),
        "dct:description": _tagged(summary),
        "cv:hasCompetentAuthority": [
            {"@id": _iri("authority", each)} for each in authorities.responsible(entry)
        ],
        "cv:thematicArea": [_concept(export, topic) for topic in entry.topics],
        "dcat:keyword": [
            {"@value": entry.short_name(language), "@language": language} for language in LANGUAGES
        ],
        "dct:language": [{"@id": LANGUAGE + EU_LANGUAGE[each]} for each in LANGUAGES],
        "adms:status": entry.status,
        "cpsv:produces": {"@id": output["@id"]},
        "cv:hasChannel": {"@id": channel["@id"]},
        "cpsv:hasInput": [{"@id": each["@id"]} for each in evidence],
        "cv:holdsRequirement": [{"@id": each["@id"]} for each in rules],
        "cv:isGroupedBy": [{"@id": _iri("event", each)} for each in entry.life_events],
        "dct:relation": [{"@id": _iri("service", each)} for each in entry.related],
    }
    return [service, output, channel, *evidence, *rules]


def _lines(export: Export, entry: Entry, key: str, types: str) -> list[Json]:
    """A node for each line of a section that is shown in all three languages."""
    shown = {language: export.section(entry, key, language) for language in LANGUAGES}
    return [
        _node(types, key, f"{entry.id}/{number}")
        | {
            "dct:title": [
                {"@value": text, "@language": each} for each, text in zip(LANGUAGES, texts, strict=True)
            ]
        }
        for number, texts in enumerate(zip(*shown.values(), strict=True))
    ]


def _concept(export: Export, topic: str) -> Json:
    return {
        "@id": _iri("topic", topic),
        "@type": "skos:Concept",
        "skos:prefLabel": _tagged(export.library.content.topics[topic]),
    }
