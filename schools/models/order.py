"""How names sort and how they are found, as PostgreSQL itself computes it: in any locale, without an extension."""

from django.db import models
from django.db.models import Func, Value

# The 42 letters of the Kazakh alphabet in their order, which no collation of a bare PostgreSQL knows.
KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"


class KazakhOrder(Func):
    """A text that sorts, byte by byte, as its Kazakh original does by alphabet. Folds case in any locale."""

    function = "translate"
    output_field: models.Field = models.CharField()

    def __init__(self, expression: object) -> None:
        ordered = "".join(chr(0x1000 + place) for place in range(len(KAZAKH_ALPHABET)))
        super().__init__(expression, Value(KAZAKH_ALPHABET + KAZAKH_ALPHABET.upper()), Value(ordered + ordered))

    def deconstruct(self) -> tuple:
        return ("schools.models.KazakhOrder", [self.source_expressions[0]], {})


class NaturalKazakhOrder(KazakhOrder):
    """The same with numbers by their value: № 2 before № 10. Of a longer number the last six digits count."""

    output_field: models.Field = models.TextField()
    template = (
        r"regexp_replace(regexp_replace(%(function)s(%(expressions)s), '(\d+)', '00000\1', 'g'),"
        r" '\d*(\d{6})', '\1', 'g')"
    )

    def deconstruct(self) -> tuple:
        return ("schools.models.NaturalKazakhOrder", [self.source_expressions[0]], {})


# Spelling that differs between Kazakh and Russian, and what people leave out, is the same to a search:
# «Өскемен» is found by "оскемен", «Катон-Карагай» by "катонкарагай", «№ 10» by "№10".
SAME_LETTER = {
    **{"ә": "а", "ғ": "г", "қ": "к", "ң": "н", "ө": "о", "ұ": "у", "ү": "у", "һ": "х", "і": "и"},
    **{"ы": "и", "й": "и", "ё": "е", "э": "е", "щ": "ш"},
}
UNSAID = "ъьЪЬ-‐‑–—№«»\"'`’.,()/"
_LETTERS = [letter for letter in KAZAKH_ALPHABET + "abcdefghijklmnopqrstuvwxyz" if letter not in UNSAID]
_WRITTEN = "".join(_LETTERS) + "".join(_LETTERS).upper() + UNSAID
_FOLDED = "".join(SAME_LETTER.get(letter, letter) for letter in _LETTERS) * 2  # shorter: the rest is left out
_FOLD = str.maketrans(_WRITTEN[: len(_FOLDED)], _FOLDED, UNSAID)


def folded(text: str) -> str:
    """The text as SearchText keeps it: one case, one spelling, without signs that people leave out."""
    return text.translate(_FOLD)


class _Joined(Func):
    """Texts with a space between. Immutable, as a generated column must be; concat_ws() is not."""

    template = "(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = models.TextField()


class SearchText(Func):
    """All the columns in one text, folded: a row is found if it contains folded(word) for each word asked for."""

    function = "translate"
    output_field = models.TextField()

    def __init__(self, *columns: object) -> None:
        self.columns = columns
        super().__init__(_Joined(*columns), Value(_WRITTEN), Value(_FOLDED))

    def deconstruct(self) -> tuple:
        return ("schools.models.SearchText", list(self.columns), {})
