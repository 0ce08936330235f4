"""The rule of matching: in force, its history, changing it."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mentoring.forms.rule import RuleForm
from mentoring.models import MatchWeights
from mentoring.permissions import TAXONOMY_IS_KEPT_BY, can_keep_taxonomy
from mentoring.queries.rule import rule_history, rule_in_force
from mentoring.services.rule import change_rule, rule_of
from people.access import MemberRequest, demand, member_view
from web.forms import status_of
from web.shell import Crumb


@member_view
def rule(request: MemberRequest) -> HttpResponse:
    """By what mentors are proposed, and who changed it when: everybody may read it."""
    history = list(rule_history()[:20]) or [MatchWeights(version=1)]
    context = {
        "rule": rule_of(history[0]),
        "version": history[0],
        "history": [(version, rule_of(version)) for version in history],
        "may_change": can_keep_taxonomy(request.member),
        "breadcrumbs": [Crumb(_("Rule of matching"))],
    }
    return render(request, "mentoring/rule.html", context)


@member_view
def rule_edit(request: MemberRequest) -> HttpResponse:
    """Put a new version in force."""
    demand(can_keep_taxonomy(request.member), TAXONOMY_IS_KEPT_BY)
    newest = rule_in_force()
    form = RuleForm(request.POST or None, initial={**asdict(rule_of(newest)), "version": newest.version})
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_rule(form.rule(), after=form.cleaned_data["version"], by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Version %(version)d is in force.") % {"version": changed.version})
            return redirect("mentoring:rule", request.organization.slug)
    back = Crumb(_("Rule of matching"), reverse("mentoring:rule", args=[request.organization.slug]))
    context = {"form": form, "breadcrumbs": [back, Crumb(_("Change"))]}
    return render(request, "mentoring/rule_form.html", context, status=status_of(form))
