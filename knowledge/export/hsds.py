"""Open Referral HSDS 3: tables of records, one JSON document a language, as HSDS keeps no translations."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from knowledge.criteria import Criterion
from knowledge.entry import LANGUAGES, Entry, Provider
from knowledge.export import Export, Json, identifier

STATUS = {"available": "active", "dated": "inactive", "planned": "inactive", "historic": "defunct"}
TAXONOMY = identifier("taxonomy", "open-eligibility")
EVENTS = identifier("taxonomy", "life-events")
NAMED = {
    "open-eligibility": {"lt": "Paslaugų sritys", "en": "Human services", "uk": "Сфери послуг"},
    "life-events": {"lt": "Gyvenimo įvykiai", "en": "Life events", "uk": "Життєві події"},
}
GIVES = {"lt": "Teikia", "en": "Gives", "uk": "Надає"}
COUNTRY = "LT"
COUNTY = "Kauno apskritis"


def write(export: Export, folder: Path) -> list[Path]:
    """One file a language; returns them. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for language in LANGUAGES:
        file = folder / f"hsds.{language}.json"
        text = json.dumps(document(export, language), ensure_ascii=False, indent=1, default=str)
        file.write_text(text + "\n", "utf-8")
        files.append(file)
    return files


def document(export: Export, language: str) -> Json:
    """All tables in one language."""
    providers = export.library.content.providers
    entries = list(export.entries())
    return {
        "version": "3.0",
        "language": language,
        "organizations": [_organization(export, key, each, language) for key, each in providers.items()],
        "services": [_service(export, entry, language) for entry in entries],
        "locations": [_location(key, each) for key, each in providers.items()],
        "service_at_locations": [
            {
                "id": identifier("service-at-location", f"{entry.id}/{provider}"),
                "service_id": identifier("service", entry.id),
                "location_id": identifier("location", provider),
            }
            for entry in entries
            for provider in entry.providers
        ],
        "taxonomies": [
            {"id": identifier("taxonomy", key), "name": names[language], "description": names[language]}
            for key, names in NAMED.items()
        ],
        "taxonomy_terms": list(_terms(export, language)),
    }


def _organization(export: Export, key: str, provider: Provider, language: str) -> Json:
    given = [export.library.find_entry(each) for each in provider.entries]
    names = [each.short_name(language) for each in given if each is not None and each.published]
    row: Json = {
        "id": identifier("organization", key),
        "name": provider.name,
        "description": f"{GIVES[language]}: {', '.join(names)}." if names else provider.name,
        "legal_status": provider.legal_form or None,
    }
    contacts = [each for each in provider.contacts if each.publishable is True]
    row["website"] = next((f"https://{each.value}" for each in contacts if each.type == "web"), None)
    row["email"] = next((each.value for each in contacts if each.type == "email"), None)
    row["phones"] = [
        {"id": identifier("phone", f"{key}/{each.value}"), "number": each.value}
        for each in contacts
        if each.type == "phone"
    ]
    return {name: value for name, value in row.items() if value is not None}


def _location(key: str, provider: Provider) -> Json:
    row: Json = {
        "id": identifier("location", key),
        "organization_id": identifier("organization", key),
        "name": provider.name,
    }
    addresses = [each for each in provider.contacts if each.type == "address" and each.publishable is True]
    row["location_type"] = "physical" if addresses else "virtual"
    row["addresses"] = [
        {
            "id": identifier("address", f"{key}/{each.value}"),
            "address_1": each.value.split(",")[0],
            "city": each.value.split(",")[-1].strip() if "," in each.value else "Kaunas",
            "state_province": COUNTY,
            "postal_code": "",
            "country": COUNTRY,
            "address_type": "physical",
        }
        for each in addresses
    ]
    return row


def _service(export: Export, entry: Entry, language: str) -> Json:
    row = {**_told(export, entry, language), **_listed(export, entry, language)}
    return {name: value for name, value in row.items() if value is not None}


def _told(export: Export, entry: Entry, language: str) -> Json:
    """The columns of the record itself."""
    providers = entry.providers
    return {
        "id": identifier("service", entry.id),
        "organization_id": identifier("organization", providers[0]) if len(providers) == 1 else None,
        "name": entry.title[language],
        "alternate_name": entry.short_name(language),
        "description": export.shown(entry, language).summary.text,
        "status": STATUS[entry.status],
        "eligibility_description": " ".join(export.section(entry, "who", language)) or None,
        "application_process": " ".join(export.section(entry, "ask", language)) or None,
        "fees_description": " ".join(export.section(entry, "amount", language)) or None,
        "alert": " ".join(export.section(entry, "know", language)) or None,
        "minimum_age": _age(entry, lowest=True),
        "maximum_age": _age(entry, lowest=False),
    }


def _listed(export: Export, entry: Entry, language: str) -> Json:
    """What hangs on the record."""
    return {
        "required_documents": [
            {"id": identifier("document", f"{entry.id}/{number}"), "document": text}
            for number, text in enumerate(export.section(entry, "bring", language))
        ],
        "service_areas": [
            {
                "id": identifier("area", f"{entry.id}/{area}"),
                "name": export.library.area_name(area, language),
            }
            for area in entry.areas
        ],
        "attributes": [
            {
                "id": identifier("attribute", f"{entry.id}/{term}"),
                "link_id": identifier("service", entry.id),
                "link_entity": "service",
                "taxonomy_term_id": identifier("term", term),
            }
            for term in (*entry.topics, *entry.life_events)
        ],
        "metadata": list(_changes(entry)),
    }


def _age(entry: Entry, *, lowest: bool) -> float | None:
    """The one rule about age, where there is one; alternatives have no single number."""
    rules = [each for each in entry.criteria if each.attribute == "age" and each.basis == "rule"]
    return _bound(rules[0], lowest=lowest) if len(rules) == 1 and rules[0].path is None else None


def _bound(rule: Criterion, *, lowest: bool) -> float | None:
    value: object = None
    if rule.operator == "between" and isinstance(rule.value, tuple):
        value = rule.value[0 if lowest else 1]
    elif rule.operator in ({">=", ">"} if lowest else {"<=", "<"}):
        value = rule.value
    return float(value) if isinstance(value, int | float) else None


def _changes(entry: Entry) -> Iterator[Json]:
    """The log of changed facts, as HSDS keeps it."""
    for past in entry.history:
        now = entry.facts[past.fact].value
        yield {
            "id": identifier("change", f"{entry.id}/{past.fact}/{past.value}"),
            "resource_id": identifier("service", entry.id),
            "resource_type": "service",
            "last_action_date": past.until or past.as_of,
            "last_action_type": "update",
            "field_name": past.fact,
            "previous_value": str(past.value),
            "replacement_value": "" if now is None else str(now),
            "updated_by": past.why,
        }


def _terms(export: Export, language: str) -> Iterator[Json]:
    content = export.library.content
    for key, texts in content.topics.items():
        yield _term(key, texts[language], TAXONOMY, language)
    for place in content.menu.values():
        if place.event is not None:
            yield _term(place.event, place[language], EVENTS, language)


def _term(key: str, name: str, taxonomy: str, language: str) -> Json:
    return {
        "id": identifier("term", key),
        "code": key,
        "name": name,
        "description": name,
        "taxonomy_id": taxonomy,
        "language": language,
    }
