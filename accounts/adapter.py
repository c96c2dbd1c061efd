"""How sign-in differs from django-allauth's defaults."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import translation

from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by the department; nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """From here on the answer is in the language of the person, not in that of the sign-in page."""
        super().login(request, user)
        translation.activate(user.language)
