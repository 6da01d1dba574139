"""Files with cases: choosing one, agreeing to one, and the words in their cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from aiogram.utils.formatting import Text

from bot.buttons.exports import ConfirmExport, ExportArea, MakeExport
from bot.language import gettext as _
from bot.views.screen import Screen, button, heading, paragraphs
from bot.views.words import (
    VILNIUS,
    for_whom_word,
    language_name,
    phone_word,
    reach_word,
    reason_word,
    status_word,
    urgency_word,
    yes_no,
)
from referrals.exports import Export, ExportedCase, Kind
from referrals.referral import Area, Details

Names = Mapping[str, str]
TITLES = {Kind.CSV: "CSV", Kind.XLSX: "Excel"}


def export_view(areas: Sequence[tuple[str, str]]) -> Screen:
    """Whose cases."""
    rows = [(button(name, ExportArea(area=area)),) for area, name in areas]
    body = paragraphs([heading(_("A file with cases")), _("Of which area?")])
    return Screen(body, rows=tuple(rows))


def export_kinds_view(area: str, name: str) -> Screen:
    """Without names at once; with names when a second coordinator agrees."""
    rows = [
        (button(label.format(format=TITLES[kind]), MakeExport(area=area, kind=kind, with_names=with_names)),)
        for with_names, label in ((False, _("Without names: {format}")), (True, _("With names: {format}")))
        for kind in Kind
    ]
    text = _(
        "A file without names comes at once. A file with names, phones and needs comes when "
        "a second coordinator of this area has confirmed it. Both are recorded."
    )
    return Screen(paragraphs([heading(name), text]), rows=tuple(rows))


def export_waits_view(colleagues: int) -> Screen:
    """The second coordinator is asked, or there is none."""
    if not colleagues:
        return Screen(
            Text(_("There is no second coordinator of this area, so a file with names cannot be made."))
        )
    text = _("Another coordinator has to confirm this within 24 hours. Then the file comes here.")
    return Screen(Text(text))


def confirm_view(export: Export, asker: str, area: str) -> Screen:
    """For the second coordinator."""
    text = _(
        "{worker} asks for a file with the names, phones and needs of all cases. Area: {area}. "
        "If you know why it is needed, confirm it within 24 hours. If not, do nothing and ask your colleague."
    )
    body = Text(text.format(worker=asker or _("A colleague"), area=area))
    return Screen(body, rows=((button(_("Confirm"), ConfirmExport(export=export.id)),),))


def confirmed_view() -> Screen:
    """For the second coordinator afterwards."""
    return Screen(Text(_("You have confirmed it. The file goes to your colleague. This is recorded.")))


def export_over_view() -> Screen:
    """For a press that comes too late."""
    return Screen(Text(_("This file is no longer waiting for a confirmation.")))


def export_caption(area: str, *, with_names: bool) -> str:
    """What stands under the file."""
    if with_names:
        text = _("Cases with names, {area}. Keep this file only as long as you need it, then delete it.")
    else:
        text = _("Cases without names, {area}.")
    return text.format(area=area)


def area_name(area: Area | None, areas: Names) -> str:
    """An area, or that none is known."""
    return areas.get(area or "", _("area not known"))


def table(
    cases: Sequence[ExportedCase], areas: Names, topics: Names, now: datetime, *, with_names: bool
) -> list[list[str]]:
    """The heading and a row for each case; with names also what people told."""
    rows = [_case(case, areas, topics, now) for case in cases]
    if with_names:
        rows = [[*row, *_told(case.details)] for row, case in zip(rows, cases, strict=True)]
    return [_head(with_names=with_names), *rows]


def _head(*, with_names: bool) -> list[str]:
    head = [
        _("Reference"),
        _("Area"),
        _("Kind"),
        _("Urgency"),
        _("State"),
        _("Reason"),
        _("Requested"),
        _("Promised by"),
        _("Overdue"),
        _("First step"),
        _("Ended"),
        _("Hours to the first step"),
        _("Hours to the end"),
    ]
    told = [
        _("For whom"),
        _("Name"),
        _("Phone"),
        _("Need"),
        _("Language"),
        _("How to reach"),
        _("Safe to call"),
    ]
    return [*head, *(told if with_names else [])]


def _case(case: ExportedCase, areas: Names, topics: Names, now: datetime) -> list[str]:
    return [
        case.reference,
        area_name(case.area, areas),
        topics.get(case.topic, case.topic),
        urgency_word(case.urgency),
        status_word(case.status),
        "" if case.reason is None else reason_word(case.reason),
        _local(case.requested_at),
        _local(case.promised_by),
        yes_no(case.is_overdue(now)),
        _local(case.first_action_at),
        _local(case.ended_at),
        _hours(case.first_action_at, case.requested_at),
        _hours(case.ended_at, case.requested_at),
    ]


def _told(details: Details | None) -> list[str]:
    if details is None:
        return [_("erased")] + [""] * 6
    return [
        for_whom_word(details.for_whom),
        details.name or "",
        phone_word(details.phone) if details.phone else "",
        details.need or "",
        language_name(details.language),
        reach_word(details.reach),
        yes_no(details.may_call),
    ]


def _local(at: datetime | None) -> str:
    """A time in Lithuania that every spreadsheet reads and sorts."""
    return "" if at is None else at.astimezone(VILNIUS).strftime("%Y-%m-%d %H:%M")


def _hours(until: datetime | None, since: datetime) -> str:
    return "" if until is None else str(round((until - since) / timedelta(hours=1)))
