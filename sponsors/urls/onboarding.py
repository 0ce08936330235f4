"""The addresses of a leader's onboarding, below /o/<slug>/clinic/leaders/<id>/onboarding/."""

from __future__ import annotations

from django.urls import path

from sponsors.views import gates, onboarding

urlpatterns = [
    path("", onboarding.onboarding, name="onboarding"),
    path("begin/", onboarding.begin, name="onboarding_begin"),
    path("stop/", onboarding.stop, name="onboarding_stop"),
    path("chair/", onboarding.chair, name="onboarding_chair"),
    path("items/<uuid:item_id>/", gates.item, name="gate_item"),
    path("proofs/<uuid:proof_id>/look/", gates.look, name="proof_look"),
    path("proofs/<uuid:proof_id>/withdraw/", gates.withdraw, name="proof_withdraw"),
    path("proofs/<uuid:proof_id>/file/", gates.file, name="proof_file"),
    path("gate/recommend/", gates.gate_recommend, name="gate_recommend"),
    path("gate/decide/", gates.gate_decide, name="gate_decide"),
]
