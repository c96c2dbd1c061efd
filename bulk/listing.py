"""What a list must say of itself to leave the portal as a file. Each app registers its lists when it is ready."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise


class Listing(ABC):
    """The rows behind an address, for one person: the same as on the page and in the API, in the same order.

    Made from the query of the address alone, so that a worker can make it again. The language is the active one.
    """

    name: ClassVar[str]
    title: ClassVar[str | Promise]
    heading: ClassVar[Sequence[str | Promise]]
    # The name of the address of its page: "audits:school_list".
    page: ClassVar[str]

    def __init__(self, *, user: Any, query: QueryDict) -> None:
        self.user = user
        self.query = query

    @property
    def address(self) -> str:
        """The page that shows the same list."""
        query = self.query.urlencode()
        return f"{reverse(self.page)}?{query}" if query else reverse(self.page)

    @property
    def filename(self) -> str:
        """What the file is called, without its ending."""
        return f"{self.name}-{timezone.localdate().isoformat()}"

    @property
    @abstractmethod
    def is_valid(self) -> bool:
        """The query asks for something that can be. A list that is not valid has no rows."""

    @property
    @abstractmethod
    def caption(self) -> list[tuple[object, object]]:
        """What was asked for, in words: the day and the filters. Total, person and time are added by the writer."""

    @property
    @abstractmethod
    def total(self) -> int:
        """How many rows there are."""

    @abstractmethod
    def rows(self) -> Iterator[Sequence[object]]:
        """Cells in the order of the heading: text, numbers, days, moments, None for nothing.

        Streamed from the database in the same number of queries for one row and for fifty.
        """


LISTINGS: dict[str, type[Listing]] = {}


def register(listing: type[Listing]) -> type[Listing]:
    """Make the list known under its name. A class decorator."""
    LISTINGS[listing.name] = listing
    return listing


def listing_of(name: str, *, user: Any, query: str) -> Listing | None:
    """The list of that name for the person, narrowed as the query of an address says; None if there is no such list."""
    listing = LISTINGS.get(name)
    return listing(user=user, query=QueryDict(query)) if listing else None
