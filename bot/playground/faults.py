"""Faults on demand: what the real Telegram does on a bad day."""

from __future__ import annotations

from dataclasses import dataclass

from bot.playground.cast import Json
from bot.playground.errors import ApiError

# kind: what is answered. "timeout" does the work and never answers, "reset" does nothing and hangs up.
SILENT = ("timeout", "reset")


@dataclass
class Fault:
    """The next calls that fit go wrong."""

    kind: str
    times: int = 1
    method: str | None = None
    chat: int | None = None
    retry_after: int = 1
    migrate_to: int = 0

    def error(self) -> ApiError:
        """What is answered. Raises KeyError for a kind nobody knows."""
        return {
            "429": ApiError(
                429,
                f"Too Many Requests: retry after {self.retry_after}",
                {"retry_after": self.retry_after},
            ),
            "500": ApiError(500, "Internal Server Error"),
            "502": ApiError(502, "Bad Gateway"),
            "403": ApiError(403, "Forbidden: bot was blocked by the user"),
            "400": ApiError(400, "Bad Request: chat not found"),
            "401": ApiError(401, "Unauthorized"),
            "migrate": ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": self.migrate_to},
            ),
        }[self.kind]


class Faults:
    """The faults that are still to happen."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let the next calls that fit go wrong. Raises KeyError for an unknown kind."""
        if fault.kind not in SILENT:
            fault.error()
        self._waiting.append(fault)

    def take(self, method: str, parameters: Json) -> Fault | None:
        """The fault for this call, used up once."""
        for fault in self._waiting:
            fits_chat = fault.chat is None or str(fault.chat) == str(parameters.get("chat_id"))
            if fits_chat and fault.method in {None, method}:
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None

    def clear(self) -> None:
        """A good day."""
        self._waiting.clear()
