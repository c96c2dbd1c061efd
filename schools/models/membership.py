"""Who serves which part of the country."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.models.places import District, Region
from schools.models.school import School


class Membership(models.Model):
    """A person serves exactly one of: the country, a region, a district, a school. Several rows, several areas."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships", verbose_name=_("person")
    )
    whole_country = models.BooleanField(_("the whole country"), default=False)
    region = models.ForeignKey(
        Region, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("region")
    )
    district = models.ForeignKey(
        District, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("district")
    )
    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="memberships", verbose_name=_("school")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_serves_exactly_one_area",
                violation_error_message=_("Choose exactly one: the whole country, a region, a district or a school."),
                condition=(
                    Q(whole_country=True, region=None, district=None, school=None)
                    | Q(whole_country=False, region__isnull=False, district=None, school=None)
                    | Q(whole_country=False, region=None, district__isnull=False, school=None)
                    | Q(whole_country=False, region=None, district=None, school__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                fields=["user", "region", "district", "school"],
                nulls_distinct=False,
                name="one_membership_per_person_and_area",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.region or self.district or self.school or _('the whole country')}"
