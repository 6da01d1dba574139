"""`python -m bot.playground`: the playground alone, in a process of its own."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from bot.playground.server import Playground


async def _serve(folder: Path | None, port: int) -> None:
    playground = Playground(folder, port=port)
    await playground.start()
    print(playground.address, flush=True)  # noqa: T201 - whoever started it reads the address
    await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A Telegram look-alike on 127.0.0.1.")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--port", type=int, default=0)
    args = parser.parse_args()
    asyncio.run(_serve(args.folder, args.port))
