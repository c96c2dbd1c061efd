"""The standard and its editions from the reference file. A published edition never changes: the file may only add."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from audits.models import Edition, Requirement, Standard
from core.errors import Invalid
from core.reference_files import differences, fill, read

STANDARD = Path(__file__).parent / "reference" / "school-cctv.json"


@transaction.atomic
def load_standard(path: Path = STANDARD) -> list[Edition]:
    """Publish the editions of the file that do not exist yet, all or none, and return them.

    Raises Invalid for a broken file, and for one that differs from an edition that exists, naming what differs.
    """
    text = read(path)
    try:
        standard = _keep_standard(text["standard"] | {"decides_standing": True}, path)
        whole = _with_requirements(text["editions"])
    except (KeyError, TypeError) as error:
        raise Invalid(f"{path.name}: {error!r}") from error
    published = []
    for values, rows in whole:
        edition = fill(Edition, values, path, standard=standard)
        requirements = [
            fill(Requirement, row | {"position": position}, path, edition=edition)
            for position, row in enumerate(rows, start=1)
        ]
        kept = Edition.objects.filter(code=edition.code).first()
        if kept is None:
            published.append(_publish(edition, requirements, path))
        else:
            _must_agree(kept, edition, requirements, path)
    return published


def _keep_standard(values: dict[str, Any], path: Path) -> Standard:
    wanted = fill(Standard, values, path)
    standard, _made = Standard.objects.update_or_create(slug=wanted.slug, defaults=values)
    return standard


def _with_requirements(editions: list[dict[str, Any]]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each edition beside its requirements: its own, or those of the edition it is based on with its changes."""
    known: dict[str, list[dict[str, Any]]] = {}
    whole = []
    for edition in editions:
        values = dict(edition)
        requirements = values.pop("requirements", None)
        if requirements is None:
            earlier, changes = known[values.pop("based_on")], values.pop("changes")
            requirements = [row | changes.get(row["code"], {}) for row in earlier]
        known[values["code"]] = requirements
        whole.append((values, requirements))
    return whole


def _publish(edition: Edition, requirements: list[Requirement], path: Path) -> Edition:
    edition.save()
    for requirement in requirements:
        requirement.edition = edition  # again: only now has it a key for the constraints to look at
        try:
            requirement.validate_constraints()
        except ValidationError as error:
            raise Invalid(*(f"{path.name}: {requirement.code}: {why}" for why in error.messages)) from error
        requirement.save()
    # Last: once published, the triggers of the database let nothing in it change.
    edition.published_at = timezone.now()
    edition.save(update_fields=["published_at"])
    return edition


def _must_agree(kept: Edition, edition: Edition, requirements: list[Requirement], path: Path) -> None:
    found = [] if kept.published_at else ["it exists as an unpublished draft"]
    found += differences(kept, edition, _said(Edition, "standard", "published_at"))
    kept_requirements = {requirement.code: requirement for requirement in kept.requirements.all()}
    for requirement in requirements:
        if earlier := kept_requirements.pop(requirement.code, None):
            changed = differences(earlier, requirement, _said(Requirement, "edition"))
            found += [f"{requirement.code}.{field}" for field in changed]
        else:
            found.append(f"{requirement.code} is new")
    found += [f"{code} is gone" for code in kept_requirements]
    if found:
        raise Invalid(
            f"{path.name}: edition {kept.code} differs from the published one ({', '.join(found)}). "
            "A published edition never changes: a correction is a new edition."
        )


def _said(model: type[Edition | Requirement], *not_said: str) -> list[str]:
    """The fields the file speaks about."""
    return [field.name for field in model._meta.concrete_fields if field.name not in {"id", *not_said}]
