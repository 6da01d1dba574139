"""The crisis gate, both ways: what must fire in every language, and what only sounds like danger."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
import yaml

from knowledge.library import FOLDER, Library
from knowledge.matching.crisis import CrisisGate
from knowledge.matching.patterns import Rows

GATE = FOLDER / "matching" / "crisis.yaml"
# Sentences written by hand, by language: {"text", "kind" or null, "lang"}; "also" is a second danger in the
# same sentence, of which the panel serves as well.
WRITTEN = [
    json.loads(line)
    for file in sorted((Path(__file__).parent / "crisis").glob("*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]

DANGER = {
    "medical": [
        "tėtis negali atsikvėpti, pamėlo",
        "kaimynė parkrito virtuvėje, guli ir neatsiliepia",
        "she drank a bottle of cleaning fluid",
        "there is so much blood and it won't stop",
        "дідусь захрипів і посинів",
        "дитина проковтнула батарейку",
        "мама упала и не приходит в сознание",
    ],
    "suicide": [
        "sunus parase kad nebenori gyvent ir isjunge telefona",
        "nebematau jokios prasmės, pasiruošiau virvę",
        "my brother texted goodbye and says he wants to die",
        "i have been hurting myself again",
        "донька сказала що не бачить сенсу жити далі",
        "ya bilshe ne khochu zhyty",
        "не вижу смысла жить, устала",
    ],
    "violence": [
        "tėvas girtas laksto su peiliu po namus",
        "užsirakinau vonioj nes jis daužo duris",
        "boyfriend punched me in the face",
        "my ex is outside with a gun",
        "чоловік знову підняв на мене руку",
        "boyusya jogo, vin obicyaye mene vbyty",
        "муж опять поднял руку и угрожает ножом",
    ],
    "child": [
        "patėvis lenda prie manęs naktimis, man trylika",
        "kieme sėdi trejų metų mergaitė viena ir verkia, tėvų nėra",
        "the man next door hits his little boy every night",
        "вихователька била мого сина",
        "соседи избивают ребенка слышно крики",
    ],
    "trafficking": [
        "vadybininkas laiko visų mūsų pasus ir nemoka algos",
        "they brought me here to clean but now force me to have sex with men",
        "нас тримають у гуртожитку і не випускають",
        "забрали документы и заставляют работать",
    ],
    "homeless-tonight": [
        "savininkas ismete mano daiktus ir pakeite spyna, kur dabar dingt",
        "me and my kids are sleeping in the car again",
        "сьогодні ночую на вокзалі, дуже холодно",
        "nemaje de nochuvaty z ditmy",
        "хозяйка выгнала, ночую в подъезде",
    ],
}
HARMLESS = [
    "nenoriu gyventi globos namuose, noriu savo bute",
    "noriu gyventi Kaune, ieškau socialinio būsto",
    "gyvenu Savanorių gatvėje, kuri seniūnija mano",
    "mama po insulto guli, kas padėtų slaugyti",
    "kur gauti sumuštinių ir arbatos benamiams",
    "numirsiu iš juoko",
    "i don't want to live in a care home",
    "i live on Laisves street, which office is mine",
    "the municipality took my papers two months ago",
    "I have no home, can I still be on some list",
    "he beat me at chess",
    "a lecture about human trafficking in our school",
    "how to book a cooking course",
    "не хочу в притулок, хочу жити в Каунасі",
    "чоловік загинув на війні, чи є виплата",
    "забрали документи в міграційній, скільки чекати",
    "пишу курсову про торгівлю людьми",
    "як скласти заповіт",
    "муж пьет, где лечат от алкоголизма",
]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in DANGER.items() for text in texts])
def test_danger_is_never_overlooked(library: Library, kind: str, text: str) -> None:
    finding = library.find(text, area=None, language=None)

    assert (finding.decision, finding.crisis) == ("crisis", kind)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_like_danger_does_not_fire(library: Library, text: str) -> None:
    assert library.find(text, area=None, language=None).crisis is None


@pytest.fixture(scope="module")
def gate() -> CrisisGate:
    return CrisisGate.load(GATE)


def wrong(gate: CrisisGate, line: dict[str, str | None]) -> bool:
    """Whether the gate does not say of a written sentence what it should."""
    text = line["text"] or ""
    kind = gate.kind_of(text, maybe_ukrainian=line["lang"] == "uk" and text.isascii())
    return kind not in {line["kind"], line.get("also", line["kind"])}


@pytest.mark.parametrize("line", WRITTEN, ids=lambda line: line["text"])
def test_every_written_sentence_is_judged_rightly(gate: CrisisGate, line: dict[str, str | None]) -> None:
    assert not wrong(gate, line)


def test_every_language_has_danger_of_every_kind_and_what_only_sounds_like_it() -> None:
    kinds = set(DANGER) | {None}

    assert {
        line["lang"]: {each["kind"] for each in WRITTEN if each["lang"] == line["lang"]} for line in WRITTEN
    } == {
        "lt": kinds,
        "en": kinds,
        "uk": kinds,
        "ru": kinds,
    }


@pytest.mark.parametrize("kind", DANGER)
def test_a_gate_without_one_kind_is_found_out(kind: str, tmp_path: Path) -> None:
    content = yaml.safe_load(GATE.read_text("utf-8"))
    content[kind] = {"says": []}
    broken = tmp_path / "crisis.yaml"
    broken.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    gate = CrisisGate.load(broken)
    of_kind = [line for line in WRITTEN if line["kind"] == kind]

    assert sum(wrong(gate, line) for line in of_kind) > len(of_kind) / 2


def test_ordinary_questions_of_the_entries_seldom_show_the_panel(library: Library, gate: CrisisGate) -> None:
    fired: dict[str, int] = {}
    asked = 0
    for entry in library.content.entries.values():
        for text in (*entry.questions.lt, *entry.questions.en, *entry.questions.uk, *entry.questions.ru):
            asked += 1
            if gate.kind_of(text, maybe_ukrainian=False) is not None:
                fired[entry.id] = fired.get(entry.id, 0) + 1

    # most that fire are danger itself: violence, a child alone, people in the street, trafficking
    assert sum(fired.values()) < asked * 0.05
    assert not fired.keys() & {"child-benefit", "birth-grant", "unemployment-benefit", "funeral-allowance"}


@pytest.mark.parametrize(
    "text",
    [
        "ir",
        "and",
        "и",
        "45203140178 ir 4111-1111-1111-1111",
        "qwrtp zxcvb ir",
        "a b c",
        "asd pasas",
        "мій паспорт FE123456",
    ],
)
def test_what_says_nothing_is_no_danger(library: Library, text: str) -> None:
    assert library.find(text, area=None, language=None).crisis is None


@pytest.mark.parametrize("text", ["he hit me", "muša mane", "он бьёт"])
def test_the_shortest_cries_are_heard(library: Library, text: str) -> None:
    assert library.find(text, area=None, language=None).crisis == "violence"


def test_the_gate_waits_for_nothing_that_was_found(library: Library) -> None:
    finding = library.find("vyras mane muša, kur kreiptis pagalbos", area=None, language="lt")

    assert finding.decision == "crisis"
    assert finding.entries


def test_a_row_takes_its_parts_in_any_order_but_glued_words_as_they_stand() -> None:
    rows = Rows(["muša|mušė mane", "не_хочу жити"])

    found = [
        bool(rows.find(text.split())) for text in ("musa jis mane", "mane jis musa", "хочу жити а не хочи")
    ]

    assert found == [True, True, False]
    assert rows.find(["жити", "вже", "не", "хочу"]) is not None


def test_a_row_may_name_classes_beginnings_and_what_must_not_stand_near() -> None:
    rows = Rows(["{su,}muš* @kin !žaidim*", "не_@дихає"], {"kin": "mama|tėv*", "дихає": "дихає|дышит"})

    def found(text: str) -> bool:
        return rows.find(text.split()) is not None

    assert found("sumuse mama")
    assert found("tevas musa")
    assert not found("tevas musa zaidime")
    assert found("вин не дишит") == found("вин не дихае") is True
    assert not found("дихае не")


def test_signs_are_danger_only_together_and_no_word_is_two_of_them() -> None:
    rows = Rows(["he =2 ~9 ?knife|blade ?door|blade ?scream*"])

    assert rows.find(["he", "has", "a", "knife", "at", "the", "door"]) is not None
    assert rows.find(["he", "has", "a", "blade"]) is None
    assert rows.find(["a", "knife", "at", "the", "door"]) is None


def test_a_cry_is_short() -> None:
    rows = Rows(["neturiu namų <3"])

    assert rows.find(["neturiu", "namu"]) is not None
    assert rows.find(["ar", "as", "gausiu", "jei", "neturiu", "namu"]) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("five years ago he beat me, I need a lawyer", None),
        ("five years ago he beat me and now he threatens to kill me", "violence"),
        ("prieš penkerius metus mane mušė", None),
        ("prieš penkerius metus mane mušė, ir vėl mane muša", "violence"),
        ("у фільмі чоловік б'є дружину", None),
        ("чоловік б'є мене. сьогодні йдемо на фільм", "violence"),
        ("he doesn't hit me but he threatens to kill me", "violence"),
    ],
)
def test_the_past_and_stories_are_harmless_but_not_what_stands_beside_them(
    gate: CrisisGate, text: str, kind: str | None
) -> None:
    assert gate.kind_of(text, maybe_ukrainian=False) == kind


def test_parts_far_from_each_other_are_two_thoughts() -> None:
    rows = Rows(["peil* grasina"])
    between = ["ir"] * 5

    assert rows.find(["peiliu", *between, "grasina"]) is not None
    assert rows.find(["peiliu", *between, "ir", "grasina"]) is None


def test_a_slip_is_forgiven_where_something_else_confirms_it() -> None:
    rows = Rows(["choking", "grasina nužudyti"])

    assert rows.find(["grasina", "nuzuditi"]) is not None
    assert rows.find(["cooking"]) is None


CALLS_A_LETTER = 60
FLOODS = [
    f"{word} " * (4096 // (len(word) + 1)) for word in ("мене", "mane muša", "не хочу жити", "don't want")
]


@pytest.mark.parametrize("text", [*FLOODS, "a" * 4096, "ą" * 4096, "я" * 4096], ids=lambda text: text[:9])
def test_a_message_full_of_one_word_costs_little(library: Library, text: str) -> None:
    calls = 0

    def count(_frame: object, event: str, _of: object) -> None:
        nonlocal calls
        calls += event == "call"

    sys.setprofile(count)
    try:
        library.find(text, area=None, language=None)
    finally:
        sys.setprofile(None)

    assert calls < CALLS_A_LETTER * len(text)
