"""The smallest kind of rows that has all: texts, a number, a day, a choice, yes and no."""

from bulk import cells
from bulk.kinds import Column, Comparison, ImportKind, Problem
from core.errors import Conflict
from schools.models import District, Region
from schools.permissions import is_of_the_department

HEADING = ["slug", "name_kk", "name_ru", "kind"]
ABAI = ["abai", "Абай облысы", "Область Абай", "region"]
ULYTAU = ["ulytau", "Ұлытау облысы", "Область Улытау", "region"]


class RegionKind(ImportKind):
    name = "regions"
    label = "Regions"
    about = "One row is one region, known by its slug."
    columns = [
        Column("slug", "Key", cells.Text(40), required=True, example="abai"),
        Column("name_kk", "Name in Kazakh", cells.Text(60), example="Абай облысы"),
        Column("name_ru", "Name in Russian", cells.Text(60)),
        Column("kind", "Kind", cells.Choice(Region.Kind), hint="As the law says"),
    ]
    #: What an import found, for its undo.
    found: dict

    def __init__(self):
        self.found = {}

    def is_open_to(self, user):
        return is_of_the_department(user)

    def present(self, user):
        return Region.objects.order_by("slug").values_list("slug", "name_kk", "name_ru", "kind").iterator()

    def compare(self, rows, *, by, at, progress):
        there = {region.slug: region for region in Region.objects.all()}
        result = Comparison()
        for row in rows:
            if "slug" in row.unread:
                continue
            if row.values.get("name_kk") == "refused":
                result.problems.append(Problem(row.number, "name_kk", "Not this name."))
            region = there.get(row.values["slug"])
            if region is None:
                result.created += 1
            elif any(getattr(region, name) != value for name, value in row.values.items()):
                result.changed += 1
            else:
                result.unchanged += 1
        progress(len(rows))
        return result

    def apply(self, rows, *, to, by, at, progress):
        compared = self.compare(rows, by=by, at=at, progress=progress)
        before = list(Region.objects.values())
        for row in rows:
            rest = {name: value for name, value in row.values.items() if name != "slug"}
            Region.objects.update_or_create(
                slug=row.values["slug"], defaults=rest, create_defaults={"name_en": row.values["slug"], **rest}
            )
        self.found[to.pk] = before
        return compared

    def undo(self, done, *, by, at, progress):
        before = {row["slug"]: row for row in self.found[done.pk]}
        created = Region.objects.exclude(slug__in=before)
        built = District.objects.filter(region__in=created).order_by("pk")
        if built:
            raise Conflict(*(f"District {district.slug} lies in it." for district in built))
        created.delete()
        for slug, row in before.items():
            Region.objects.filter(slug=slug).update(**row)


def slugs():
    return list(Region.objects.exclude(slug="east-kazakhstan").order_by("slug").values_list("slug", flat=True))
