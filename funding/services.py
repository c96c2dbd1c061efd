"""The acts on an upgrade request."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audits.models import Violation
from audits.verdict import DECISIVE
from core import reasons
from core.errors import Conflict, Invalid
from funding import permissions
from funding.models import UpgradeRequest
from schools.models import School


@transaction.atomic
def file(
    *,
    school: School,
    purpose: str,
    description: str,
    amount: Decimal,
    violations: Collection[int],
    by: User,
    at: datetime,
) -> UpgradeRequest:
    """Ask for money to cure open violations of the school, given by their ids. Invalid with every problem at once."""
    if not permissions.can_file(by, school):
        raise PermissionDenied
    # The ledger of a school is written under this lock, so that no violation is confirmed fixed meanwhile.
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    cured = school.violations.open().filter(pk__in=violations)
    problems = []
    if purpose not in UpgradeRequest.Purpose.values:
        problems.append(_("Choose additional equipping or renewal."))
    if not description.strip():
        problems.append(_("Say what is needed."))
    if not 0 < amount < 10**12:
        problems.append(_("The amount must be greater than zero."))
    if not violations or len(cured) != len(set(violations)):
        problems.append(_("Choose at least one open violation of this school."))
    if problems:
        raise Invalid(*problems)
    request = UpgradeRequest.objects.create(
        school=school, purpose=purpose, description=description.strip(), amount=amount, filed_by=by, filed_at=at
    )
    request.violations.set(cured)
    return request


@transaction.atomic
def withdraw(*, request: UpgradeRequest, reason: str, by: User, at: datetime) -> UpgradeRequest:
    """Take the request back, with a reason. Conflict if it is withdrawn already."""
    if not permissions.can_withdraw(by, request):
        raise PermissionDenied
    request = UpgradeRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if request.status != UpgradeRequest.Status.SUBMITTED:
        raise Conflict(_("This request is withdrawn already."))
    request.status = UpgradeRequest.Status.WITHDRAWN
    request.withdrawn_at = at
    request.withdrawn_by = by
    request.withdrawal_reason = reasons.given(reason)
    request.save(update_fields=["status", "withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    return request


def left_after(request: UpgradeRequest) -> QuerySet[Violation]:
    """Open critical and major violations that keep the school non-compliant once the request is fulfilled."""
    cured = request.violations.values("pk")
    return request.school.violations.open().filter(severity__in=DECISIVE).exclude(pk__in=cured).in_order()
