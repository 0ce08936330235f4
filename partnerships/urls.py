"""The addresses of partnerships, below /o/<slug>/partnerships/."""

from __future__ import annotations

from django.urls import path

from partnerships.views import (
    analyses,
    checks,
    codebook,
    coding,
    culture,
    exceptions,
    findings,
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
AUDIT = f"{PROGRAMME}audits/<uuid:audit_id>/"
CODEBOOK = f"{PROGRAMME}codebook/"

urlpatterns = [
    path("", register.register, name="register"),
    path("new/", register.new, name="new"),
    path("units/<uuid:unit_id>/", register.unit, name="unit"),
    path("programmes/", programmes.programmes, name="programmes"),
    path("programmes/new/", programmes.programme_new, name="programme_new"),
    path(PROGRAMME, programmes.programme, name="programme"),
    path(f"{PROGRAMME}culture/", culture.culture, name="programme_culture"),
    path(f"{PROGRAMME}report/", culture.case_report, name="programme_report"),
    path(f"{PROGRAMME}exceptions/", exceptions.programme_exceptions, name="programme_exceptions"),
    path(f"{PROGRAMME}people/", participants.people, name="programme_people"),
    path(f"{PROGRAMME}people/<uuid:item_id>/", participants.participant, name="programme_participant"),
    path(
        f"{PROGRAMME}people/<uuid:item_id>/profile-file/",
        participants.profile_file,
        name="programme_profile_file",
    ),
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
    path(CODEBOOK, codebook.codebook, name="codebook"),
    path(f"{CODEBOOK}codebook.csv", codebook.codebook_csv, name="codebook_csv"),
    path(f"{CODEBOOK}codes/", codebook.code_new, name="code_new"),
    path(f"{CODEBOOK}codes/<uuid:code_id>/", codebook.code, name="code"),
    path(f"{CODEBOOK}codes/<uuid:code_id>/group/", codebook.code_group, name="code_group"),
    path(f"{CODEBOOK}codes/<uuid:code_id>/retire/", codebook.code_retire, name="code_retire"),
    path(f"{CODEBOOK}themes/", codebook.theme_new, name="theme_new"),
    path(f"{CODEBOOK}themes/<uuid:theme_id>/", codebook.theme, name="theme"),
    path(AUDIT, analyses.analysis, name="analysis"),
    *(
        path(f"{AUDIT}{name}/", analyses.analysis_step, {"name": name}, name=f"analysis_{name}")
        for name in analyses.STEPS
    ),
    path(f"{AUDIT}coding/", coding.coding, name="coding"),
    path(f"{AUDIT}coding/finish/", coding.coding_finish, name="coding_finish"),
    path(f"{AUDIT}coding/coding.csv", coding.coding_csv, name="coding_csv"),
    path(f"{AUDIT}settling/", coding.settling, name="settling"),
    path(f"{AUDIT}findings/", findings.findings, name="findings"),
    path(f"{AUDIT}told/<uuid:item_id>/", analyses.feedback_spoken, name="feedback_spoken"),
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
