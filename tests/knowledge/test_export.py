"""The exports hold what their standards demand, in every language, and nothing that a person may not read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pyshacl import validate
from rdflib import Graph

from bot.cli import main
from knowledge.entry import LANGUAGES
from knowledge.export import Authorities, Export, Json, cpsv, hsds
from knowledge.library import Library

# rdflib's own JSON-LD parser still makes the graph that rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*(ConjunctiveGraph|Dataset).*:DeprecationWarning")

HERE = Path(__file__).parent
TODAY = date(2026, 11, 24)
SCHEMA = Draft202012Validator(
    json.loads((HERE / "hsds.schema.json").read_text("utf-8")), format_checker=FormatChecker()
)


@pytest.fixture(scope="module")
def export(library: Library) -> Export:
    return Export(library, TODAY)


def complaints(document: Json) -> list[str]:
    """What the schema says against a document, as it is read back from JSON."""
    return [error.message for error in SCHEMA.iter_errors(json.loads(json.dumps(document, default=str)))]


def conforms(document: Json) -> bool:
    """Whether SHACL's shapes hold."""
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    return bool(validate(graph, shacl_graph=str(HERE / "cpsv-ap.shapes.ttl"))[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_hsds_has_every_required_field(export: Export, language: str) -> None:
    document = hsds.document(export, language)

    assert complaints(document) == []
    assert len(document["services"]) == len(list(export.entries())) >= 167


def test_a_service_without_a_status_is_refused(export: Export) -> None:
    document = hsds.document(export, "en")
    del document["services"][0]["status"]

    assert complaints(document) == ["'status' is a required property"]


def test_hsds_points_only_at_what_is_there(export: Export) -> None:
    document = hsds.document(export, "uk")
    known = {row["id"] for name in ("services", "locations", "organizations") for row in document[name]}
    pointed = {row[key] for row in document["service_at_locations"] for key in ("service_id", "location_id")}
    pointed |= {row["organization_id"] for row in document["services"] if "organization_id" in row}

    assert pointed <= known


def test_hsds_says_the_same_things_in_all_languages(export: Export) -> None:
    lt, en, uk = (
        {row["id"]: sorted(row) for row in hsds.document(export, each)["services"]} for each in LANGUAGES
    )

    assert lt == en == uk


def test_a_superseded_amount_stands_in_the_change_log(export: Export) -> None:
    services = hsds.document(export, "en")["services"]
    changes = next(row for row in services if row["name"].startswith("Child benefit (child"))["metadata"]

    told = {(each["previous_value"], each["replacement_value"]) for each in changes}

    assert {("85.75", "129.5"), ("122.5", "129.5")} <= told


def test_cpsv_ap_has_every_mandatory_property(export: Export) -> None:
    assert conforms(cpsv.document(export))


@pytest.mark.parametrize(
    "lost", ["dct:title", "dct:description", "cv:hasCompetentAuthority", "dct:identifier"]
)
def test_a_service_that_lacks_one_does_not_conform(export: Export, lost: str) -> None:
    document = cpsv.document(export)
    service = next(node for node in document["@graph"] if node["@type"] == "cpsv:PublicService")
    few = [node for node in document["@graph"] if node["@type"] != "cpsv:PublicService"]

    del service[lost]

    assert not conforms(document | {"@graph": [*few, service]})


def test_what_is_not_published_is_not_exported(export: Export) -> None:
    text = json.dumps([hsds.document(export, "lt"), cpsv.document(export)], default=str)

    assert "contribution-supply-district" not in text


def test_every_authority_answers_for_an_entry_that_exists(export: Export) -> None:
    assert set(Authorities.load().of_entry) <= set(export.library.content.entries)


@pytest.mark.parametrize(("name", "files"), [("hsds", 3), ("cpsv-ap", 1)])
def test_the_command_writes_the_files(
    name: str, files: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["knowledge", "export", name, str(tmp_path / "out")]) == 0

    assert len(capsys.readouterr().out.split()) == files == len(list((tmp_path / "out").iterdir()))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")

    assert main(["knowledge", "export", "hsds", str(tmp_path / "file")]) == 1
    assert "cannot write" in capsys.readouterr().err
