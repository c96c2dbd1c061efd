"""The signs of the interface, drawn in the page so that they need no request and follow the colour of the text."""

from functools import cache

from django.utils.html import format_html
from django.utils.safestring import SafeString

# Outlines from Tabler Icons (MIT), on a grid of 24 by 24.
OUTLINES = {
    "add": "M12 5v14M5 12h14",
    "alert": "M12 9v4m0 3h.01"
    "M10.4 3.6L2.3 17.1a1.9 1.9 0 0 0 1.6 2.9h16.2a1.9 1.9 0 0 0 1.6 -2.9L13.6 3.6a1.9 1.9 0 0 0 -3.2 0z",
    "auto": "M3 5a1 1 0 0 1 1 -1h16a1 1 0 0 1 1 1v10a1 1 0 0 1 -1 1h-16a1 1 0 0 1 -1 -1zM7 20h10M9 16v4M15 16v4",
    "camera-off": "M3 3l18 18M15 11v-1l4.6 -2.3a1 1 0 0 1 1.4 .9v6.8a1 1 0 0 1 -.7 .9"
    "M10 6h3a2 2 0 0 1 2 2v3m0 4v1a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2v-8a2 2 0 0 1 2 -2h1",
    "check": "M5 12l5 5l10 -10",
    "clock": "M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0M12 7v5l3 3",
    "cross": "M18 6l-12 12M6 6l12 12",
    "dark": "M12 3a7.5 7.5 0 0 0 8.3 9.4a9 9 0 1 1 -8.3 -9.4z",
    "down": "M6 9l6 6l6 -6",
    "download": "M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2 -2v-2M7 11l5 5l5 -5M12 4v12",
    "first": "M11 7l-5 5l5 5M17 7l-5 5l5 5",
    "info": "M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0M12 8h.01M11 12h1v4h1",
    "language": "M3 12a9 9 0 1 0 18 0a9 9 0 0 0 -18 0M3.6 9h16.8M3.6 15h16.8"
    "M11.5 3a17 17 0 0 0 0 18M12.5 3a17 17 0 0 1 0 18",
    "last": "M7 7l5 5l-5 5M13 7l5 5l-5 5",
    "leave": "M14 8v-2a2 2 0 0 0 -2 -2h-7a2 2 0 0 0 -2 2v12a2 2 0 0 0 2 2h7a2 2 0 0 0 2 -2v-2M9 12h12l-3 -3M18 15l3 -3",
    "light": "M8 12a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M3 12h1m8 -9v1m8 8h1m-9 8v1"
    "M5.6 5.6l.7 .7m12.1 -.7l-.7 .7m0 11.4l.7 .7m-12.1 -.7l-.7 .7",
    "link": "M9 15l6 -6M11 6l.5 -.5a5 5 0 0 1 7 7l-.5 .5M13 18l-.4 .5a5 5 0 0 1 -7.1 -7.1l.5 -.4",
    "list": "M9 6h11M9 12h11M9 18h11M5 6v.01M5 12v.01M5 18v.01",
    "lock": "M5 13a2 2 0 0 1 2 -2h10a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-10a2 2 0 0 1 -2 -2zM8 11v-4a4 4 0 1 1 8 0v4",
    "map": "M3 7l6 -3l6 3l6 -3v13l-6 3l-6 -3l-6 3zM9 4v13M15 7v13",
    "next": "M9 6l6 6l-6 6",
    "person": "M8 7a4 4 0 1 0 8 0a4 4 0 0 0 -8 0M6 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2",
    "previous": "M15 6l-6 6l6 6",
    "question": "M8 8a3.5 3 0 0 1 3.5 -3h1a3.5 3 0 0 1 3.5 3a3 3 0 0 1 -2 3a3 4 0 0 0 -2 4M12 19h.01",
    "save": "M18 7v14l-6 -4l-6 4v-14a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4",
    "search": "M3 10a7 7 0 1 0 14 0a7 7 0 1 0 -14 0M21 21l-6 -6",
    "sort": "M8 9l4 -4l4 4M16 15l-4 4l-4 -4",
    "up": "M6 15l6 -6l6 6",
    "upload": "M4 17v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2 -2v-2M7 9l5 -5l5 5M12 4v12",
}


@cache
def icon(name: str) -> SafeString:
    """The sign as SVG, hidden from screen readers: the text beside it says the same."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="{}"/></svg>',
        OUTLINES[name],
    )
