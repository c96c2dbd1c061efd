"""Tokens: how a machine, or a person at a command line, signs in to the REST API."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError as SignInRefused
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import Throttled, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle, ScopedRateThrottle

from accounts import services
from accounts.authentication import ApiTokenAuthentication
from accounts.models import User
from accounts.serializers import CredentialsSerializer, TokenSerializer
from core.requests import body_of


class TokenView(GenericAPIView):
    serializer_class = CredentialsSerializer
    throttle_scope = "token"

    @property
    def signs_in(self) -> bool:
        # There is no request while the schema is being made.
        return self.request is not None and self.request.method == "POST"

    def get_authenticators(self) -> list[BaseAuthentication]:
        # Who asks for a new token may still send the one that has expired.
        return [] if self.signs_in else [ApiTokenAuthentication()]

    def get_permissions(self) -> Any:
        return [] if self.signs_in else super().get_permissions()

    def get_throttles(self) -> list[BaseThrottle]:
        return [ScopedRateThrottle()] if self.signs_in else []

    @extend_schema(responses={201: TokenSerializer})
    def post(self, request: Request) -> Response:
        """Change e-mail and password for a token."""
        token, expires_at = services.issue_token(user=self._person(body_of(self)))
        answer = TokenSerializer({"token": token, "expires_at": expires_at})
        return Response(answer.data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the token this request is sent with."""
        services.revoke_token(token=request.auth)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _person(self, credentials: dict[str, str]) -> User:
        # The adapter counts failures per person together with those on the sign-in page.
        try:
            person = get_adapter().authenticate(self.request._request, **credentials)
        except SignInRefused as refusal:
            raise Throttled(detail=refusal.messages[0]) from refusal
        # allauth hands over people who were deactivated, to show them a page that says so.
        if person is None or not person.is_active:
            raise ValidationError(_("The e-mail or the password is wrong."), code="wrong_credentials")
        return person
