"""Files that a spreadsheet opens and never runs."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from referrals.exporting import FORMULA, as_csv, as_xlsx, neutral

# What has been smuggled into other systems' exports: OWASP's list, Primero's, and signs before it.
VECTORS = [
    '=HYPERLINK("http://evil","x")',
    "=cmd|'/c calc'!A1",
    "+370 612 34567",
    "-1+2",
    "@SUM(1)",
    "|calc",
    "%0A=1",
    "\t=1",
    "\r=1",
    "\n=1",
    "\0=1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\u200e\u2066=1+1",
    "\u00a0 =1+1",
    "＝1+1",
    "\u0301=1+1",
]
PLAIN = ["Ona", "mama = močiutė", "2026-11-24 12:00", "https://example.org", 'Їжа; "kabutės"', "", "00012"]


def read_csv(content: bytes) -> list[list[str]]:
    """As a spreadsheet reads it."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def runs(cell: str) -> bool:
    """Whether a spreadsheet might run the cell."""
    seen = cell.lstrip("\ufeff\u200b\u200e\u2066\u00a0\u0301 ")
    return seen[:1] in {*FORMULA, "＝"}


@pytest.mark.parametrize("cell", VECTORS)
def test_what_could_run_begins_with_an_apostrophe(cell: str) -> None:
    (shown,) = read_csv(as_csv([[cell]]))[0]

    assert runs(cell)
    assert shown.startswith("'")


@pytest.mark.parametrize("cell", PLAIN)
def test_plain_text_stays_as_it_was_written(cell: str) -> None:
    assert read_csv(as_csv([[cell, "end"]])) == [[cell, "end"]]


def test_a_lithuanian_excel_opens_the_csv_by_itself() -> None:
    content = as_csv([["Vardas", "Poreikis"], ["Ąžuolė", "a;b"]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert b'"Vardas";"Poreikis"\r\n' in content


@given(st.text(max_size=40))
def test_no_text_at_all_can_run(cell: str) -> None:
    assert not runs(neutral(cell))


def test_every_cell_of_a_workbook_is_a_text() -> None:
    cells = [*VECTORS, *PLAIN]

    book = openpyxl.load_workbook(BytesIO(as_xlsx([["head"], *([each] for each in cells)])))
    found = [row[0] for row in book.active.iter_rows(min_row=2)]  # type: ignore[union-attr]

    assert {each.data_type for each in found if each.value is not None} == {"s"}
    assert not any(each.hyperlink for each in found)
    assert found[VECTORS.index("+370 612 34567")].value == "+370 612 34567"


def test_a_careless_workbook_would_be_caught() -> None:
    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, VECTORS[0])
    cell = openpyxl.load_workbook(BytesIO(file.getvalue())).active["A1"]  # type: ignore[index]

    assert cell.data_type == "f"
