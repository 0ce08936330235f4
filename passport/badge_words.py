"""What a check found, in words: on the page, and in the file that checks without a network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from passport.badges import Outcome, Verdict

VERDICTS: Final[dict[Verdict, str | Promise]] = {
    Verdict.HOLDS: gettext_lazy("The badge holds"),
    Verdict.BROKEN: gettext_lazy("The badge does not hold"),
    Verdict.OPEN: gettext_lazy("Not everything could be checked"),
}
OUTCOMES: Final[dict[Outcome, str | Promise]] = {
    Outcome.BADGE: gettext_lazy("It is an Open Badge (3.0)."),
    Outcome.RECORD: gettext_lazy("It is a learner record (CLR 2.0) with badges in it."),
    Outcome.NO_TOKEN: gettext_lazy(
        "This is not a signed badge. Take the file that ends in .jwt: the one to be read proves nothing."
    ),
    Outcome.NO_BADGE: gettext_lazy("This is signed, but it is neither a badge nor a record of badges."),
    Outcome.SIGNED: gettext_lazy(
        "The signature is right: it was signed with one of these keys, and nothing in it was changed since."
    ),
    Outcome.ALTERED: gettext_lazy(
        "The signature is wrong: it was changed after it was signed, or somebody else signed it. "
        "What it says may be made up."
    ),
    Outcome.OTHER_KEY: gettext_lazy(
        "It was signed with a key that the issuer does not publish. What it says may be made up."
    ),
    Outcome.NO_KEYS: gettext_lazy(
        "The signature was not checked: the issuer's keys are missing (jwks.json)."
    ),
    Outcome.AGREES: gettext_lazy("Issuer, holder and number are the same wherever it names them."),
    Outcome.CONTRADICTS: gettext_lazy("It contradicts itself: issuer, holder or number differ within it."),
    Outcome.IN_TIME: gettext_lazy("It is valid today."),
    Outcome.EXPIRED: gettext_lazy("It has expired."),
    Outcome.NOT_YET: gettext_lazy("It is not valid yet."),
    Outcome.IN_FORCE: gettext_lazy("The issuer's list says that it was not revoked."),
    Outcome.REVOKED: gettext_lazy("The issuer has revoked it."),
    Outcome.NO_LIST: gettext_lazy(
        "Whether it was revoked was not checked: the issuer's status list is missing."
    ),
    Outcome.OLD_LIST: gettext_lazy("Whether it was revoked cannot be told: this status list is too old."),
    Outcome.BAD_LIST: gettext_lazy(
        "Whether it was revoked cannot be told: this is not a status list that the issuer signed for it."
    ),
    Outcome.NEVER_REVOKED: gettext_lazy("It names no list, so its issuer cannot revoke it."),
    Outcome.THEIRS: gettext_lazy("It was made out to this e-mail address."),
    Outcome.NOT_THEIRS: gettext_lazy("It was not made out to this e-mail address."),
}
FACTS: Final[dict[str, str | Promise]] = {
    "name": gettext_lazy("What it is"),
    "rule": gettext_lazy("What had to be shown"),
    "issuer": gettext_lazy("Issued by"),
    "issued": gettext_lazy("Issued on"),
    "badges": gettext_lazy("Badges in it"),
}


def all_words() -> dict[str, dict[str, str]]:
    """All of it under the keys that the script in the browser uses too."""
    return {
        "verdicts": {each.value: str(words) for each, words in VERDICTS.items()},
        "outcomes": {each.key: str(words) for each, words in OUTCOMES.items()},
        "verdictOf": {each.key: each.verdict.value for each in Outcome},
        "facts": {name: str(words) for name, words in FACTS.items()},
    }


def facts_of(claims: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a credential says, as far as it is text: (term, words)."""
    subject = _object(claims.get("credentialSubject"))
    achievement, issuer = _object(subject.get("achievement")), _object(claims.get("issuer"))
    inside = subject.get("verifiableCredential")
    names = [_text(_object(each).get("name")) for each in inside] if isinstance(inside, list) else []
    said = {
        "name": _text(claims.get("name")),
        "rule": _text(_object(achievement.get("criteria")).get("narrative")),
        "issuer": " · ".join(filter(None, (_text(issuer.get("name")), _text(issuer.get("id"))))),
        "issued": _text(claims.get("validFrom"))[:10],
        "badges": ", ".join(filter(None, names)),
    }
    return [(str(FACTS[name]), words) for name, words in said.items() if words]


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
