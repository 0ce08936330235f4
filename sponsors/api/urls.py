"""Addresses of the clinic in the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import include, path

from sponsors.api import (
    charts,
    competencies,
    outcomes,
    overview,
    plan_parts,
    profiles,
    proposals,
    regimens,
    sponsorships,
    templates,
)

app_name = "sponsors_api"

SPONSORSHIP = "clinic/sponsorships/<uuid:sponsorship_id>"
COMPETENCY = "clinic/competencies/<uuid:competency_id>"
LEADER = "clinic/leaders/<uuid:person_id>"
REGIMEN = f"{LEADER}/regimen"
GOAL = f"{REGIMEN}/goals/<uuid:goal_id>"
ACTION = f"{REGIMEN}/actions/<uuid:action_id>"
VERSION = f"{REGIMEN}/versions/<int:number>"

urlpatterns = [
    path("me/clinic", sponsorships.OwnClinicView.as_view(), name="mine"),
    path("me/sponsor-profile", profiles.SponsorProfileView.as_view(), name="profile"),
    path("clinic/sponsors", profiles.SponsorsView.as_view(), name="sponsors"),
    path("clinic/competencies", competencies.CompetenciesView.as_view(), name="competencies"),
    path(COMPETENCY, competencies.CompetencyView.as_view(), name="competency"),
    path(f"{COMPETENCY}/retire", competencies.RetireCompetencyView.as_view(), name="competency_retire"),
    path(f"{COMPETENCY}/restore", competencies.RestoreCompetencyView.as_view(), name="competency_restore"),
    path("clinic/definition", profiles.DefinitionView.as_view(), name="definition"),
    path("clinic/sponsored", overview.SponsoredView.as_view(), name="sponsored"),
    path("clinic/without-sponsor", overview.UnsponsoredView.as_view(), name="without_sponsor"),
    path("clinic/sponsorships", sponsorships.AskView.as_view(), name="ask"),
    path(SPONSORSHIP, sponsorships.SponsorshipView.as_view(), name="sponsorship"),
    path(f"{SPONSORSHIP}/accept", sponsorships.AcceptView.as_view(), name="accept"),
    path(f"{SPONSORSHIP}/decline", sponsorships.DeclineView.as_view(), name="decline"),
    path(f"{SPONSORSHIP}/withdraw", sponsorships.WithdrawView.as_view(), name="withdraw"),
    path(f"{SPONSORSHIP}/end", sponsorships.EndView.as_view(), name="end"),
    path(f"{SPONSORSHIP}/handover", sponsorships.HandoverView.as_view(), name="handover"),
    path(LEADER, charts.ChartView.as_view(), name="chart"),
    path(f"{LEADER}/team", charts.TeamView.as_view(), name="team"),
    path(f"{LEADER}/team/<uuid:seat_id>/release", charts.ReleaseView.as_view(), name="release"),
    path("", include("sponsors.api.intake_urls")),
    path("", include("sponsors.api.conference_urls")),
    path("", include("sponsors.api.review_urls")),
    path(REGIMEN, regimens.RegimenView.as_view(), name="regimen"),
    path("clinic/regimen-templates", templates.RegimenTemplatesView.as_view(), name="templates"),
    path(f"{REGIMEN}/templates/<slug:key>/begin", templates.BeginView.as_view(), name="template_begin"),
    path(f"{REGIMEN}/publish", regimens.PublishView.as_view(), name="publish"),
    path(f"{REGIMEN}/versions", regimens.VersionsView.as_view(), name="versions"),
    path(VERSION, regimens.VersionView.as_view(), name="version"),
    path(f"{VERSION}/acknowledge", regimens.AcknowledgeView.as_view(), name="acknowledge"),
    path(f"{REGIMEN}/proposals", proposals.ProposalsView.as_view(), name="proposals"),
    path(
        f"{REGIMEN}/proposals/<uuid:proposal_id>/answer",
        proposals.AnswerView.as_view(),
        name="proposal_answer",
    ),
    path(f"{REGIMEN}/goals", plan_parts.GoalsView.as_view(), name="goals"),
    path(GOAL, plan_parts.GoalView.as_view(), name="goal"),
    path(f"{GOAL}/remove", plan_parts.RemoveGoalView.as_view(), name="goal_remove"),
    path(f"{REGIMEN}/actions", plan_parts.ActionsView.as_view(), name="actions"),
    path(ACTION, plan_parts.ActionView.as_view(), name="action"),
    path(f"{ACTION}/remove", plan_parts.RemoveActionView.as_view(), name="action_remove"),
    path(f"{ACTION}/progress", plan_parts.ProgressView.as_view(), name="progress"),
    path(f"{ACTION}/attest", outcomes.AttestView.as_view(), name="attest"),
    path(f"{ACTION}/release", outcomes.ReleaseActionView.as_view(), name="action_release"),
    path(f"{ACTION}/take-back", outcomes.TakeBackView.as_view(), name="action_take_back"),
    path(f"{ACTION}/into-passport", outcomes.IntoPassportView.as_view(), name="action_into_passport"),
    path("", include("sponsors.api.support_urls")),
    path("", include("sponsors.api.onboarding_urls")),
]
