"""Making the form's screens: knows the words for areas, whom to call, and when desks are open."""

from __future__ import annotations

from aiogram.utils.formatting import Text

from bot.views.another import said_to_answer
from bot.views.form import NOTICE_VERSION, consent_text, consent_view, review_view, step_view
from bot.views.reading import Reading, reading_parts
from bot.views.screen import Screen
from bot.views.told import Areas
from bot.visit import Visit
from knowledge.library import Library
from referrals.consent import Notice
from referrals.draft import Draft, Step
from referrals.hours import Hours


class Forms:
    """Shows where a draft stands."""

    def __init__(self, library: Library, hours: Hours) -> None:
        self._library = library
        self._hours = hours

    def screen(self, draft: Draft, visit: Visit, *, hint: Text | str = "") -> Screen:
        """The screen of the draft's step."""
        areas = self.areas(visit.language)
        if draft.step is Step.CONSENT:
            return consent_view(draft, areas, hint=hint)
        if draft.step is Step.REVIEW:
            return review_view(draft, areas, self._reading_parts(draft, visit), hint=hint)
        return step_view(draft, areas, hint=hint)

    def answered(self, step: Step, draft: Draft, visit: Visit) -> Screen:
        """The next screen, with what has to be said at once to the answer that was given."""
        helplines = self._library.shown_helplines("child")
        said = said_to_answer(step, draft.answers.get(step), helplines, visit.language)
        return self.screen(draft, visit, hint=said)

    def areas(self, language: str) -> Areas:
        """The areas by their names."""
        return self._library.area_names(language)

    def notice(self, draft: Draft, visit: Visit) -> Notice:
        """The text to agree to, as it stands now in the person's language."""
        text = consent_text(draft, self.areas(visit.language)).render()[0]
        return Notice(text=text, version=NOTICE_VERSION, language=visit.language)

    def _reading_parts(self, draft: Draft, visit: Visit) -> list[Text | str]:
        desk = self._hours.of(draft.area)
        reading = Reading(
            desk.is_open(visit.now), desk.next_open(visit.now), desk.promise(draft.urgency, visit.now)
        )
        helplines = self._library.shown_helplines(draft.crisis)
        return reading_parts(reading, draft.urgency, helplines, visit.language)
