"""The rest of a result: what cannot be told yet and what was not checked, entry by entry."""

from __future__ import annotations

from collections.abc import Sequence

from bot.buttons import Check, ShowEntry
from bot.language import gettext as _
from bot.views.screen import Button, Screen, button, heading, home_row, paragraphs
from knowledge.eligibility import Judged, Verdict

MOST = 8  # entries on one screen
Names = Sequence[tuple[str, str]]  # entries with their names


def unknown_entries(judged: Judged) -> list[str]:
    """The entries that answers could still decide, and no member has yet."""
    likely = {each.entry_id for each in judged.of(Verdict.LIKELY)}
    open_ones = dict.fromkeys(each.entry_id for each in judged.of(Verdict.UNKNOWN))
    return [each for each in open_ones if each not in likely]


def list_rows(judged: Judged) -> list[tuple[Button, ...]]:
    """The ways to both lists, with how long they are."""
    unknown, unchecked = len(unknown_entries(judged)), len(judged.not_checked)
    rows: list[tuple[Button, ...]] = []
    if unknown:
        label = _("Cannot be told yet: {count}").format(count=unknown)
        rows.append((button(label, Check(do="unknown", value="0")),))
    if unchecked:
        label = _("Not checked: {count}").format(count=unchecked)
        rows.append((button(label, Check(do="unchecked", value="0")),))
    return rows


def unknown_view(names: Names, *, page: int) -> Screen:
    """What something is still missing for."""
    rows = [(button(name, Check(do="entry", value=entry)),) for entry, name in _of_page(names, page)]
    body = paragraphs(
        [
            heading(_("Cannot be told yet")),
            _("For these an answer is missing, or only a worker can tell. Press one to see what is missing."),
        ]
    )
    return Screen(body, rows=(*rows, *_ways(names, "unknown", page)))


def unchecked_view(names: Names, *, page: int) -> Screen:
    """What answers cannot decide, with the reason."""
    rows = [(button(name, ShowEntry(entry=entry)),) for entry, name in _of_page(names, page)]
    body = paragraphs(
        [
            heading(_("Not checked")),
            _(
                "The sources set no condition here that your answers could decide: it is information, it is "
                "open to everyone, or it is not given any more. Anyone may ask about it."
            ),
        ]
    )
    return Screen(body, rows=(*rows, *_ways(names, "unchecked", page)))


def _of_page(names: Names, page: int) -> Names:
    return names[page * MOST : (page + 1) * MOST]


def _ways(names: Names, do: str, page: int) -> list[tuple[Button, ...]]:
    back = (button(_("← Back"), Check(do=do, value=str(page - 1))),) if page else ()
    is_last = len(names) <= (page + 1) * MOST
    more = () if is_last else (button(_("More →"), Check(do=do, value=str(page + 1))),)
    turning = [(*back, *more)] if back or more else []
    return [*turning, (button(_("Back to the result"), Check(do="results")),), home_row()]
