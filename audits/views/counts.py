"""Counts as pages show them: each with its name, its denominator and the list behind it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format

from audits.compliance import Standing
from audits.figures import LABELS, Figures, Point
from audits.views.links import area_url, list_url

# Each fact and what it is a share of.
FACTS = {
    "equipped": "roll",
    "operational": "equipped",
    "malfunctioning": "equipped",
    "connected_fully": "equipped",
    "connected_partly": "equipped",
    "not_connected": "equipped",
}
COLUMNS = ("roll", *Standing.values, "malfunctioning", "connected_fully", "connected_partly", "not_connected")

Shown = dict[str, Any]


def shown(found: Figures, count: str, *, of: str = "roll", today: date) -> Shown:
    """One count: {key, label, count, of, url}. Where the figures are of a past day, so is the list."""
    return {
        "key": count,
        "label": LABELS[count],
        "count": getattr(found.counts, count),
        "of": getattr(found.counts, of),
        "url": list_url(found.area, count, past(found, today)),
    }


def past(found: Figures, today: date) -> date | None:
    """The day of the figures where that is not today."""
    return found.as_of if found.as_of < today else None


def of_area(found: Figures, today: date) -> dict[str, Any]:
    """The figures of one area: standings, the facts beside them, and the editions verdicts were made under."""
    day = past(found, today)
    return {
        "figures": found,
        "counts": found.counts,
        "whole": row(found, today),
        "facts": [shown(found, fact, of=of, today=today) for fact, of in FACTS.items()],
        "non_compliant_url": list_url(found.area, "non_compliant", day),
        "assessed_url": list_url(found.area, "assessed", day),
        "editions": [
            {"label": code, "count": schools, "url": list_url(found.area, "assessed", day, edition=code)}
            for code, schools in found.counts.editions.items()
        ],
    }


def of_parts(parts: Iterable[Figures], today: date) -> dict[str, Any]:
    """The table of the areas below; those without a school are named apart, for theirs is no zero that was counted."""
    rows = [row(part, today) for part in parts]
    return {
        "parts": [part for part in rows if part["counts"].roll],
        "parts_without_schools": [part for part in rows if not part["counts"].roll],
    }


def row(found: Figures, today: date) -> dict[str, Any]:
    """An area as a row of the table."""
    return {
        "name": found.area.name,
        "url": area_url(found.area, past(found, today)),
        "is_stale": found.is_stale,
        "counts": found.counts,
        "standings": [shown(found, standing, today=today) for standing in Standing.values],
        "cells": [shown(found, column, today=today) for column in COLUMNS],
    }


def of_months(points: Iterable[Point]) -> dict[str, Any]:
    """Columns and rows of components/trend.html: the four standings at the end of each month."""
    return {
        "columns": [{"key": standing.value, "label": standing.label} for standing in Standing],
        "rows": [
            {
                "label": date_format(point.month, "YEAR_MONTH_FORMAT"),
                "counts": [point.counts.of_standing(standing) for standing in Standing.values],
            }
            for point in points
        ],
    }
