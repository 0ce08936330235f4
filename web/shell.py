"""What the frame of a page shows around its content. A higher room fills it in."""

from dataclasses import dataclass, field

PHONE_BAR = 4  # entries beside "More" in the bar at the bottom of a phone


@dataclass(frozen=True)
class Link:
    """An entry of a navigation, menu or footer. `icon` is a Tabler name such as "home" or "filled/star"."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int = 0


@dataclass(frozen=True)
class Crumb:
    """A step of the path to this page; the last one is the page itself and needs no address."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Account:
    """Who is signed in, as shown in the corner."""

    name: str
    initials: str
    note: str = ""


@dataclass(frozen=True)
class Shell:
    """Everything around the content; each part may be missing."""

    nav: list[Link] = field(default_factory=list)
    organization: Link | None = None
    organizations: list[Link] = field(default_factory=list)
    person: Account | None = None
    menu: list[Link] = field(default_factory=list)
    notifications: Link | None = None
    footer: list[Link] = field(default_factory=list)
    search_url: str = ""
    sign_out_url: str = ""
    home_url: str = "/"

    @property
    def nav_more(self) -> list[Link]:
        """Entries that do not fit into the bar of a phone; a single one takes the place of "More"."""
        return self.nav[PHONE_BAR:] if len(self.nav) > PHONE_BAR + 1 else []
