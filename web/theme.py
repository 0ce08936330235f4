"""Light, dark or what the system says: a cookie, so that no page flashes in the wrong colours."""

from typing import Final

from django.http import HttpRequest

COOKIE: Final = "theme"
YEAR: Final = 365 * 24 * 60 * 60
SYSTEM: Final = "system"
CHOICES: Final = (
    (SYSTEM, "System", "device-desktop"),
    ("light", "Light", "sun"),
    ("dark", "Dark", "moon"),
)
NAMES: Final = frozenset(name for name, _, _ in CHOICES)


def theme_of(request: HttpRequest) -> str:
    """The theme this browser chose; anything unknown counts as the system's."""
    name = request.COOKIES.get(COOKIE, SYSTEM)
    return name if name in NAMES else SYSTEM


def appearance(request: HttpRequest) -> dict[str, object]:
    """Context processor: `theme` and the choices of the switch."""
    return {"theme": theme_of(request), "theme_choices": CHOICES}
