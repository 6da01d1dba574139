"""The main job in the browser: ask in Ukrainian, refer oneself, take the case, see the news arrive."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import Desktop

pytestmark = pytest.mark.browser


async def test_from_a_question_to_the_news(desktop: Desktop) -> None:
    resident = desktop.resident
    await desktop.says(resident, "/start")
    await desktop.sees(resident, "Вітаю, це Atrama")
    await desktop.presses(resident, "Далі")
    await desktop.presses(resident, "місто Каунас")
    await desktop.says(resident, "хто допоможе літній людині вдома з продуктами")
    await desktop.sees(resident, "Допомога вдома")
    await desktop.presses(resident, "🙋 Запитати про це працівника")
    for label in (
        "Для мене",
        "Пропустити",
        "місто Каунас",
        "Узяти те, що я написав(-ла)",
        "За кілька днів",
        "Телефоном",
    ):
        await desktop.presses(resident, label)
    await desktop.presses(resident, "📱 Надіслати мій номер телефону")
    for label in ("Так", "Ні", "Так", "Будь-коли", "Ні", "Українська", "Погоджуюся", "✅ Надіслати"):
        await desktop.presses(resident, label)
    await desktop.sees(resident, "Ваш запит надіслано")

    await desktop.sees(desktop.staff, "Vietovė: Kauno miestas")
    await desktop.shoot("desk")
    await desktop.presses(desktop.staff, "Paimti")
    await desktop.sees(desktop.staff, "+370 612 34567")
    await desktop.presses(desktop.staff, "Priimti")

    await desktop.sees(resident, "Ваш запит прийнято")
    await desktop.sees(desktop.staff, "Būsena: priimtas")
    await desktop.shoot("taken")


async def test_the_page_can_be_used_by_keyboard_and_reads_out_what_comes(desktop: Desktop) -> None:
    page = desktop.page

    await expect(page.get_by_role("log")).to_have_count(2)
    await page.get_by_role("tab", name="Group").focus()
    await page.keyboard.press("ArrowRight")

    await expect(page.get_by_role("tab", name="Rasa")).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_role("tab", name="Rasa")).to_be_focused()


@pytest.mark.parametrize("width", [320, 390, 1280])
async def test_nothing_is_cut_off_on_a_small_screen(desktop: Desktop, width: int) -> None:
    await desktop.page.set_viewport_size({"width": width, "height": 800})
    await desktop.says(desktop.resident, "/help")
    await desktop.sees(desktop.resident, "/mine")

    overflow = await desktop.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")

    assert overflow <= 0


async def test_text_is_never_markup(desktop: Desktop) -> None:
    await desktop.says(desktop.resident, "<img src=x onerror=alert(1)>")

    await desktop.sees(desktop.resident, "<img src=x")

    assert await desktop.page.locator(".log img").count() == 0
