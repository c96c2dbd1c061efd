"""The columns of a file, made from the columns of a table: the same bounds, the same words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, validate_email
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bulk.cells import Choice, Day, Fraction, Text, Whole, YesNo
from bulk.kinds import Cell, Column, Unreadable


@dataclass(frozen=True)
class Email(Text):
    """An address of e-mail, or nothing."""

    @property
    def expects(self) -> str:
        return _("an e-mail address")

    def __call__(self, cell: Any, /) -> str:
        text = super().__call__(cell)
        try:
            validate_email(text)
        except ValidationError as error:
            raise Unreadable(error.messages[0]) from error
        return text


def column(
    model: type[models.Model],
    name: str,
    *,
    choices: type[models.Choices] | None = None,
    example: object = "",
    hint: str | Promise = "",
    least: int | Decimal | None = None,
    required: bool = False,
) -> Column:
    """The column of the model as a column of a file, narrowed by `least`."""
    field: Any = model._meta.get_field(name)
    cell = Choice(choices, blank=_blank(field)) if choices else cell_of(field, least=least)
    return Column(name, capfirst(field.verbose_name), cell, hint=hint, required=required, example=example)


def cell_of(field: Any, *, least: int | Decimal | None = None) -> Cell:
    """How a cell is read into a value that the column of the model may keep."""
    if isinstance(field, models.BooleanField):
        return YesNo()
    if isinstance(field, models.DateField):
        return Day()
    if isinstance(field, models.DecimalField):
        most = Decimal(10) ** (field.max_digits - field.decimal_places) - Decimal(10) ** -field.decimal_places
        return Fraction(-most if least is None else Decimal(least), most, field.decimal_places)
    if isinstance(field, models.IntegerField):
        validators: Any = field.validators
        bounds = {type(validator): validator.limit_value for validator in validators}
        lowest = bounds[MinValueValidator] if least is None else int(least)
        return Whole(lowest, bounds[MaxValueValidator])
    kind = Email if isinstance(field, models.EmailField) else Text
    return kind(field.max_length)


def _blank(field: models.Field) -> str | None:
    return "" if field.blank else None


def left_out(model: type[models.Model], names: Iterable[str]) -> dict[str, Any]:
    """What a new row has in those of the columns that nobody need fill in."""
    return {
        field.name: field.get_default()
        for field in (model._meta.get_field(name) for name in names)
        if isinstance(field, models.Field) and (field.blank or field.has_default())
    }


class Words:
    """Values of a table as a person would write them into a file, in the language of the person."""

    def __init__(self, columns: Iterable[Column]) -> None:
        words: dict[Any, object] = {True: _("Yes"), False: _("No"), None: ""}
        self._of = [
            _labels(column.parse) if isinstance(column.parse, Choice) else _flags(column, words) for column in columns
        ]

    def __call__(self, values: Iterable[Any]) -> list[object]:
        return [words.get(value, value) for words, value in zip(self._of, values, strict=True)]


def _labels(choice: Choice) -> Mapping[Any, object]:
    return {value: str(label) for value, label in choice.choices.choices}


def _flags(column: Column, words: Mapping[Any, object]) -> Mapping[Any, object]:
    return words if isinstance(column.parse, YesNo) else {}
