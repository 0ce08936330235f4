"""Addresses of partnerships in the API, below /api/v1/o/<slug>/."""

from __future__ import annotations

from django.urls import path

from partnerships.api import (
    analyses,
    audits,
    charter,
    checks,
    codebook,
    coding,
    exceptions,
    feedback,
    outcomes,
    participants,
    partners,
    partnerships,
    phases,
    profiles,
    programmes,
    running,
)

app_name = "partnerships_api"

ONE = "partnerships/<uuid:partnership_id>"
PARTNER = f"{ONE}/partners/<uuid:partner_id>"
PROGRAMME = "partnership-programmes/<uuid:programme_id>"
PHASE = f"{PROGRAMME}/phases/<uuid:phase_id>"
PARTICIPANT = f"{PROGRAMME}/participants/<uuid:participant_id>"
AUDIT = f"{PROGRAMME}/audits/<uuid:audit_id>"
FEEDBACK = f"{AUDIT}/feedback"
CODEBOOK = f"{PROGRAMME}/codebook"
CODE = f"{CODEBOOK}/codes/<uuid:code_id>"
CHECK = f"{ONE}/checks/<uuid:check_id>"

urlpatterns = [
    path("me/partnerships", partnerships.OwnPartnershipsView.as_view(), name="mine"),
    path("partnerships", partnerships.RegisterView.as_view(), name="register"),
    path("units/<uuid:unit_id>/partnerships", partnerships.UnitPartnershipsView.as_view(), name="unit"),
    path(ONE, partnerships.PartnershipView.as_view(), name="partnership"),
    path(f"{ONE}/charter", partnerships.CharterView.as_view(), name="charter"),
    path(f"{ONE}/end", partnerships.EndPartnershipView.as_view(), name="end"),
    path(f"{ONE}/partners", partners.PartnersView.as_view(), name="partners"),
    path(f"{PARTNER}/share", partners.ShareView.as_view(), name="partner_share"),
    path(f"{PARTNER}/release", partners.ReleasePartnerView.as_view(), name="partner_release"),
    path(f"{ONE}/changes/<uuid:change_id>/keep", partners.KeepPartnerView.as_view(), name="change_keep"),
    path(f"{ONE}/matters", charter.MattersView.as_view(), name="matters"),
    path(f"{ONE}/matters/<uuid:matter_id>", charter.MatterView.as_view(), name="matter"),
    path(f"{ONE}/goals", charter.GoalsView.as_view(), name="goals"),
    path(f"{ONE}/goals/<uuid:goal_id>", charter.GoalView.as_view(), name="goal"),
    path(f"{ONE}/meetings", charter.MeetingsView.as_view(), name="meetings"),
    path(f"{ONE}/meetings/<uuid:meeting_id>", charter.MeetingView.as_view(), name="meeting"),
    path(f"{ONE}/checks", checks.ChecksView.as_view(), name="checks"),
    path(CHECK, checks.CheckView.as_view(), name="check"),
    path(f"{CHECK}/answer", checks.AnswerCheckView.as_view(), name="check_answer"),
    path(f"{CHECK}/share", checks.ShareCheckView.as_view(), name="check_share"),
    path("partnership-programmes", programmes.ProgrammesView.as_view(), name="programmes"),
    path(PROGRAMME, programmes.ProgrammeView.as_view(), name="programme"),
    path(f"{PROGRAMME}/culture", programmes.CultureView.as_view(), name="programme_culture"),
    path(f"{PROGRAMME}/audits", audits.AuditsView.as_view(), name="programme_audits"),
    path(AUDIT, audits.AuditView.as_view(), name="programme_audit"),
    path(f"{PROGRAMME}/audit-surveys", audits.AuditWavesView.as_view(), name="programme_audit_waves"),
    path(f"{PROGRAMME}/away-days", phases.AwayDaysView.as_view(), name="programme_away_days"),
    path(PHASE, phases.PlanPhaseView.as_view(), name="programme_phase"),
    path(f"{PHASE}/finish", phases.FinishPhaseView.as_view(), name="programme_phase_finish"),
    path(f"{PHASE}/drop", phases.DropPhaseView.as_view(), name="programme_phase_drop"),
    path(f"{PHASE}/reopen", phases.ReopenPhaseView.as_view(), name="programme_phase_reopen"),
    path(f"{PROGRAMME}/artefacts", outcomes.ArtefactsView.as_view(), name="programme_artefacts"),
    path(f"{PROGRAMME}/outcomes", outcomes.OutcomesView.as_view(), name="programme_outcomes"),
    path(f"{PROGRAMME}/outcomes/<uuid:outcome_id>", outcomes.OutcomeView.as_view(), name="programme_outcome"),
    path(f"{PROGRAMME}/exceptions", exceptions.ExceptionsView.as_view(), name="programme_exceptions"),
    path(
        f"{PROGRAMME}/exceptions/<uuid:exception_id>/settle",
        exceptions.SettleExceptionView.as_view(),
        name="programme_exception_settle",
    ),
    path(f"{PROGRAMME}/partnerships", running.BringPartnershipView.as_view(), name="programme_bring"),
    path(f"{PROGRAMME}/sponsors", running.BringSponsorView.as_view(), name="programme_sponsor"),
    path(f"{PROGRAMME}/close", running.CloseProgrammeView.as_view(), name="programme_close"),
    path(f"{PROGRAMME}/attendance", participants.AttendanceView.as_view(), name="programme_attendance"),
    path(
        f"{PHASE}/attendance",
        participants.PhaseAttendanceView.as_view(),
        name="programme_phase_attendance",
    ),
    path(PARTICIPANT, participants.ParticipantView.as_view(), name="programme_participant"),
    path(f"{PARTICIPANT}/coach", participants.CoachView.as_view(), name="programme_coach"),
    path(f"{PARTICIPANT}/coaching", participants.SessionsView.as_view(), name="programme_coaching"),
    path(
        f"{PARTICIPANT}/coaching/<uuid:session_id>",
        participants.SessionView.as_view(),
        name="programme_coaching_strike",
    ),
    path(f"{PARTICIPANT}/profile", profiles.ProfileView.as_view(), name="programme_profile"),
    path(f"{PARTICIPANT}/profile/show", profiles.ShowProfileView.as_view(), name="programme_profile_show"),
    path(f"{PARTICIPANT}/profile/hide", profiles.HideProfileView.as_view(), name="programme_profile_hide"),
    path(
        f"{PARTICIPANT}/shown-profiles",
        profiles.ShownProfilesView.as_view(),
        name="programme_shown_profiles",
    ),
    path(f"{PROGRAMME}/profiles-kept", profiles.ProfilesKeptView.as_view(), name="programme_profiles_kept"),
    path(f"{PARTICIPANT}/release", participants.ReleaseView.as_view(), name="programme_release"),
    path(CODEBOOK, codebook.CodebookView.as_view(), name="codebook"),
    path(f"{CODEBOOK}/codes", codebook.CodesView.as_view(), name="codes"),
    path(CODE, codebook.CodeView.as_view(), name="code"),
    path(f"{CODE}/retire", codebook.RetireCodeView.as_view(), name="code_retire"),
    path(f"{CODE}/theme", codebook.GroupCodeView.as_view(), name="code_group"),
    path(f"{CODEBOOK}/themes", codebook.ThemesView.as_view(), name="themes"),
    path(f"{CODEBOOK}/themes/<uuid:theme_id>", codebook.ThemeView.as_view(), name="theme"),
    path(f"{AUDIT}/analysis", analyses.AnalysisView.as_view(), name="analysis"),
    path(f"{AUDIT}/analysis/begin-coding", analyses.BeginCodingView.as_view(), name="analysis_start"),
    path(f"{AUDIT}/analysis/third", analyses.ThirdReaderView.as_view(), name="analysis_third"),
    path(f"{AUDIT}/analysis/replace", analyses.ReplaceCoderView.as_view(), name="analysis_replace"),
    path(f"{AUDIT}/analysis/end", analyses.EndAnalysisView.as_view(), name="analysis_end"),
    path(f"{AUDIT}/coding", coding.CodingView.as_view(), name="coding"),
    path(
        f"{AUDIT}/coding/comments/<uuid:comment_id>",
        coding.CodeCommentView.as_view(),
        name="coding_comment",
    ),
    path(f"{AUDIT}/coding/finish", coding.FinishCodingView.as_view(), name="coding_finish"),
    path(f"{AUDIT}/agreement", coding.AgreementView.as_view(), name="agreement"),
    path(f"{AUDIT}/differences", coding.DifferencesView.as_view(), name="differences"),
    path(f"{AUDIT}/findings", analyses.FindingsView.as_view(), name="findings"),
    path(FEEDBACK, feedback.FeedbackView.as_view(), name="feedback"),
    path(
        f"{FEEDBACK}/<uuid:feedback_id>/spoken",
        feedback.SpokenView.as_view(),
        name="feedback_spoken",
    ),
    path(f"{CHECK}/call-off", checks.CallOffCheckView.as_view(), name="check_call_off"),
]
