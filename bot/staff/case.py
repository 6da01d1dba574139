"""The routes of a worker's own desk: the queue, a case, and everything that is done with one."""

from __future__ import annotations

from aiogram import Router

from bot.staff import casework, handing, partners, queue, replying, twins


def setup() -> Router:
    """What is typed belongs to what was pressed before: a search at the desk, a note, a reply."""
    router = Router(name="case")
    router.include_routers(
        queue.setup(),
        casework.setup(),
        replying.setup(),
        handing.setup(),
        partners.setup(),
        twins.setup(),
    )
    return router
