"""What people may change about themselves."""

from datetime import datetime

from knox.models import AuthToken

from accounts.models import User


def choose_language(*, user: User, language: str) -> None:
    """Remember the language for every device the person signs in from."""
    User.objects.filter(pk=user.pk).update(language=language)
    user.language = language


def issue_token(*, user: User) -> tuple[str, datetime]:
    """A new API token in plain text, which is kept nowhere, and when it expires."""
    kept, token = AuthToken.objects.create(user=user)
    return token, kept.expiry


def revoke_token(*, token: AuthToken) -> None:
    """End this token; others of the same person stay."""
    token.delete()
