"""What people may change about themselves."""

from accounts.models import User


def choose_language(*, user: User, language: str) -> None:
    """Remember the language for every device the person signs in from."""
    User.objects.filter(pk=user.pk).update(language=language)
    user.language = language
