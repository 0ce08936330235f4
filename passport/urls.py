"""Addresses of the Passport, below /o/<slug>/."""

from __future__ import annotations

from django.urls import path

from passport.views import (
    authoring,
    badges,
    capstones,
    issued_badges,
    links,
    milestones,
    passports,
    playing,
    pods,
    stages,
)

app_name = "passport"

urlpatterns = [
    path("passport/", passports.mine, name="mine"),
    path("passport/open/", passports.open_own, name="open"),
    path("passport/reads/", passports.reads, name="reads"),
    path("passport/links/", links.links, name="links"),
    path("passport/links/<uuid:link_id>/revoke/", links.link_revoke, name="link_revoke"),
    path("passport/badges/", badges.badges, name="badges"),
    path("passport/badges/make/", badges.make, name="badges_make"),
    path("passport/badges/record.<str:kind>", badges.record_file, name="badge_record"),
    path("passport/badges/issued/", issued_badges.issued, name="badges_issued"),
    path("passport/badges/issued/<uuid:award_id>/revoke/", issued_badges.revoke, name="badge_revoke"),
    path("passport/badges/key/", issued_badges.new_key, name="badge_key"),
    path("passport/badges/<uuid:award_id>.<str:kind>", badges.badge_file, name="badge_file"),
    path("passport/stamps/<uuid:stamp_id>/badge/", badges.make, name="badge_make"),
    path("passport/to-verify/", milestones.inbox, name="inbox"),
    path("passport/stamps/<uuid:stamp_id>/decide/", milestones.decide, name="decide"),
    path("passport/stamps/<uuid:stamp_id>/revoke/", milestones.revoke, name="revoke"),
    path("passport/stamps/<uuid:stamp_id>/withdraw/", milestones.withdraw, name="withdraw"),
    path("passport/stamps/<uuid:stamp_id>/file/", milestones.file, name="file"),
    path("passport/stages/", stages.stages, name="stages"),
    path("passport/stages/<uuid:stage_id>/", stages.stage_edit, name="stage_edit"),
    path("passport/milestones/new/", stages.milestone_new, name="milestone_new"),
    path("passport/milestones/<uuid:milestone_id>/", stages.milestone_edit, name="milestone_edit"),
    path("passport/milestones/<uuid:milestone_id>/retire/", stages.milestone_retire, name="milestone_retire"),
    path("passport/pods/", pods.mine, name="pods"),
    path("passport/pods/write/", authoring.versions, name="pod_versions"),
    path("passport/pods/write/new/", authoring.write, name="pod_new"),
    path("passport/pods/write/<uuid:pod_id>/", authoring.write, name="pod_write_on"),
    path("passport/pods/write/<uuid:pod_id>/publish/", authoring.publish, name="pod_publish"),
    path("passport/pods/write/<uuid:pod_id>/retire/", authoring.retire, name="pod_retire"),
    path("passport/pods/<uuid:pod_id>/", playing.pod, name="pod"),
    path("passport/attempts/<uuid:attempt_id>/", playing.attempt, name="pod_attempt"),
    path("passport/attempts/<uuid:attempt_id>/move/", playing.move, name="pod_move"),
    path("passport/attempts/<uuid:attempt_id>/finish/", playing.finish, name="pod_finish"),
    path("passport/attempts/<uuid:attempt_id>/mark/", playing.mark, name="pod_mark"),
    path("passport/pods/<uuid:pod_id>/capstone/", capstones.plan, name="pod_capstone"),
    path("passport/pods/<uuid:pod_id>/committee/", capstones.outcome_new, name="pod_outcome"),
    path("passport/capstones/<uuid:capstone_id>/", capstones.capstone, name="capstone"),
    path("passport/capstones/<uuid:capstone_id>/submit/", capstones.submit, name="capstone_submit"),
    path("passport/capstones/<uuid:capstone_id>/decide/", capstones.decide, name="capstone_decide"),
    path("passport/committees/<uuid:outcome_id>/confirm/", capstones.outcome_confirm, name="outcome_confirm"),
    path("people/<uuid:person_id>/passport/pods/", pods.person, name="pods_of"),
    path("people/<uuid:person_id>/passport/", passports.person, name="person"),
    path(
        "people/<uuid:person_id>/passport/milestones/<uuid:milestone_id>/",
        milestones.milestone,
        name="milestone",
    ),
]
