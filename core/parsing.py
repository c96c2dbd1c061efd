"""Reading the body of a request to the REST API. Apart from requests.py: REST framework loads this
while it is itself loading.
"""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class Json(JSONParser):
    """A body nested deeper than Python can follow is a broken body; REST framework alone would answer 500."""

    def parse(self, *arguments: Any, **options: Any) -> Any:
        try:
            return super().parse(*arguments, **options)
        except RecursionError as error:
            raise ParseError from error
