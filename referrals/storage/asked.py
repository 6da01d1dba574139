"""Questions without who asked them, and what was said of answers."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, update

from referrals.asked import MOST, Mark, Question, Remark
from referrals.referral import Area, EntryId
from referrals.storage.cells import Cells
from referrals.storage.tables import feedback, questions

SEEN = "+"  # before what was said, in the same column: a curator has seen it
MOST_REMARKS = 5000  # what a curator looks at together, the newest


class Questions:
    """One row for each question; the words of an unanswered one are sealed."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def add(self, question: Question) -> None:
        """Keep one."""
        words = question.words
        row = {
            "id": question.id,
            "at": question.at,
            "language": question.language,
            "area": question.area,
            "decision": question.decision,
            "entry_id": question.entry_id,
            "text_sealed": None if words is None else self._cells.seal(words, "questions.text", question.id),
            "mark": question.mark,
        }
        await self._cells.connection.execute(insert(questions).values(row))

    async def unanswered(self, since: datetime, *, marked: bool) -> list[Question]:
        """The newest unanswered ones that still have words: those a curator has marked, or the others."""
        is_marked = questions.c.mark.is_not(None) if marked else questions.c.mark.is_(None)
        query = (
            select(questions)
            .where(questions.c.at >= since, questions.c.text_sealed.is_not(None), is_marked)
            .order_by(questions.c.at.desc(), questions.c.id)
            .limit(MOST)
        )
        return [
            Question(
                id=row["id"],
                at=row["at"],
                language=row["language"],
                area=None if row["area"] is None else Area(row["area"]),
                decision=row["decision"],
                entry_id=None if row["entry_id"] is None else EntryId(row["entry_id"]),
                words=self._cells.open(row["text_sealed"], "questions.text", row["id"]),
                mark=None if row["mark"] is None else Mark(row["mark"]),
            )
            for row in (await self._cells.connection.execute(query)).mappings()
        ]

    async def mark(self, ids: Collection[UUID], mark: Mark | None) -> None:
        """Note what a curator decided; None opens them again."""
        for each in ids:  # one by one: a list of thousands is more parameters than SQLite takes
            await self._cells.connection.execute(
                update(questions).where(questions.c.id == each).values(mark=mark)
            )

    async def wipe_words(self, before: datetime) -> int:
        """Forget the words of old ones; how many those were. The counts stay."""
        old = questions.c.at < before, questions.c.text_sealed.is_not(None)
        query = update(questions).where(*old).values(text_sealed=None)
        return int((await self._cells.connection.execute(query)).rowcount)


class Remarks:
    """What was said of answers, as a curator reads it."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    async def all(self) -> list[Remark]:
        """The newest first."""
        query = select(feedback).order_by(feedback.c.at.desc(), feedback.c.id).limit(MOST_REMARKS)
        return [
            Remark(
                entry_id=EntryId(row["entry_id"]),
                language=row["language"],
                said=row["said"].removeprefix(SEEN),
                at=row["at"],
                seen=row["said"].startswith(SEEN),
            )
            for row in (await self._cells.connection.execute(query)).mappings()
        ]

    async def see(self, entry_id: EntryId, until: datetime) -> None:
        """A curator has seen what was said of an entry up to a time."""
        unseen = feedback.c.said.not_like(f"{SEEN}%")
        await self._cells.connection.execute(
            update(feedback)
            .where(feedback.c.entry_id == entry_id, feedback.c.at <= until, unseen)
            .values(said=SEEN + feedback.c.said)
        )
