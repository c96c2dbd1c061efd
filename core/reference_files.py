"""Reading the reference files that come with the product into rows of its tables."""

import json
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from core.errors import Invalid

Row = TypeVar("Row", bound=Model)


def read(path: Path) -> Any:
    """What the JSON file holds, numbers exact. Invalid, naming the file, if it is missing or broken."""
    try:
        return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, ValueError) as error:
        raise Invalid(f"{path.name}: {error}") from error


def fill(model: type[Row], values: dict[str, Any], path: Path, **above: Any) -> Row:
    """An unsaved row of the model, each field checked and of its Python type; `above` are the rows it belongs to."""
    known_as = values.get("slug") or values.get("code")
    try:
        row = model(**values, **above)
        row.clean_fields(exclude=above)
    except TypeError as error:
        raise Invalid(f"{path.name}: {known_as}: {error}") from error
    except ValidationError as error:
        raise Invalid(
            *(f"{path.name}: {known_as}: {name}: {why}" for name, why in error.message_dict.items())
        ) from error
    return row


def differences(kept: Model, wanted: Model, fields: Iterable[str]) -> list[str]:
    """Names of the fields in which the two rows differ."""
    return [field for field in fields if getattr(kept, field) != getattr(wanted, field)]
