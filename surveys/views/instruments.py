"""Questionnaires: which there are, one as a respondent sees it, writing a draft, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people.access import MemberRequest, demand, member_view
from surveys.built_in import CONFIDENCE_PULSE, open_question_of
from surveys.composition import Composition
from surveys.enums import InstrumentState, WaveState
from surveys.forms.answering import AnswerForm
from surveys.forms.instruments import GROUPS, InstrumentForm
from surveys.instrument_queries import (
    composition_of,
    instruments_with_counts,
    versions_of,
    waves_of,
)
from surveys.models import Instrument
from surveys.permissions import SURVEYS_ARE_RUN_BY, can_run_surveys
from surveys.queries import instrument_items
from surveys.services.instruments import (
    InstrumentError,
    activate_instrument,
    change_draft,
    copy_instrument,
    create_draft,
    discard_draft,
    fingerprint,
    restore_instrument,
    retire_instrument,
)
from surveys.views.crumbs import crumbs
from surveys.wording import group_label
from web.forms import status_of
from web.paging import numbered_page
from web.shell import Crumb, Link

SHOWN = {"": None, **{state.value: state for state in InstrumentState}}


def instrument_crumbs(request: MemberRequest, *rest: Crumb) -> list[Crumb]:
    page = reverse("surveys:instruments", args=[request.organization.slug]) if rest else ""
    return crumbs(request, Crumb(_("Questionnaires"), page), *rest)


def shown_instrument(request: MemberRequest, instrument_id: UUID) -> Instrument:
    """An instrument of the organisation, for those who run surveys; 404 before 403."""
    found = get_object_or_404(Instrument, pk=instrument_id)
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    return found


@member_view
def instruments(request: MemberRequest) -> HttpResponse:
    """All questionnaires of the organisation, or those in one state."""
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    chosen = request.GET.get("state", "")
    found = instruments_with_counts()
    if SHOWN.get(chosen):
        found = found.filter(state=chosen)
    tabs = [
        Link(str(state.label) if state else _("All"), f"?state={value}", current=value == chosen)
        for value, state in SHOWN.items()
    ]
    context = {
        "page": numbered_page(request, found),
        "tabs": tabs,
        "breadcrumbs": instrument_crumbs(request),
    }
    return render(request, "surveys/instruments.html", context)


@member_view
def instrument(request: MemberRequest, instrument_id: UUID) -> HttpResponse:
    """One questionnaire as whoever answers sees it, and what is known about it."""
    found = shown_instrument(request, instrument_id)
    composition = composition_of(found)
    context = {
        "instrument": found,
        "form": AnswerForm(items=list(instrument_items(found)), open_question=open_question_of(found.key)),
        "scales": _scales(composition),
        "facts": _facts(found, composition),
        "obstacle": composition.obstacle if found.state == InstrumentState.DRAFT else "",
        "versions": versions_of(found).exclude(pk=found.pk),
        "waves": waves_of(found)[:20],
        "published": WaveState.PUBLISHED,
        "stays": found.key == CONFIDENCE_PULSE.key,
        "breadcrumbs": instrument_crumbs(request, Crumb(found.title)),
    }
    return render(request, "surveys/instrument.html", context)


def _facts(found: Instrument, composition: Composition) -> list[tuple[str, object]]:
    index = [w.question for w in composition.wordings if w.question.part == "index"]
    facts: list[tuple[str, object]] = [
        (_("Version"), found.version),
        (_("Answers speak of"), found.get_about_display()),
        (_("Questions"), len(composition.wordings)),
        (_("Of the index"), len(index)),
        (_("Must be answered"), found.minimum_answered),
    ]
    if not composition.obstacle:
        low, high = len(index) * index[0].low, len(index) * index[0].high
        facts.append((_("Index"), _("%(low)d to %(high)d points") % {"low": low, "high": high}))
    if found.holder:
        facts.append((_("Holder of the wording"), found.holder))
    return facts


def _scales(composition: Composition) -> list[tuple[str, str, int]]:
    """What is measured: its name, what it counts towards, with how many questions."""
    counts: dict[tuple[str, str], int] = {}
    for wording in composition.wordings:
        scale = (wording.question.part, wording.question.group)
        counts[scale] = counts.get(scale, 0) + 1
    return [
        (group_label(group), _("index") if part == "index" else _("outcome"), count)
        for (part, group), count in counts.items()
    ]


@member_view
def instrument_new(request: MemberRequest) -> HttpResponse:
    """Write a questionnaire of one's own."""
    demand(can_run_surveys(request.member), SURVEYS_ARE_RUN_BY)
    back = reverse("surveys:instruments", args=[request.organization.slug])
    return _edit(
        request,
        InstrumentForm.about_to_change(None),
        lambda composition, _seen: create_draft(composition, by=request.member),
        {"title": _("New questionnaire"), "back": back, "breadcrumbs": [Crumb(_("New"))]},
    )


@member_view
def instrument_edit(request: MemberRequest, instrument_id: UUID) -> HttpResponse:
    """Change a draft. What is in use cannot be changed."""
    found = shown_instrument(request, instrument_id)
    page = reverse("surveys:instrument", args=[request.organization.slug, found.pk])
    if found.state != InstrumentState.DRAFT:
        messages.warning(request, _("Only drafts can be changed. Make a new version or a copy of this one."))
        return redirect(page)
    stored = composition_of(found)
    return _edit(
        request,
        InstrumentForm.about_to_change(stored, fingerprint(stored)),
        lambda composition, seen: change_draft(found, composition, seen=seen, by=request.member),
        {
            "title": _("Change %(title)s") % {"title": found.title},
            "back": page,
            "breadcrumbs": [Crumb(found.title, page), Crumb(_("Change"))],
        },
    )


def _edit(
    request: MemberRequest,
    form: InstrumentForm,
    save: Callable[[Composition, str], Instrument],
    context: dict[str, object],
) -> HttpResponse:
    """Show the form, give it more rows or another order, or save it."""
    if request.method == "POST" and "more" in request.POST:
        form = InstrumentForm.with_more_rows(request.POST)
    elif request.method == "POST" and ("up" in request.POST or "down" in request.POST):
        by = -1 if "up" in request.POST else 1
        place = request.POST.get("up") or request.POST.get("down") or ""
        form = InstrumentForm.with_row_moved(request.POST, place, by=by)
    elif request.method == "POST":
        form = InstrumentForm.sent(request.POST)
        if form.is_valid() and form.composition is not None:
            try:
                saved = save(form.composition, form.cleaned_data["seen"])
            except InstrumentError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The draft is saved."))
                return redirect("surveys:instrument", request.organization.slug, saved.pk)
    trail = context.pop("breadcrumbs")
    assert isinstance(trail, list)  # noqa: S101 - given above
    context |= {"form": form, "groups": GROUPS, "breadcrumbs": instrument_crumbs(request, *trail)}
    return render(request, "surveys/instrument_edit.html", context, status=status_of(form))


@require_POST
@member_view
def instrument_copy(request: MemberRequest, instrument_id: UUID) -> HttpResponse:
    """A draft with the same questions: the next version, or a questionnaire of its own."""
    found = shown_instrument(request, instrument_id)
    try:
        draft = copy_instrument(found, as_version="version" in request.POST, by=request.member)
    except InstrumentError as error:
        return _refused(request, found, error)
    messages.success(request, _("Here is the draft. Nothing of the other one has changed."))
    return redirect("surveys:instrument_edit", request.organization.slug, draft.pk)


@require_POST
@member_view
def instrument_activate(request: MemberRequest, instrument_id: UUID) -> HttpResponse:
    """Put a draft to use."""
    found = shown_instrument(request, instrument_id)
    try:
        retired = activate_instrument(found, by=request.member)
    except InstrumentError as error:
        return _refused(request, found, error)
    if retired:
        words = _("%(title)s is in use. Version %(version)d is retired.")
        messages.success(request, words % {"title": found.title, "version": retired[0].version})
    else:
        messages.success(request, _("%(title)s is in use.") % {"title": found.title})
    return redirect("surveys:instrument", request.organization.slug, found.pk)


@require_POST
@member_view
def instrument_retire(request: MemberRequest, instrument_id: UUID) -> HttpResponse:
    """Ask it no more."""
    found = shown_instrument(request, instrument_id)
    try:
        retire_instrument(found, by=request.member)
    except InstrumentError as error:
        return _refused(request, found, error)
    messages.success(request, _("%(title)s is retired.") % {"title": found.title})
    return redirect("surveys:instrument", request.organization.slug, found.pk)


@require_POST
@member_view
def instrument_restore(request: MemberRequest, instrument_id: UUID) -> HttpResponse:
    """Take it into use again."""
    found = shown_instrument(request, instrument_id)
    try:
        restore_instrument(found, by=request.member)
    except InstrumentError as error:
        return _refused(request, found, error)
    messages.success(request, _("%(title)s is in use again.") % {"title": found.title})
    return redirect("surveys:instrument", request.organization.slug, found.pk)


@require_POST
@member_view
def instrument_discard(request: MemberRequest, instrument_id: UUID) -> HttpResponse:
    """Delete a draft."""
    found = shown_instrument(request, instrument_id)
    try:
        discard_draft(found, by=request.member)
    except InstrumentError as error:
        return _refused(request, found, error)
    messages.success(request, _("The draft is deleted."))
    return redirect("surveys:instruments", request.organization.slug)


def _refused(request: MemberRequest, found: Instrument, error: InstrumentError) -> HttpResponse:
    messages.error(request, str(error))
    return redirect("surveys:instrument", request.organization.slug, found.pk)
