"""A running playground with the bot in it, and a page that looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Locator, Page, async_playwright

from bot.commands.run import in_playground, serve
from bot.playground.server import Playground
from bot.settings import Settings

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds; a slow machine that runs other things beside


@dataclass
class Desktop:
    """The page, and its two sides."""

    page: Page
    shots: Path

    @property
    def resident(self) -> Locator:
        """The resident's side."""
        return self.page.locator("#resident")

    @property
    def staff(self) -> Locator:
        """The workers' side: the tab that is open."""
        return self.page.locator("#staff .pane:not([hidden])")

    async def says(self, side: Locator, text: str) -> None:
        """Type and send."""
        await side.get_by_role("textbox").fill(text)
        await side.get_by_role("button", name="Send", exact=True).click()

    async def presses(self, side: Locator, label: str) -> None:
        """Press the newest button with this label and wait until something has come of it."""
        log = side.locator(".log")
        button = side.get_by_role("button", name=label, exact=True).last
        await button.wait_for()
        before = await log.inner_text()
        await button.click()
        changed = "([log, before]) => log.innerText !== before"
        await self.page.wait_for_function(changed, arg=[await log.element_handle(), before])

    async def sees(self, side: Locator, text: str) -> None:
        """Wait until the words stand in the chat."""
        await side.locator(".log .text").filter(has_text=text).last.wait_for()

    async def shoot(self, name: str) -> None:
        """Keep a picture."""
        await self.page.screenshot(path=self.shots / f"{name}.png")


@pytest.fixture
async def playground(tmp_path: Path) -> AsyncIterator[Playground]:
    """The whole bot over HTTP on loopback."""
    playground = Playground(tmp_path / "playground")
    await playground.start()
    settings = in_playground(Settings(data_dir=tmp_path), playground.address)
    running = asyncio.create_task(serve(settings))
    yield playground
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await playground.stop()


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Headless Chromium."""
    if not CHROMIUM.exists():  # noqa: ASYNC240 - once, before anything runs
        pytest.skip("no Chromium at /usr/bin/chromium")
    async with async_playwright() as engine:
        browser = await engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def desktop(playground: Playground, browser: Browser, tmp_path: Path) -> AsyncIterator[Desktop]:
    """The page on a wide screen."""
    page = await browser.new_page(viewport={"width": 1280, "height": 860})
    page.set_default_timeout(PATIENCE)
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    await page.goto(playground.address)
    yield Desktop(page, tmp_path)
    assert problems == []
