"""The numbers of a week: as a text that can be read aloud, and as a chart beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from aiogram.utils.formatting import Text
from babel.dates import format_timedelta

from bot.chart import Bar, Chart, Panel
from bot.language import gettext as _
from bot.language import spoken
from bot.views.screen import Screen, heading, lines, paragraphs
from bot.views.words import language_name
from referrals.asked import NONE
from referrals.followup import Said
from referrals.news import Happened
from referrals.referral import Area
from referrals.statistics import FEWEST, Statistics, Week, share, shown

Names = Mapping[str, str]
Counts = Sequence[tuple[str, int, int]]  # a word, the last week, the week before


def statistics_view(numbers: Statistics, areas: Names, topics: Names, *, scope: Sequence[str]) -> Screen:
    """Everything in words, so that nobody needs to see the picture."""
    week, before = numbers.week, numbers.before
    body = paragraphs(
        [
            heading(_("The last 7 days (and the 7 days before)")),
            _("Areas: {areas}").format(areas=", ".join(scope)) if scope else _("All areas"),
            _told(_("Questions asked"), [(_("In all"), week.asked(), before.asked())]),
            _told(_("How questions went"), decisions(week, before)),
            _told(_("In which language"), languages(week, before)),
            _told(_("New requests"), _kinds(week, before, areas, topics)),
            _told(_("How requests ended"), _outcomes(week, before)),
            _times(week, before),
            _open(numbers, areas),
            _told(_("Did people get help?"), _follow_ups(week, before)),
            _("Numbers under {number} are not shown exactly, so that nobody is recognised.").format(
                number=FEWEST
            ),
        ]
    )
    return Screen(body)


def statistics_chart(numbers: Statistics, areas: Names) -> Chart:
    """The picture: how questions went and requests ended, and what each area has open."""
    week, before = numbers.week, numbers.before
    waiting = [
        (_area_name(area, areas), numbers.open[area], numbers.overdue.get(area, 0)) for area in numbers.open
    ]
    weeks, now = (_("last 7 days"), _("7 days before")), (_("open requests"), _("of them overdue"))
    panels = [
        Panel(_("How questions went"), weeks, _rows(decisions(week, before))),
        Panel(_("In which language"), weeks, _rows(languages(week, before))),
        Panel(_("How requests ended"), weeks, _rows(_outcomes(week, before))),
        Panel(_("Open requests now"), now, _rows(waiting)),
    ]
    return Chart(_("Atrama: the last 7 days"), [panel for panel in panels if panel.rows])


def decisions(week: Week, before: Week) -> list[tuple[str, int, int]]:
    """How questions went."""
    words = {
        "answer": _("answered"),
        "choose": _("offered a choice"),
        "redirect": _("told who is responsible"),
        "unknown": _("no answer found"),
        NONE: _("“none of these” pressed"),
        "crisis": _("danger seen"),
        "human": _("asked for a person"),
        "smalltalk": _("greetings"),
    }
    return [
        (word, week.asked(decision=each), before.asked(decision=each))
        for each, word in words.items()
        if week.asked(decision=each) or before.asked(decision=each)
    ]


def languages(week: Week, before: Week) -> list[tuple[str, int, int]]:
    """In which languages people asked."""
    known = sorted({language for _decision, language in (*week.questions, *before.questions)})
    return [(language_name(each), week.asked(language=each), before.asked(language=each)) for each in known]


def _kinds(week: Week, before: Week, areas: Names, topics: Names) -> Counts:
    kinds = sorted(
        {*week.referrals, *before.referrals},
        key=lambda kind: (kind[0] or "", -week.referrals.get(kind, 0), kind[1]),
    )
    return [
        (
            f"{_area_name(area, areas)}, {topics.get(topic, topic)}",
            week.referrals.get((area, topic), 0),
            before.referrals.get((area, topic), 0),
        )
        for area, topic in kinds
    ]


def _outcomes(week: Week, before: Week) -> Counts:
    words = {
        Happened.COMPLETED: _("completed"),
        Happened.REJECTED: _("not accepted"),
        Happened.FAILED: _("closed without contact"),
        Happened.WITHDRAWN: _("withdrawn"),
        Happened.MARKED_AS_ERROR: _("entered in error"),
    }
    return _counted(words, week.outcomes, before.outcomes)


def _follow_ups(week: Week, before: Week) -> Counts:
    words = {
        Said.YES: _("Yes"),
        Said.PARTLY: _("Partly"),
        Said.NO: _("No"),
        Said.NOT_YET: _("Not yet"),
    }
    return _counted(words, week.follow_ups, before.follow_ups)


def _counted(
    words: Mapping[Happened, str] | Mapping[Said, str], week: Mapping[str, int], before: Mapping[str, int]
) -> Counts:
    return [
        (word, week.get(each, 0), before.get(each, 0))
        for each, word in words.items()
        if week.get(each) or before.get(each)
    ]


def _times(week: Week, before: Week) -> Text:
    told = [
        (_("half of them within"), share(week.first_actions, 50), share(before.first_actions, 50)),
        (_("nine of ten within"), share(week.first_actions, 90), share(before.first_actions, 90)),
    ]
    body = [f"{word}: {_duration(now)} ({_duration(then)})" for word, now, then in told]
    return lines([heading(_("From a request to a worker’s first step")), *body])


def _open(numbers: Statistics, areas: Names) -> Text:
    told = [
        _("{area}: {open} open, {overdue} of them overdue").format(
            area=_area_name(area, areas),
            open=shown(count),
            overdue=shown(numbers.overdue.get(area, 0)),
        )
        for area, count in numbers.open.items()
    ]
    return lines([heading(_("Open requests now")), *(told or [_("There are none.")])])


def _told(title: str, counts: Counts) -> Text:
    told = [f"{word}: {shown(now)} ({shown(then)})" for word, now, then in counts]
    return lines([heading(title), *(told or [_("There are none.")])])


def _rows(counts: Counts) -> list[tuple[str, tuple[Bar, Bar]]]:
    return [(word, (_bar(now), _bar(then))) for word, now, then in counts]


def _bar(count: int) -> Bar:
    """A small number's bar has one length whatever the number: it tells nothing either."""
    return Bar(FEWEST / 2 if 0 < count < FEWEST else count, shown(count))


def _area_name(area: Area | None, areas: Names) -> str:
    return areas.get(area or "", _("area not known"))


def _duration(duration: timedelta | None) -> str:
    if duration is None:
        return _("too few to tell")
    return format_timedelta(duration, granularity="minute", locale=spoken())
