from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from django import forms
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.built_in import open_question_of
from surveys.models import InstrumentItem
from surveys.papers import Paper

CANNOT_SAY: Final = "none"
LONGEST_COMMENT: Final = 1_000


def read_answer(value: str) -> int | None:
    return None if value == CANNOT_SAY else int(value)


class AnswerForm(forms.Form):
    """The questions of an instrument, all of them needed; "cannot say" is an answer. Nothing is chosen
    beforehand, but what was saved on this device."""

    comment = forms.CharField(
        label=_("Is there anything you would like to add?"),
        required=False,
        max_length=LONGEST_COMMENT,
        strip=True,
        help_text=_("Leave out names and whatever only you could know."),
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        items: Sequence[InstrumentItem],
        questions: Mapping[str, forms.Field] | None = None,
        saved: Mapping[str, str] | None = None,
        open_question: str = "",
    ) -> None:
        super().__init__(data, initial=dict(saved or {}))
        self.items = items
        self.missing: list[str] = []  # the keys of questions without an answer
        # The comment comes last.
        self.fields = {**(questions or questions_of(items)), "comment": self.fields["comment"]}
        if open_question:
            self.fields["comment"].label = open_question

    def clean(self) -> None:
        """Where nothing at all is answered, that is said once, and not at every question."""
        self.missing = [item.key for item in self.items if self.has_error(item.key, "required")]
        if len(self.missing) == len(self.items):
            for key in self.missing:
                del self.errors[key]
            self.add_error(None, _("No question is answered."))

    @property
    def first(self) -> BoundField:
        return self[self.items[0].key]

    @property
    def answers(self) -> list[int | None]:
        """In the order of the items, once the form is valid."""
        return [self.cleaned_data[item.key] for item in self.items]

    def chosen(self) -> dict[str, str]:
        """What is filled in so far and can be taken up again, valid or not."""
        return {
            item.key: value
            for item in self.items
            if (value := str(self.data.get(item.key, ""))) in dict(choices_of(item))
        }

    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The questions under their headings, in order."""
        sections: dict[str, list[BoundField]] = {}
        for item in self.items:
            sections.setdefault(item.section, []).append(self[item.key])
        yield from sections.items()


def questions_of(items: Sequence[InstrumentItem]) -> dict[str, forms.Field]:
    """A field for each question, by the item's key."""
    return {
        item.key: forms.TypedChoiceField(
            label=item.text,
            coerce=read_answer,
            choices=choices_of(item),
            widget=forms.RadioSelect,
            error_messages={
                "required": _("Choose one of the answers."),
                "invalid_choice": _("%(value)s is none of the answers. Choose one of them."),
            },
        )
        for item in items
    }


def form_of(
    paper: Paper, data: QueryDict | None = None, *, saved: Mapping[str, str] | None = None
) -> AnswerForm:
    """The form of a wave that was launched."""
    return AnswerForm(
        data,
        items=paper.items,
        questions=_printed(paper),
        saved=saved,
        open_question=open_question_of(paper.instrument.key),
    )


@lru_cache(maxsize=64)
def _printed(paper: Paper) -> Mapping[str, forms.Field]:
    """Made once for all who answer: fields hold what is asked, never what somebody answers, and nothing here
    changes one."""
    return MappingProxyType(questions_of(paper.items))


def choices_of(item: InstrumentItem) -> list[tuple[str, str | Promise]]:
    """From the lowest answer to the highest, then "cannot say" where the item allows it."""
    levels = range(item.low, item.high + 1)
    choices: list[tuple[str, str | Promise]] = [
        (str(level), str(label)) for level, label in zip(levels, item.labels or levels, strict=True)
    ]
    return [*choices, (CANNOT_SAY, _("Cannot say"))] if item.cannot_say else choices
