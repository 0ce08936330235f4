"""The addresses of the clinic, below /o/<slug>/clinic/."""

from __future__ import annotations

from django.urls import path

from sponsors.views import (
    charts,
    definition,
    overview,
    profiles,
    regimen_parts,
    regimens,
    sponsorship_steps,
    sponsorships,
    team,
)

app_name = "sponsors"
REGIMEN = "leaders/<uuid:person_id>/regimen"

urlpatterns = [
    path("", sponsorships.mine, name="mine"),
    path("sponsors/", profiles.sponsor_list, name="sponsors"),
    path("sponsors/<uuid:person_id>/", sponsorship_steps.ask, name="ask"),
    path("profile/", profiles.profile, name="profile"),
    path("definition/", definition.definition, name="definition"),
    path("definition/change/", definition.definition_edit, name="definition_edit"),
    path("overview/", overview.overview, name="overview"),
    path("overview.csv", overview.overview_csv, name="overview_csv"),
    path("leaders/<uuid:person_id>/", charts.chart, name="chart"),
    path("leaders/<uuid:person_id>/team/", team.team, name="team"),
    path("leaders/<uuid:person_id>/team/<uuid:seat_id>/release/", team.release, name="team_release"),
    path(f"{REGIMEN}/", regimens.regimen, name="regimen"),
    path(f"{REGIMEN}/publish/", regimens.publish, name="regimen_publish"),
    path(f"{REGIMEN}/versions/", regimens.versions, name="versions"),
    path(f"{REGIMEN}/versions/<int:number>/", regimens.version, name="version"),
    path(f"{REGIMEN}/versions/<int:number>/acknowledge/", regimens.acknowledge, name="acknowledge"),
    path(f"{REGIMEN}/proposals/", regimens.proposals, name="proposals"),
    path(f"{REGIMEN}/proposals/<uuid:proposal_id>/answer/", regimens.proposal_answer, name="proposal_answer"),
    path(f"{REGIMEN}/goals/new/", regimen_parts.goal_new, name="goal_new"),
    path(f"{REGIMEN}/goals/<uuid:goal_id>/", regimen_parts.goal_edit, name="goal_edit"),
    path(f"{REGIMEN}/goals/<uuid:goal_id>/remove/", regimen_parts.goal_remove, name="goal_remove"),
    path(f"{REGIMEN}/actions/new/", regimen_parts.action_new, name="action_new"),
    path(f"{REGIMEN}/actions/<uuid:action_id>/", regimen_parts.action_edit, name="action_edit"),
    path(f"{REGIMEN}/actions/<uuid:action_id>/remove/", regimen_parts.action_remove, name="action_remove"),
    path(f"{REGIMEN}/actions/<uuid:action_id>/progress/", regimen_parts.progress, name="action_progress"),
    path("sponsorships/<uuid:sponsorship_id>/", sponsorships.sponsorship, name="sponsorship"),
    *(
        path(
            f"sponsorships/<uuid:sponsorship_id>/{name}/",
            sponsorship_steps.step,
            {"name": name},
            name=f"sponsorship_{name}",
        )
        for name in sponsorship_steps.STEPS
    ),
]
