"""Logins of the tour's personas, without passwords: in demo mode one click signs in as one of them."""

from __future__ import annotations

import json
from dataclasses import asdict

from allauth.account.models import EmailAddress

from clinicleader.demo.shapes import OrganizationShape
from people.demo_personas import Persona, personas_file
from people.models import Person
from tenancy.models import Membership, Organization, User

BOTH = "adviser"  # one login in both organisations


def person_of_part(shape: OrganizationShape, key: str) -> Person:
    """Who plays a part, as the tables have them. Inside the organisation's scope."""
    part = next(part for part in shape.parts if part.key == key)
    return Person.objects.get(given_name=part.given, family_name=part.family)


def open_accounts(
    organization: Organization, shape: OrganizationShape, logins: dict[str, User]
) -> list[Persona]:
    """A login for each part; `logins` carries what belongs to both from one organisation to the other."""
    listed = []
    for part in shape.parts:
        person = person_of_part(shape, part.key)
        user = logins.get(part.key)
        if user is None:
            user = User.objects.create_user(person.email)
            EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
            listed.append(
                Persona(
                    organization.name,
                    organization.slug,
                    f"{part.given} {part.family}",
                    part.role,
                    user.email,
                )
            )
        if part.key == BOTH:
            logins[part.key] = user
        Membership.objects.create(user=user, organization=organization, person_id=person.id)
    return listed


def list_personas(personas: list[Persona], *, keep: bool = False) -> None:
    """Write the file the sign-in page reads; `keep` leaves what is in it."""
    path = personas_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    listed = json.loads(path.read_text(encoding="utf-8")) if keep and path.exists() else []
    listed += [asdict(persona) for persona in personas]
    path.write_text(json.dumps(listed, indent=1, ensure_ascii=False), encoding="utf-8")
