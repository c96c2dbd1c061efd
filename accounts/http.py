"""Requests behind a sign-in, for the type checker: their user is a User, never anonymous."""

from django.http import HttpRequest
from rest_framework.request import Request

from accounts.models import User


class SignedInRequest(HttpRequest):
    """What a view behind login_required gets."""

    user: User


class SignedInApiRequest(Request):
    """What a viewset behind IsAuthenticated gets."""

    user: User
