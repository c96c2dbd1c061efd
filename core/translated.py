"""Texts that are stored in the three languages of the portal."""

from django.utils.translation import get_language


def translated(row: object, field: str) -> str:
    """`field` of the row in the reader's language: translated(region, "name") reads name_kk, name_ru or name_en."""
    language = (get_language() or "kk")[:2]
    return getattr(row, f"{field}_{language}", "") or getattr(row, f"{field}_kk")
