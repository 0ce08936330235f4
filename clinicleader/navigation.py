"""The main navigation and the account menu, put together from what each room offers."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from insights import navigation as insights
from mentoring import navigation as mentoring
from partnerships import navigation as partnerships
from passport import navigation as passport
from people import navigation as people
from people.enums import Role
from readiness import navigation as readiness
from sponsors import navigation as sponsors
from succession import navigation as succession
from surveys import navigation as surveys

# (label, url name, icon, the roles that see it; none means everybody)
Entry = tuple[str | Promise, str, str, frozenset[Role]]

NAVIGATION: list[Entry] = [
    (_("Today"), "today", "home", frozenset()),
    *passport.ENTRIES,
    *sponsors.ENTRIES,
    *mentoring.ENTRIES,
    *readiness.ENTRIES,
    *succession.ENTRIES,
    *insights.ENTRIES,
    *people.ENTRIES,
    *surveys.ENTRIES,
]
MENU: list[Entry] = [
    *passport.MENU,
    *sponsors.MENU,
    *partnerships.MENU,
    *mentoring.MENU,
    *readiness.MENU,
    *succession.MENU,
    *insights.MENU,
    *people.MENU,
]
