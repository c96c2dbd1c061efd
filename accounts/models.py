"""A person of the portal: who it is, which language it reads, which role it has, which lists it comes back to."""

from typing import Any, ClassVar
from urllib.parse import unquote_plus

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import SavedFilterQuerySet


class Role(models.TextChoices):
    """What a person does. Where it does it is a schools.Membership."""

    COUNTRY_VIEWER = "country_viewer", _("Country viewer")
    DEPARTMENT_HEAD = "department_head", _("Department head")
    DEPARTMENT_OFFICER = "department_officer", _("Department officer")
    INSPECTOR = "inspector", _("Inspector")
    SCHOOL_ADMINISTRATOR = "school_administrator", _("School administrator")
    STATISTICS_CLIENT = "statistics_client", _("Statistics client")


class UserManager(BaseUserManager["User"]):
    """Django's contract for making users by e-mail."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="kk")
    role = models.CharField(_("role"), max_length=24, choices=Role, default=Role.COUNTRY_VIEWER)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("may open the administration site"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    # Made by Django and by knox, whose types do not tell.
    _password: str | None
    auth_token_set: models.Manager

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_per_email"),
            models.CheckConstraint(condition=models.Q(role__in=Role.values), name="user_role_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *arguments: Any, **options: Any) -> None:
        """A new password, whoever sets it, ends the API tokens as it ends the sessions: one of them may be stolen."""
        is_new_password = self._password is not None  # Django forgets it as soon as it is saved
        with transaction.atomic():
            super().save(*arguments, **options)
            if is_new_password:
                self.auth_token_set.all().delete()


class SavedFilter(models.Model):
    """A list as a person likes to see it: the address of a page of the portal, under a name of one's own."""

    user = models.ForeignKey(User, models.CASCADE, related_name="saved_filters", verbose_name=_("person"))
    name = models.CharField(_("name"), max_length=60)
    path = models.CharField(_("page"), max_length=200)
    query = models.TextField(_("filters"), max_length=2000)
    saved_at = models.DateTimeField(_("saved at"))

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        constraints = [
            models.UniqueConstraint(fields=["user", "path", "name"], name="one_saved_filter_per_name_and_list"),
            # Opened by a click: never an address of another site, which "//" would begin.
            models.CheckConstraint(
                condition=models.Q(path__regex=r"^/([\w-]+/)*$"), name="saved_filter_leads_to_a_page_of_the_portal"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}"

    @property
    def readable_address(self) -> str:
        return unquote_plus(self.address)
