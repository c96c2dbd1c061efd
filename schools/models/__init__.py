"""Regions, districts, schools, placements, memberships, and the history of the register."""

from schools.models.history import Change
from schools.models.membership import Membership
from schools.models.order import KAZAKH_ALPHABET, KazakhOrder, NaturalKazakhOrder, SearchText, folded
from schools.models.places import AdministrativeUnit, District, Region
from schools.models.reform import Reform
from schools.models.school import Placement, School, Versioned

__all__ = [
    "KAZAKH_ALPHABET",
    "AdministrativeUnit",
    "Change",
    "District",
    "KazakhOrder",
    "Membership",
    "NaturalKazakhOrder",
    "Placement",
    "Reform",
    "Region",
    "School",
    "SearchText",
    "Versioned",
    "folded",
]
