"""Who is asked in which order about an update: the priority of everything, in one place to read."""

from __future__ import annotations

from aiogram import Dispatcher, F, Router

from bot.clock import Clock
from bot.conversation import ConversationStorage
from bot.middlewares import VisitMiddleware, When
from bot.resident import (
    ask,
    check,
    consents,
    deleting,
    followup,
    form,
    hide,
    mine,
    mydata,
    other,
    partners,
    privacy,
    review,
    sms,
    sos,
    start,
)
from bot.staff import (
    capacity,
    case,
    colleagues,
    curator,
    desk,
    exports,
    feedback,
    holding,
    people,
    statistics,
)


def make_dispatcher(clock: Clock) -> Dispatcher:
    """The routers in the order they are asked; the first that fits answers."""
    dispatcher = Dispatcher(storage=ConversationStorage(clock))
    dispatcher.update.outer_middleware(VisitMiddleware())
    dispatcher.include_routers(
        sos.setup(),  # a cry for help that the direct path missed
        *_of_staff(),
        resident_router(),
    )
    return dispatcher


def resident_router() -> Router:
    """What people write and press in their private chats."""
    resident = _in_private(Router(name="resident"))
    resident.include_routers(
        start.setup(),  # commands and the menu work everywhere, also inside a form
        check.setup(),  # a number for "what can I get?" is no question
        sms.setup(),  # an address for an SMS to 112 is no question
        hide.setup(),
        mine.setup(),  # a message, a code, a new phone are no questions
        partners.setup(),
        followup.setup(),
        privacy.setup(),
        consents.setup(),
        mydata.setup(),
        deleting.setup(),
        review.setup(),
        form.setup(),  # what is typed while a form is open belongs to it
        ask.setup(),  # any other text is a question
        other.setup(),  # what nothing else answers
    )
    return resident


def _of_staff() -> list[Router]:
    """Deep links of staff come before the plain /start; what is typed after Note belongs to the case."""
    return [
        desk.setup(),
        holding.setup(),
        case.setup(),
        people.setup(),
        colleagues.setup(),
        capacity.setup(),
        curator.setup(),
        feedback.setup(),
        statistics.setup(),
        exports.setup(),
    ]


def _in_private(router: Router) -> Router:
    """A router that sees nothing of groups."""
    private = When(F.chat.type == "private")
    router.message.filter(private)
    router.edited_message.filter(private)
    router.callback_query.filter(When(F.message.chat.type == "private"))
    return router
