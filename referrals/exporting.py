"""Tables as files that a spreadsheet opens and never runs: what people wrote stays text in every cell."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from io import BytesIO, StringIO

import xlsxwriter

Row = Sequence[str]

# A cell that begins with one of these is a formula or a command to some spreadsheet (OWASP, CSV injection).
FORMULA = frozenset("=+-@|%\t\r\n\0")
KEPT_CONTROLS = frozenset("\t\r\n")
INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs", "Mn", "Me"})
WIDEST = 60  # signs a column is wide at most
NARROWEST = 10


def as_csv(rows: Sequence[Row]) -> bytes:
    """With a byte order mark and semicolons, as a Lithuanian Excel opens it without asking."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(rows: Sequence[Row]) -> bytes:
    """With every cell a string; the first row is the heading."""
    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, _printable(cell), bold if number == 0 else None)
        for column, cells in enumerate(zip(*rows, strict=True)):
            width = min(max(NARROWEST, *(len(cell) for cell in cells)), WIDEST)
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def neutral(cell: str) -> str:
    """The text of a cell; one that a spreadsheet could run begins with an apostrophe."""
    return f"'{_printable(cell)}" if _could_run(cell) else _printable(cell)


def _could_run(cell: str) -> bool:
    """Whether the first sign that is seen, or one that acts without being seen, begins a formula."""
    for sign in cell:
        if unicodedata.normalize("NFKC", sign)[:1] in FORMULA:
            return True
        if unicodedata.category(sign) not in INVISIBLE:
            return False
    return False


def _printable(cell: str) -> str:
    """Without control signs, which no file format carries."""
    return "".join(
        sign for sign in cell if sign in KEPT_CONTROLS or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
