"""Two thousand broken updates: the process lives, each is put aside with a reason, the next is answered."""

from __future__ import annotations

import copy
import random

from sqlalchemy import text

from tests.fakes.world import World

BROKEN = 2000
ODD = [None, [], {}, "", "x" * 5000, -1, 0, 2**70, True, 1.5, "\ud83d", "\u202e", {"id": {}}, [[[]]], "\x00"]


def whole(sender: int) -> dict[str, object]:
    """An update with much in it."""
    user = {"id": sender, "is_bot": False, "first_name": "Ona", "language_code": "lt"}
    chat = {"id": sender, "type": "private", "first_name": "Ona"}
    entity = {"type": "bold", "offset": 0, "length": 5}
    origin = {"type": "user", "date": 1_790_000_000, "sender_user": user}
    body = {"message_id": 1, "date": 1_790_000_000, "chat": chat, "from": user, "text": "labas"}
    return {"message": {**body, "entities": [entity], "forward_origin": origin, "via_bot": user}}


def spoil(update: dict[str, object], dice: random.Random) -> dict[str, object]:
    """Change one to three things somewhere in it."""
    spoilt = copy.deepcopy(update)
    for _ in range(dice.randint(1, 3)):
        node: object = spoilt
        path: list[tuple[object, object]] = []
        while isinstance(node, dict | list) and node:
            key = dice.choice(list(node) if isinstance(node, dict) else range(len(node)))
            path.append((node, key))
            node = node[key]
        if not path:
            continue
        holder, key = dice.choice(path)
        if dice.random() < 0.2 and isinstance(holder, dict):
            holder.pop(key, None)
        else:
            holder[key] = dice.choice(ODD)  # type: ignore[index]
    return spoilt


async def test_two_thousand_broken_updates_stop_nobody(world: World) -> None:
    dice = random.Random(20261124)
    good = world.person(777)

    for number in range(BROKEN):
        raw = {"update_id": 10_000 + number, **spoil(whole(1000 + number % 50), dice)}
        await world.app.receiving.receive([raw])
        while await world.app.worker.step():
            pass
    answer = await good.says("/help")

    assert "/mine" in answer
    async with world.app.store.work() as work:
        counts = await work.inbox.counts()
        silent = "SELECT count(*) FROM inbox WHERE status = 'parked' AND (reason IS NULL OR reason = '')"
        without_reason = (await work.connection.execute(text(silent))).scalar_one()
    assert counts.get("new", 0) == 0
    assert counts["parked"] > BROKEN / 3
    assert counts["parked"] + counts["done"] == BROKEN + 1
    assert without_reason == 0


async def test_the_batch_that_stops_aiograms_polling_stops_nobody_here(world: World) -> None:
    broken = whole(5)
    broken["message"]["forward_origin"] = {"type": "from_the_future", "date": 1}  # type: ignore[index]
    fine = whole(6)
    fine["message"]["text"] = "/help"  # type: ignore[index]

    await world.app.receiving.receive([{"update_id": 1, **broken}, {"update_id": 2, **fine}])
    await world.settle()

    assert "/mine" in world.telegram.chats[6][-1].text
    assert "112" in world.telegram.chats[5][-1].text
