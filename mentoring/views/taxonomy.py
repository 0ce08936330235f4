"""The organisation's tags, as those keep them who may."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mentoring.enums import TagKind
from mentoring.figures.taxonomy import wanted_chart
from mentoring.forms.tags import TAG_GROUPS
from mentoring.forms.taxonomy import FindTagForm, NewTagForm, TagForm
from mentoring.models import Tag
from mentoring.permissions import TAXONOMY_IS_KEPT_BY, can_keep_taxonomy
from mentoring.queries.taxonomy import UsedTag, tags_with_use
from mentoring.services.taxonomy import add_tag, change_tag, restore_tag, retire_tag
from people.access import MemberRequest, demand, member_view
from web.filters import chips
from web.forms import status_of
from web.shell import Crumb


@dataclass(frozen=True, slots=True)
class TagGroup:
    """Tags of a kind, as the list shows them."""

    kind: TagKind
    title: str
    tags: list[UsedTag]
    is_open: bool

    @property
    def lacking(self) -> int:
        return sum(each.is_lacking for each in self.tags)


@member_view
def tags(request: MemberRequest) -> HttpResponse:
    """Every tag by kind, with how many look for it and how many offer it; a kind opens when something is
    looked for, or when it is the one just worked on."""
    demand(can_keep_taxonomy(request.member), TAXONOMY_IS_KEPT_BY)
    form = FindTagForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    used = tags_with_use(on=timezone.localdate(), named=words)
    context = {
        "form": form,
        "chips": chips(request, form),
        "groups": [
            TagGroup(kind, str(TAG_GROUPS[kind]), used[kind], bool(words) or request.GET.get("kind") == kind)
            for kind in TagKind
            if used[kind] or not words
        ],
        "most_wanted": None if words else wanted_chart(used),
        "breadcrumbs": [Crumb(_("Tags"))],
    }
    return render(request, "mentoring/tags.html", context)


@member_view
def tag_new(request: MemberRequest) -> HttpResponse:
    """Add a tag."""
    demand(can_keep_taxonomy(request.member), TAXONOMY_IS_KEPT_BY)
    kind = request.GET.get("kind")
    form = NewTagForm(
        request.POST or None, initial={"kind": kind if kind in TagKind.values else TagKind.INTEREST}
    )
    if request.method == "POST" and form.is_valid():
        try:
            tag = add_tag(**form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Added: %s.") % tag.name)
            return redirect(tags_of_kind(request, tag))
    return form_page(request, form, _("Add a tag"))


@member_view
def tag_edit(request: MemberRequest, tag_id: UUID) -> HttpResponse:
    """Word or weigh a tag differently."""
    demand(can_keep_taxonomy(request.member), TAXONOMY_IS_KEPT_BY)
    tag = get_object_or_404(Tag, pk=tag_id)
    form = TagForm(request.POST or None, initial={"name": tag.name, "weight": tag.weight})
    if request.method == "POST" and form.is_valid():
        try:
            change_tag(tag, **form.cleaned_data, by=request.member)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(tags_of_kind(request, tag))
    return form_page(request, form, _("Change a tag"), tag)


@require_POST
@member_view
def tag_retire(request: MemberRequest, tag_id: UUID) -> HttpResponse:
    """Offer a tag no more."""
    tag = get_object_or_404(Tag, pk=tag_id)
    retire_tag(tag, on=timezone.localdate(), by=request.member)
    messages.success(request, _("Retired: %s. Nobody can choose it any more.") % tag.name)
    return redirect(tags_of_kind(request, tag))


@require_POST
@member_view
def tag_restore(request: MemberRequest, tag_id: UUID) -> HttpResponse:
    """Offer a retired tag again."""
    tag = get_object_or_404(Tag, pk=tag_id)
    restore_tag(tag, by=request.member)
    messages.success(request, _("Back in use: %s.") % tag.name)
    return redirect(tags_of_kind(request, tag))


def tags_of_kind(request: MemberRequest, tag: Tag) -> str:
    """Back to the list, with the tag's kind open."""
    return f"{reverse('mentoring:tags', args=[request.organization.slug])}?kind={tag.kind}#{tag.kind}"


def form_page(request: MemberRequest, form: TagForm, title: str, tag: Tag | None = None) -> HttpResponse:
    back = Crumb(_("Tags"), reverse("mentoring:tags", args=[request.organization.slug]))
    context = {"form": form, "title": title, "tag": tag, "breadcrumbs": [back, Crumb(title)]}
    return render(request, "mentoring/tag_form.html", context, status=status_of(form))
