"""What tests of the record say of a school, and read of its history."""

from schools.models import Change

DETAILS = {
    "name_kk": "№ 7 мектеп",
    "name_ru": "Школа № 7",
    "name_en": "School No. 7",
    "kind": "secondary",
    "setting": "city",
    "locality_kk": "Риддер",
    "locality_ru": "Риддер",
    "locality_en": "Ridder",
    "pupils": 420,
    "floors": 3,
}


def history_of(school):
    """[(act, version, holds from, reason, fields)], the oldest first."""
    changes = Change.objects.filter(subject="school", subject_id=school.pk).order_by("pk")
    return [(each.act, each.version, each.effective_on, each.reason, each.fields) for each in changes]


def problems_of(refused):
    """Where each problem of a refusal lies: {path: text}."""
    return {getattr(problem, "path", ""): str(problem) for problem in refused.value.problems}
