"""Reading the body of a request to the REST API. Apart from requests.py: REST framework loads this
while it is itself loading.
"""

import json
from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class Json(JSONParser):
    """A body nested deeper than Python can follow is a broken body, and so is one with half of a surrogate pair, which
    no answer could quote; REST framework alone would answer 500."""

    def parse(self, *arguments: Any, **options: Any) -> Any:
        try:
            said = super().parse(*arguments, **options)
            json.dumps(said, ensure_ascii=False).encode()
        except (RecursionError, UnicodeEncodeError) as error:
            raise ParseError from error
        return said
