"""Acts that are explained to the person they concern."""

from django.utils.translation import gettext as _

from core.errors import Invalid


def given(reason: str) -> str:
    """The reason without the space around it; Invalid if nothing is left."""
    if not reason.strip():
        raise Invalid(_("Give a reason: the person it concerns will read it."))
    return reason.strip()
