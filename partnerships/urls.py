"""The addresses of partnerships, below /o/<slug>/partnerships/."""

from __future__ import annotations

from django.urls import path

from partnerships.views import partnerships, register, steps

app_name = "partnerships"

urlpatterns = [
    path("", register.register, name="register"),
    path("new/", register.new, name="new"),
    path("units/<uuid:unit_id>/", register.unit, name="unit"),
    path("<uuid:partnership_id>/", partnerships.partnership, name="partnership"),
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
