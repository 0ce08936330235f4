"""Questions about the thematic analysis of audits, each a function that returns rows or plain values."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When

from partnerships.agreement import Agreement, agreement_on, agreement_over
from partnerships.consensus import Consensus, Decision, consensus, disagreements
from partnerships.enums import CODERS, AnalysisState, CoderPart
from partnerships.models import (
    AuditAnalysis,
    Code,
    Coder,
    CodeVersion,
    Opinion,
    PartnershipProgramme,
    ProgrammeAudit,
    Reading,
    Theme,
)
from partnerships.permissions import watches_partnerships
from partnerships.queries.programmes import is_matter_of, programmes_visible_to
from partnerships.theme_release import shuffled
from people.member import Member
from people.queries import gone
from surveys.models import PublishedComment
from tenancy.kept import first_kept, kept

PARTS = Case(
    *(When(part=part, then=Value(place)) for place, part in enumerate(CoderPart)), output_field=IntegerField()
)


def analyses() -> QuerySet[AuditAnalysis]:
    """With the audit, its survey, its programme and who codes today. Two queries."""
    coders = Coder.objects.filter(left_on=None).select_related("person").order_by(PARTS)
    return AuditAnalysis.objects.select_related("audit__wave", "audit__programme").prefetch_related(  # type: ignore[no-redef]  # as declared
        Prefetch("coders", queryset=coders, to_attr="coders_by_part")
    )


def analyses_coded_by(person_id: UUID) -> QuerySet[AuditAnalysis]:
    """Those that somebody codes or settles, the newest first."""
    own = codings_of(person_id).filter(analysis=OuterRef("pk"))
    found = AuditAnalysis.objects.filter(Exists(own)).select_related("audit__wave", "audit__programme")
    return found.order_by("-begun_on", "pk")


def coded_by(person_id: UUID) -> list[AuditAnalysis]:
    """All of them."""
    return kept(analyses_coded_by, person_id)


def codings_of(person_id: UUID) -> QuerySet[Coder]:
    """Where somebody codes or settles, or did to the end."""
    return Coder.objects.filter(person=person_id, left_on=None).exclude(analysis__state=AnalysisState.ENDED)


def analysis_of(audit: ProgrammeAudit) -> AuditAnalysis | None:
    """The one that counts; those that were ended are history."""
    return analyses().filter(audit=audit).exclude(state=AnalysisState.ENDED).first()


def ended_analyses(audit: ProgrammeAudit) -> QuerySet[AuditAnalysis]:
    """What was begun and could not be finished, with everybody who coded, the latest first. Two queries."""
    coders = Coder.objects.select_related("person").order_by(PARTS, "left_on")
    return (
        AuditAnalysis.objects.filter(audit=audit, state=AnalysisState.ENDED)  # type: ignore[no-redef]  # as declared
        .prefetch_related(Prefetch("coders", queryset=coders, to_attr="all_coders"))
        .order_by("-ended_on", "-begun_on", "pk")
    )


def coders_who_left(analysis: AuditAnalysis) -> QuerySet[Coder]:
    """Before they had finished."""
    left = Coder.objects.filter(analysis=analysis, left_on__isnull=False)
    return left.select_related("person").order_by("left_on", "pk")


def coders_gone(*, on: dt.date) -> QuerySet[Coder]:
    """Who left the organisation and has not finished: nobody codes or decides in their place."""
    running = AnalysisState.PREPARING, AnalysisState.CODING, AnalysisState.SETTLING
    found = Coder.objects.filter(left_on=None, finished_at=None, analysis__state__in=running)
    return (
        found.filter(person__in=gone(on))
        .select_related("person", "analysis__audit__programme")
        .order_by("analysis__begun_on", "pk")
    )


def coders_missing(analysis: AuditAnalysis, *, on: dt.date) -> list[Coder]:
    """The same of one analysis that runs, as it is loaded."""
    return [each for each in analysis.coders_by_part if each.finished_at is None and each.person.has_left(on)]


def coders_gone_for(runner_id: UUID | None, *, on: dt.date) -> QuerySet[Coder]:
    """In the programmes that somebody leads; None: in all."""
    found = coders_gone(on=on)
    return found if runner_id is None else found.filter(analysis__audit__programme__lead=runner_id)


def former_coding_of(person_id: UUID, programme_id: UUID, audit_id: UUID) -> Coder | None:
    """Where somebody coded an audit, and does so no more: replaced, or the analysis was ended."""
    former = Q(left_on__isnull=False) | Q(analysis__state=AnalysisState.ENDED)
    of_audit = {"analysis__audit": audit_id, "analysis__audit__programme": programme_id}
    found = Coder.objects.filter(former, person=person_id, **of_audit)
    return found.select_related("analysis__audit__programme").order_by("-analysis__begun_on", "pk").first()


def who_saw_both(audit: ProgrammeAudit) -> set[UUID]:
    """Who coded an audit to the end in an analysis that was then ended, so that both codings were open."""
    finished = Count("coders", filter=Q(coders__finished_at__isnull=False))
    opened = AuditAnalysis.objects.filter(audit=audit, state=AnalysisState.ENDED).annotate(finished=finished)
    both = Coder.objects.filter(analysis__in=opened.filter(finished=len(CODERS)), left_on=None)
    return set(both.values_list("person_id", flat=True))


def audit_for(member: Member, programme_id: UUID, audit_id: UUID) -> ProgrammeAudit | None:
    """An audit for whoever may see its programme, and for those who code it."""
    found = ProgrammeAudit.objects.filter(programme=programme_id, pk=audit_id).select_related(
        "wave", "programme"
    )
    codes = codings_of(member.person_id).filter(analysis__audit=OuterRef("pk"))
    seen = programmes_visible_to(member).filter(pk=OuterRef("programme"))
    return found.filter(Exists(codes) | Exists(seen)).first()


def programme_with_codebook_for(member: Member, programme_id: UUID) -> PartnershipProgramme | None:
    """A programme for whoever may see it, and for those who code an audit of it; without those who take
    part."""
    return first_kept(_with_codebook, programme_id, member.person_id, watches=watches_partnerships(member))


def _with_codebook(programme_id: UUID, person_id: UUID, *, watches: bool) -> QuerySet[PartnershipProgramme]:
    found = PartnershipProgramme.objects.filter(pk=programme_id)
    codes = codings_of(person_id).filter(analysis__audit__programme=OuterRef("pk"))
    return found if watches else found.filter(Exists(codes) | is_matter_of(person_id))


def codes_for(member: Member, programme: PartnershipProgramme) -> bool:
    """Whether somebody codes an audit of the programme."""
    return bool(kept(_codings_in, member.person_id, programme.pk))


def _codings_in(person_id: UUID, programme_id: UUID) -> QuerySet[Coder, Any]:
    found = codings_of(person_id).filter(analysis__audit__programme=programme_id)
    return found.order_by().values_list("pk")[:1]


def codebook_stands(programme: PartnershipProgramme) -> bool:
    """Whether two people code by its codebook, or settle what they coded by it: then it does not change."""
    return bool(kept(_busy, programme.pk))


def _busy(programme_id: UUID) -> QuerySet[AuditAnalysis, Any]:
    busy = AnalysisState.CODING, AnalysisState.SETTLING
    found = AuditAnalysis.objects.filter(audit__programme=programme_id, state__in=busy)
    return found.order_by().values_list("pk")[:1]


@dataclass(frozen=True, slots=True)
class Codebook:
    """Codes by name: those that are given, and those that are no longer; themes, each with all of its
    codes."""

    codes: list[Code]
    retired: list[Code]
    themes: list[tuple[Theme, list[Code]]]


def codebook_of(programme: PartnershipProgramme) -> Codebook:
    """As it is now. Two queries."""
    codes, themes = kept(_codes, programme.pk), kept(_themes, programme.pk)
    under: defaultdict[UUID | None, list[Code]] = defaultdict(list)
    for code in codes:
        under[code.theme_id].append(code)
    return Codebook(
        codes=[each for each in codes if each.retired_on is None],
        # The longest retired first.
        retired=sorted(
            (each for each in codes if each.retired_on is not None),
            key=lambda each: each.retired_on or dt.date.min,
        ),
        themes=[(theme, under[theme.pk]) for theme in themes],
    )


def _codes(programme_id: UUID) -> QuerySet[Code]:
    return Code.objects.filter(programme=programme_id).select_related("theme").order_by("name")


def _themes(programme_id: UUID) -> QuerySet[Theme]:
    return Theme.objects.filter(programme=programme_id).order_by("name")


def analyses_coded_in(programme: PartnershipProgramme, person_id: UUID) -> list[AuditAnalysis]:
    """Of a programme those that somebody codes or settles, the newest first."""
    return kept(_analyses_coded_in, programme.pk, person_id)


def _analyses_coded_in(programme_id: UUID, person_id: UUID) -> QuerySet[AuditAnalysis]:
    return analyses_coded_by(person_id).filter(audit__programme=programme_id)


def codes_in(programme: PartnershipProgramme) -> QuerySet[Code]:
    """The codebook, those that are no longer given last."""
    return (
        Code.objects.filter(programme=programme)
        .select_related("theme")
        .prefetch_related(
            Prefetch("versions", CodeVersion.objects.select_related("written_by").order_by("-version"))
        )
        .order_by("retired_on", "name")
    )


def codes_to_give(programme_id: UUID) -> QuerySet[Code]:
    return Code.objects.filter(programme=programme_id, retired_on=None).order_by("name")


def themes_in(programme: PartnershipProgramme) -> QuerySet[Theme]:
    """With their codes by name."""
    return (
        Theme.objects.filter(programme=programme)
        .prefetch_related(Prefetch("codes", Code.objects.order_by("name")))
        .order_by("name")
    )


def comments_of(analysis: AuditAnalysis) -> list[PublishedComment]:
    """What the survey engine published of the audit, in an order of the analysis's own: numbered so, the
    comments are the same to both coders."""
    published = {each.pk: each for each in PublishedComment.objects.filter(wave=analysis.audit.wave_id)}
    return [published[key] for key in shuffled(published, seed=analysis.pk)]


def fewest_of(analysis: AuditAnalysis) -> int:
    """Of how many people a theme is told: what the survey promised."""
    return analysis.audit.wave.threshold


def coder_in(analysis: AuditAnalysis, person_id: UUID) -> Coder | None:
    return next((each for each in analysis.coders_by_part if each.person_id == person_id), None)


def readings_of(coder: Coder) -> dict[UUID, frozenset[UUID]]:
    """Quote -> its codes, as far as PostgreSQL shows them to whoever acts."""
    found = Reading.objects.filter(coder=coder).values_list("quote_id", "codes")
    return {quote: frozenset(codes) for quote, codes in found}


def read_so_far(analysis: AuditAnalysis) -> dict[UUID, int]:
    """Coder -> how many comments they have read, as far as PostgreSQL shows it: the own ones always."""
    counted = Reading.objects.filter(coder__analysis=analysis).values("coder_id").annotate(count=Count("pk"))
    return {row["coder_id"]: row["count"] for row in counted.order_by()}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of two codings: the codes in use, agreement by code and in all, and what is settled."""

    codes: Sequence[Code]
    by_code: Mapping[UUID, Agreement]
    overall: Agreement
    differ: Mapping[Decision, CoderPart]  # who gave the code alone
    opinions: Mapping[Decision, Mapping[CoderPart, bool]]
    consensus: Consensus


def outcome_of(analysis: AuditAnalysis) -> Outcome:
    """Once both have finished: before that PostgreSQL shows no more than the own readings."""
    first, second = (readings_of(coder) for coder in analysis.coders_by_part if coder.part in CODERS)
    given = set().union(*first.values(), *second.values())
    # Also of codes that neither gave: a codebook is judged as a whole.
    codes = [
        code
        for code in Code.objects.filter(programme=analysis.audit.programme_id).order_by("name")
        if code.pk in given or code.retired_on is None
    ]
    opinions = opinions_in(analysis)
    return Outcome(
        codes,
        {code.pk: agreement_on(code.pk, first, second) for code in codes},
        agreement_over([code.pk for code in codes], first, second),
        disagreements(first, second),
        opinions,
        consensus(first, second, opinions),
    )


def opinions_in(analysis: AuditAnalysis) -> dict[Decision, dict[CoderPart, bool]]:
    found: defaultdict[Decision, dict[CoderPart, bool]] = defaultdict(dict)
    said = Opinion.objects.filter(coder__analysis=analysis, coder__left_on=None)
    for each in said.select_related("coder"):
        found[each.quote_id, each.code_id][CoderPart(each.coder.part)] = each.has_code
    return dict(found)


def theme_quotes(analysis: AuditAnalysis, settled: Consensus) -> dict[UUID, frozenset[UUID]]:
    """Theme -> the comments that have one of its codes."""
    themes = dict(
        Code.objects.filter(programme=analysis.audit.programme_id, theme__isnull=False).values_list(
            "pk", "theme_id"
        )
    )
    found: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for quote, codes in settled.codes.items():
        for code in codes:
            if code in themes:
                found[themes[code]].add(quote)
    return {theme: frozenset(quotes) for theme, quotes in found.items()}


def coders_to_code(person_id: UUID) -> QuerySet[Coder]:
    """Where somebody has comments left to code."""
    waiting = codings_of(person_id).filter(
        finished_at=None, part__in=CODERS, analysis__state=AnalysisState.CODING
    )
    return waiting.select_related("analysis__audit__programme").order_by("analysis__coding_since", "pk")
