"""Whatever can happen to a case has a word for colleagues, and a sentence for whoever has to hear of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.herald import AMONG_COLLEAGUES, BY_THE_PERSON
from bot.language import LANGUAGES, speaking
from bot.views.news import news_view
from bot.views.timeline import happened_word
from referrals.news import Happened, News
from tests.referrals.test_referral import make_referral

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
SHOWN_ELSEWHERE = BY_THE_PERSON | AMONG_COLLEAGUES


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_happens_has_its_own_word(language: str) -> None:
    with speaking(language):
        words = {happened: happened_word(happened) for happened in Happened}

    assert len(set(words.values())) == len(Happened)
    assert not [word for happened, word in words.items() if not word or word == happened.value]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("happened", sorted(set(Happened) - SHOWN_ELSEWHERE))
def test_what_the_person_did_not_do_has_a_sentence_for_them(happened: Happened, language: str) -> None:
    with speaking(language):
        screen = news_view(News(happened, make_referral(), NOW))

    assert len(screen.body.render()[0]) > len("ATR-7K3M-2: ")


def test_what_is_shown_elsewhere_has_no_sentence_here() -> None:
    for happened in SHOWN_ELSEWHERE:
        with speaking("en"), pytest.raises(KeyError):
            news_view(News(happened, make_referral(), NOW))
