"""What people may change about themselves."""

import re
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _
from knox.models import AuthToken

from accounts.models import SavedFilter, User
from core.errors import Invalid, Problem
from core.filtering import filters_asked

MOST_SAVED_FILTERS = 50
LONGEST_NAME, LONGEST_QUERY = 60, 2000
PAGE = re.compile(r"/([\w-]+/)*", re.ASCII)


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


@transaction.atomic
def save_filter(*, user: User, name: str, path: str, query: str, at: datetime) -> SavedFilter:
    """Keep the filters of a list under a name. Invalid for an address that is no list, no filter, or one name twice."""
    # Held, so that two tabs together do not save one too many.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    asked = filters_asked(QueryDict(query))
    name = name.strip()
    problems = _problems_of_name(user, name, path)
    if not PAGE.fullmatch(path) or len(path) > 200 or len(asked) > LONGEST_QUERY:
        problems.append(_("This address cannot be saved."))
    if not asked:
        problems.append(_("Nothing is filtered: there is nothing to save."))
    if user.saved_filters.count() >= MOST_SAVED_FILTERS:
        problems.append(_("You have saved %(most)d filters. Delete one first.") % {"most": MOST_SAVED_FILTERS})
    if problems:
        raise Invalid(*problems)
    return SavedFilter.objects.create(user=user, name=name, path=path, query=asked, saved_at=at)


@transaction.atomic
def rename_filter(*, saved: SavedFilter, name: str, by: User) -> SavedFilter:
    """Give the filter another name. Invalid for one that another filter of the same list has."""
    saved = _held(saved, by)
    name = name.strip()
    if problems := _problems_of_name(by, name, saved.path, besides=saved):
        raise Invalid(*problems)
    saved.name = name
    saved.save(update_fields=["name"])
    return saved


@transaction.atomic
def delete_filter(*, saved: SavedFilter, by: User) -> None:
    """Forget the filter. The list stays what it is."""
    _held(saved, by).delete()


def _held(saved: SavedFilter, by: User) -> SavedFilter:
    if saved.user_id != by.pk:
        raise PermissionDenied
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    return SavedFilter.objects.select_for_update().get(pk=saved.pk)


def _problems_of_name(user: User, name: str, path: str, besides: SavedFilter | None = None) -> list[str]:
    others = user.saved_filters.filter(path=path).exclude(pk=besides.pk if besides else None)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return [Problem(_("Give it a name of at most %(longest)d letters.") % {"longest": LONGEST_NAME}, "name")]
    if others.filter(name=name).exists():
        return [Problem(_("You have a filter of this name already."), "name")]
    return []
