"""The addresses of partnerships, below /o/<slug>/partnerships/."""

from __future__ import annotations

from django.urls import path

from partnerships.views import (
    checks,
    culture,
    participants,
    partnerships,
    phases,
    programme_steps,
    programmes,
    register,
    steps,
)

app_name = "partnerships"
PROGRAMME = "programmes/<uuid:programme_id>/"

urlpatterns = [
    path("", register.register, name="register"),
    path("new/", register.new, name="new"),
    path("units/<uuid:unit_id>/", register.unit, name="unit"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.programme_new, name="programme_new"),
    path(PROGRAMME, programmes.programme, name="programme"),
    path(f"{PROGRAMME}culture/", culture.culture, name="programme_culture"),
    path(f"{PROGRAMME}people/", participants.people, name="programme_people"),
    path(f"{PROGRAMME}people/<uuid:item_id>/", participants.participant, name="programme_participant"),
    path(f"{PROGRAMME}phases/<uuid:phase_id>/", phases.phase, name="programme_phase"),
    *(
        path(
            f"{PROGRAMME}{name.replace('_', '-')}/",
            programme_steps.step,
            {"name": name},
            name=f"programme_{name}",
        )
        for name in programme_steps.STEPS
    ),
    *(
        path(
            f"{PROGRAMME}{name.replace('_', '-')}/<uuid:item_id>/",
            programme_steps.item_step,
            {"name": name},
            name=f"programme_{name}",
        )
        for name in programme_steps.ITEM_STEPS
    ),
    path("<uuid:partnership_id>/", partnerships.partnership, name="partnership"),
    path("<uuid:partnership_id>/checks/<uuid:check_id>/", checks.check, name="check"),
    path("<uuid:partnership_id>/checks/<uuid:check_id>/share/", checks.check_share, name="check_share"),
    path(
        "<uuid:partnership_id>/checks/<uuid:check_id>/call-off/", checks.check_call_off, name="check_call_off"
    ),
    *(path(f"<uuid:partnership_id>/{name}/", steps.step, {"name": name}, name=name) for name in steps.STEPS),
    *(
        path(
            f"<uuid:partnership_id>/{name.replace('_', '-')}/<uuid:item_id>/",
            steps.item_step,
            {"name": name},
            name=name,
        )
        for name in steps.ITEM_STEPS
    ),
]
