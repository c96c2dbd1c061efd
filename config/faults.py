"""What is answered when something of ours fails: a page for people, the API's own format for programs."""

import json
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from redis.exceptions import ConnectionError as RedisIsAway
from redis.exceptions import TimeoutError as RedisIsSilent

# A server that is away comes back by itself; a mistake of ours does not.
AWAY = (OperationalError, InterfaceError, RedisIsAway, RedisIsSilent)
RETRY_AFTER_SECONDS = 30


def server_error(request: HttpRequest) -> HttpResponse:
    """503 and when to try again while the database or the cache is away, else 500. Django has logged the cause."""
    is_away = isinstance(sys.exc_info()[1], AWAY)
    status = 503 if is_away else 500
    if request.path.startswith("/api/"):
        code = "unavailable" if is_away else "fault"
        message = _("The portal is not available for a moment") if is_away else _("Something went wrong on our side")
        body = json.dumps({"errors": [{"code": code, "path": "", "message": message}]})
        response = HttpResponse(body, content_type="application/json", status=status)
    else:
        response = HttpResponse(render_to_string(f"{status}.html"), status=status)
    if is_away:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
