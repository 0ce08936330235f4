"""Addresses of onboardings and their gates in the API."""

from __future__ import annotations

from django.urls import path

from sponsors.api import gates, onboarding

ONBOARDING = "clinic/leaders/<uuid:person_id>/onboarding"
PROOF = f"{ONBOARDING}/proofs/<uuid:proof_id>"

urlpatterns = [
    path(ONBOARDING, onboarding.OnboardingView.as_view(), name="onboarding"),
    path(f"{ONBOARDING}/stop", onboarding.StopOnboardingView.as_view(), name="onboarding_stop"),
    path(f"{ONBOARDING}/chair", onboarding.ChairView.as_view(), name="onboarding_chair"),
    path(f"{ONBOARDING}/items/<uuid:item_id>/proofs", gates.ShowProofView.as_view(), name="proof_show"),
    path(f"{PROOF}/look", gates.LookView.as_view(), name="proof_look"),
    path(f"{PROOF}/withdraw", gates.WithdrawProofView.as_view(), name="proof_withdraw"),
    path(f"{ONBOARDING}/gate/recommend", gates.RecommendView.as_view(), name="gate_recommend"),
    path(f"{ONBOARDING}/gate/decide", gates.DecideView.as_view(), name="gate_decide"),
]
