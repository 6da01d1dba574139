"""The broken variant: aiogram's own polling, which confirms updates while their handlers still run.

Run as a process: `python -m tests.trust.default_polling API DATABASE`.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import CallbackQuery


async def main(api: str, database: str) -> None:
    """Store each submission like a handler that has a little to do first."""
    with sqlite3.connect(database) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS submissions (draft TEXT)")
    dispatcher = Dispatcher()

    @dispatcher.callback_query()
    async def submit(press: CallbackQuery) -> None:
        await asyncio.sleep(1.0)
        with sqlite3.connect(database) as connection:
            connection.execute("INSERT INTO submissions VALUES (?)", (press.data,))

    bot = Bot("1:playground", session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
