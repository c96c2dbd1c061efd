"""Districts as files name them: by the key of the area, or by a name that only one of them has."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from accounts.models import User
from bulk.cells import folded
from bulk.kinds import Row
from core.errors import Invalid
from schools.areas import Area
from schools.models import District
from schools.models.school import LANGUAGES
from schools.services.held import problems_of_staying


class Districts:
    """All districts of the country, read once. Those that `hold` names are held: before any school."""

    def __init__(self, by: User, *, hold: Iterable[str] = ()) -> None:
        self._read(by)
        if meant := {pk for said in set(hold) for pk in self.meant(said)}:
            list(District.objects.select_for_update(no_key=True).filter(pk__in=meant).order_by("pk"))
            self._read(by)  # a reform may have been at them

    def _read(self, by: User) -> None:
        self._by_key: dict[str, District] = {}
        self._by_name: dict[str, list[District]] = defaultdict(list)
        self.keys: dict[int, str] = {}
        self._served = set(District.objects.visible_to(by).values_list("pk", flat=True))
        for district in District.objects.select_related("region").order_by("pk"):
            self.keys[district.pk] = Area(district=district).key
            self._by_key[folded(self.keys[district.pk])] = district
            for name in {folded(getattr(district, f"name_{language}")) for language in LANGUAGES}:
                self._by_name[name].append(district)
        self.find = cache(self._find)

    def _find(self, said: str, on: date) -> District:
        """The district that is meant, which exists from the day on and is one the person serves. Invalid if not."""
        named = self._by_key.get(folded(said))
        meant = [named] if named else self._by_name.get(folded(said), [])
        existing = [district for district in meant if _exists(district, on)]
        if not existing:
            raise Invalid(_("There is no such district."))
        if len(existing) > 1:
            keys = ", ".join(self.keys[district.pk] for district in existing)
            raise Invalid(_("Several districts have this name. Write one of: %(keys)s.") % {"keys": keys})
        if existing[0].pk not in self._served:
            raise Invalid(_("This district is not one of those you serve."))
        if problems := problems_of_staying(existing[0]):
            raise Invalid(*problems)
        return existing[0]

    def meant(self, said: str) -> set[int]:
        """Keys of all districts, whenever they existed, that may be meant."""
        named = self._by_key.get(folded(said))
        return {district.pk for district in ([named] if named else self._by_name.get(folded(said), []))}


def districts_named(rows: Iterable[Row]) -> set[str]:
    return {row.values["district"] for row in rows if row.values.get("district")}


def _exists(district: District, on: date) -> bool:
    begun = district.established_on is None or district.established_on <= on
    return begun and (district.abolished_on is None or district.abolished_on > on)
