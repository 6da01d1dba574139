"""One form for what people type in many: case, signs, apostrophes, diacritics, neighbouring alphabets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

WORD = re.compile(r"\w+(?:['’-]\w+)*")
CYRILLIC_LETTER = re.compile("[а-яіїєґё]")
LATIN_LETTER = re.compile("[a-ząčęėįšųūž]")
HIDDEN = re.compile(
    "[\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f\x7f]"
)
APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´ʹ′", "'"))

# Key folding merges what is written differently for the same sound: Lithuanian without diacritics,
# Ukrainian and Russian letters, soft and hard signs.
LATIN = str.maketrans("ąčęėįšųūž", "aceeisuuz")
CYRILLIC = str.maketrans({"ї": "и", "і": "и", "ы": "и", "й": "и", "є": "е", "э": "е", "ё": "е", "ґ": "г"})
DROPPED = str.maketrans("", "", "'ьъ")
LOOK_ALIKES = str.maketrans("aceopxyikmthb", "асеорхуикмтнв")

LATIN_WORD = re.compile("[a-ząčęėįšųūž']+")
LONE_H = re.compile("(?<![zsck])h")  # not that of ж, ш, ч, х
PASSPORT_VOWELS = (("ia", "ya"), ("iu", "yu"), ("ie", "ye"), ("ii", "yi"))
# Ukrainian in Latin letters, longest first.
LATIN_TO_UKRAINIAN = (
    ("shch", "щ"),
    ("zh", "ж"),
    ("kh", "х"),
    ("ts", "ц"),
    ("ch", "ч"),
    ("sh", "ш"),
    ("ya", "я"),
    ("ja", "я"),
    ("yu", "ю"),
    ("ju", "ю"),
    ("ye", "є"),
    ("je", "є"),
    ("yi", "ї"),
    ("ji", "ї"),
    ("yo", "йо"),
    ("jo", "йо"),
    ("iy", "ий"),
    ("yy", "ий"),
)
SINGLE = str.maketrans("abvhgdezyijklmnoprstufxcw'", "абвггдезииіклмнопрстуфхцв'")


def plain(text: str) -> str:
    """Lower case, one apostrophe, no hidden signs, single spaces."""
    text = unicodedata.normalize("NFKC", text).casefold().translate(APOSTROPHES)
    return " ".join(HIDDEN.sub("", text).split())


def words(text: str) -> list[str]:
    """The words of a plain text."""
    return WORD.findall(text)


def is_cyrillic(text: str) -> bool:
    """Whether more of its letters are Cyrillic than Latin."""
    return not text.isascii() and len(CYRILLIC_LETTER.findall(text)) > len(LATIN_LETTER.findall(text))


@lru_cache(maxsize=100_000)
def key(word: str) -> str:
    """The word's form for comparing."""
    if CYRILLIC_LETTER.search(word):
        return word.translate(LOOK_ALIKES).translate(CYRILLIC).translate(DROPPED)
    return word.translate(LATIN).translate(DROPPED)


def folded_words(text: str) -> list[str]:
    """The words of any text in their forms for comparing; a hyphen parts them."""
    return [key(part) for word in words(plain(text)) for part in word.split("-")]


def to_ukrainian(text: str, is_known: Callable[[str], bool]) -> str:
    """Ukrainian typed in Latin letters, in its own: each word as one that is known, if it can be read so."""
    return LATIN_WORD.sub(lambda match: _best_known(match[0], is_known), text)


@lru_cache(maxsize=20_000)
def in_own_letters(word: str) -> tuple[str, ...]:
    """What a word in Latin letters may be in Ukrainian ones: h is г to some, х to others; ia may be я."""
    passport = word
    for latin, own in PASSPORT_VOWELS:
        passport = passport.replace(latin, own)
    typed = (each for vowels in (passport, word) for each in (vowels, LONE_H.sub("kh", vowels)))
    return tuple(dict.fromkeys(map(_letter_by_letter, typed)))


def _best_known(word: str, is_known: Callable[[str], bool]) -> str:
    read = in_own_letters(word)
    return next((each for each in read if is_known(key(each))), read[0])


def _letter_by_letter(word: str) -> str:
    for latin, own in LATIN_TO_UKRAINIAN:
        word = word.replace(latin, own)
    return word.translate(SINGLE)
