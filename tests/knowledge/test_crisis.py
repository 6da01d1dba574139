"""The crisis gate, both ways: what must fire in every language, and what only sounds like danger."""

from __future__ import annotations

from time import perf_counter

import pytest

from knowledge.library import Library
from knowledge.matching.patterns import Rows

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


def test_parts_far_from_each_other_are_two_thoughts() -> None:
    rows = Rows(["peil* grasina"])
    between = ["ir"] * 5

    assert rows.find(["peiliu", *between, "grasina"]) is not None
    assert rows.find(["peiliu", *between, "ir", "grasina"]) is None


def test_a_slip_is_forgiven_where_something_else_confirms_it() -> None:
    rows = Rows(["choking", "grasina nužudyti"])

    assert rows.find(["grasina", "nuzuditi"]) is not None
    assert rows.find(["cooking"]) is None


@pytest.mark.parametrize("word", ["мене", "mane muša", "не хочу жити", "don't want", "aaaaaaaaaaaa"])
def test_a_message_full_of_one_word_costs_no_second(library: Library, word: str) -> None:
    text = f"{word} " * (4096 // (len(word) + 1))
    began = perf_counter()

    library.find(text, area=None, language=None)

    assert perf_counter() - began < 1
