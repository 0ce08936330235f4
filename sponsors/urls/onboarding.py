"""The addresses of onboardings: of the organisation, and of a leader, below /o/<slug>/clinic/."""

from __future__ import annotations

from django.urls import include, path

from sponsors.views import gates, onboarding, onboarding_contents, onboarding_overview

of_one = [
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

urlpatterns = [
    path("onboarding/", onboarding_overview.onboardings, name="onboardings"),
    path("onboarding.csv", onboarding_overview.onboardings_csv, name="onboardings_csv"),
    path("onboarding/contents/", onboarding_contents.contents, name="onboarding_contents"),
    path("onboarding/contents/change/", onboarding_contents.contents_edit, name="onboarding_contents_edit"),
    path("leaders/<uuid:person_id>/onboarding/", include(of_one)),
]
