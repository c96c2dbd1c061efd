"""Where pages about areas and schools are, as of the day the reader looks at."""

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from audits.filters import query_behind
from schools.areas import Area


def as_of_query(past_day: date | None) -> dict[str, str]:
    """What keeps a link on the day that is looked at; nothing for today, so that the link stays fresh."""
    return {"as_of": past_day.isoformat()} if past_day else {}


def as_of_suffix(past_day: date | None) -> str:
    return f"?{urlencode(as_of_query(past_day))}" if past_day else ""


def area_url(area: Area, past_day: date | None = None) -> str:
    if area.district:
        path = reverse("audits:district_page", args=[area.district.slug])
    elif area.region:
        path = reverse("audits:region_page", args=[area.region.slug])
    else:
        path = reverse("audits:country_page")
    return path + as_of_suffix(past_day)


def list_url(area: Area, count: str, past_day: date | None = None, **also: str) -> str:
    """The list behind a count of compliance.Counts, as long as the count is large."""
    query = query_behind(count, area, **also, **as_of_query(past_day))
    return f"{reverse('audits:school_list')}?{query}"


def crumbs_to(area: Area, user: User, past_day: date | None = None) -> list[dict[str, str]]:
    """From the country down to the area; those the person may not read have no address."""
    return [
        {"label": step.name, "url": area_url(step, past_day) if step.is_visible_to(user) else ""}
        for step in (*area.parents, area)
    ]
