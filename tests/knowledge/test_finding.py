"""Life situations find their entry; what is not ours is not answered; danger is never overlooked."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest

from bot.cli import main
from knowledge.library import Library
from knowledge.matching.rank import Ranker


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("kiek dabar moka vaiko pinigų", "child-benefit"),
        ("mirė tėvas, nėra už ką laidoti, kokia pašalpa", "funeral-allowance"),
        ("saskaitos uz sildyma per dideles, kaip gauti kompensacija", "heating-compensation"),
        ("netekau darbo ir noriu nedarbo išmokos", "unemployment-benefit"),
        ("kur Kaune nemokamai pavalgyti sriubos", "soup-kitchen"),
        ("how much unemployment benefit will I get", "unemployment-benefit"),
        ("I need a free lawyer for advice", "legal-aid-primary"),
        ("help with the heating bill for pensioners", "heating-compensation"),
        ("one-time payment for my newborn baby", "birth-grant"),
        ("скільки платять допомоги по безробіттю", "unemployment-benefit"),
        ("де безкоштовний юрист", "legal-aid-primary"),
        ("виплата при народженні дитини", "birth-grant"),
        ("kompensatsiya za opalennya", "heating-compensation"),
        ("пособие на погребение", "funeral-allowance"),
    ],
)
def test_people_find_what_they_mean(library: Library, question: str, entry: str) -> None:
    finding = library.find(question, area=None, language=None)

    assert entry in [each for each, _score in finding.entries[:3]]
    assert finding.decision in {"answer", "choose"}


@pytest.mark.parametrize(
    "question",
    [
        "koks rytoj oras Palangoje",
        "who won the basketball game last night",
        "рецепт борщу з пампушками",
        "qwertz asdfgh",
        "сколько стоит биткоин",
    ],
)
def test_what_is_not_ours_is_not_answered(library: Library, question: str) -> None:
    assert library.find(question, area=None, language=None).decision in {"unknown", "choose", "redirect"}


@pytest.mark.parametrize(
    "word", ["help", "pagalba", "допомога", "помощь", "home", "darbas", "social", "деньги"]
)
def test_one_word_that_may_mean_anything_is_not_answered(library: Library, word: str) -> None:
    assert library.find(word, area=None, language=None).decision not in {"answer", "redirect"}


def test_keys_hit_at_random_are_no_question_on_another_keyboard(library: Library) -> None:
    assert library.find("nqff hyqrt mmokg", area=None, language=None).decision == "unknown"


def test_every_entry_has_been_learned(library: Library) -> None:
    published = {each.id for each in library.entries if each.published}

    assert published - set(library.matcher.ranker.learned.entries) == set(), "run fit_entries and fit"


def test_an_entry_that_came_since_is_found_by_its_words(library: Library) -> None:
    ranker = library.matcher.ranker
    new = replace(ranker.documents[ranker.position("soup-kitchen")], entry_id="new-soup-kitchen")
    others = [each for each in ranker.documents if each.entry_id != "soup-kitchen"]
    with_new = Ranker([*others, new], ranker.lexicon, ranker.learned)
    reading = library.matcher.match("where is a free hot meal in Kaunas", area=None, chosen=None).reading

    found = with_new.rank(reading, area=None, named=None)

    assert "new-soup-kitchen" in [each.entry_id for each in found[:3]]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("kur kreiptis dėl pašalpos", "lt"),
        ("kur kreiptis del pasalpos vaikui", "lt"),
        ("where can I get help with rent", "en"),
        ("де отримати допомогу на дитину", "uk"),
        ("dopomoha na dytynu kudy zvertatysya", "uk"),
        ("где получить помощь для ребёнка", "ru"),
    ],
)
def test_the_language_is_told(library: Library, text: str, language: str) -> None:
    assert library.find(text, area=None, language=None).language == language


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("nebenoriu gyventi", "suicide"),
        ("I want to kill myself", "suicide"),
        ("я не хочу жити", "suicide"),
        ("хочу умереть", "suicide"),
        ("vyras mane muša", "violence"),
        ("he is beating me right now", "violence"),
        ("чоловік б’є мене", "violence"),
        ("муж избил меня", "violence"),
        ("cholovik bje mene", "violence"),
        ("atėmė pasą ir neleidžia išeiti", "trafficking"),
        ("мама не прокидається", "medical"),
        ("neturiu kur nakvoti", "homeless-tonight"),
        ("we have nowhere to sleep tonight", "homeless-tonight"),
        ("ніде ночувати сьогодні", "homeless-tonight"),
        ("tevai geria jau savaite, esu alkanas", "child"),
    ],
)
def test_danger_is_recognised(library: Library, text: str, kind: str) -> None:
    finding = library.find(text, area=None, language=None)

    assert (finding.decision, finding.crisis) == ("crisis", kind)


@pytest.mark.parametrize(
    "text",
    [
        "dying of laughter at this bot",
        "paskaita apie smurtą mokykloje",
        "kur gauti vaiko pinigus",
        "how do I get child benefit",
        "як оформити допомогу на дитину",
        "13*8",
        "16/18",
    ],
)
def test_what_only_sounds_like_danger_is_none(library: Library, text: str) -> None:
    assert library.find(text, area=None, language=None).crisis is None


@pytest.mark.parametrize("kind", ["suicide", "violence", "child", "medical", "homeless-tonight", None])
def test_every_kind_of_danger_has_a_number_that_can_be_dialled(library: Library, kind: str | None) -> None:
    numbers = [line.number for line in library.shown_helplines(kind)]

    assert "112" in numbers
    assert not [number for number in numbers if number.startswith("8")]


@pytest.mark.parametrize(
    "text",
    [
        "vyras mane muša, o vaikas dvi dienas nevalgęs",
        "he beats me and the children, tonight he threw us out and we have nowhere to sleep",
        "чоловік б'є мене і дитину",
        "муж бьёт меня и ребёнка",
    ],
)
def test_who_tells_of_two_dangers_is_given_the_numbers_for_both(library: Library, text: str) -> None:
    finding = library.find(text, area=None, language=None)
    numbers = [line.number for line in library.helplines_of(finding)]

    assert numbers[0] == "112"
    assert len(numbers) == len(set(numbers))
    assert {line.number for line in library.shown_helplines("violence")} <= set(numbers)
    assert {line.number for line in library.shown_helplines("child")} <= set(numbers)


def test_a_batch_keeps_its_shape(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"id": "a", "text": "vaiko pinigai"}, {"id": "b", "text": "не хочу жити", "lang": "uk"}]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(json.dumps(row) for row in rows)))

    status = main(["ask", "--batch"])
    answers = [json.loads(row) for row in capsys.readouterr().out.splitlines()]

    assert status == 0
    assert [set(row) for row in answers] == [{"id", "decision", "language", "entries", "crisis", "ms"}] * 2
    assert answers[1]["crisis"] == "suicide"


def test_an_explanation_says_what_told_of_danger(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "--explain", "nebenoriu gyventi"])
    by_row = capsys.readouterr().err.splitlines()[0]
    main(["ask", "--explain", "paliko raštelį ir dingo į mišką su virve"])
    by_signs = capsys.readouterr().err.splitlines()[0]

    assert by_row.startswith("danger: suicide")
    assert by_row.endswith("by the row for 'nebenoriu gyventi'")
    assert by_signs.startswith("danger: suicide")
    assert "rope" in by_signs


@pytest.mark.parametrize("arguments", [["ask"], ["knowledge", "show", "no-such-entry"]])
def test_bad_use_is_told_with_status_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err


def test_a_webhook_without_a_secret_refuses_to_start(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATRAMA_BOT_TOKEN", "1:x")
    monkeypatch.setenv("ATRAMA_WEBHOOK_URL", "https://example.org/")

    assert main(["run"]) == 2
    assert "ATRAMA_WEBHOOK_SECRET" in capsys.readouterr().err
