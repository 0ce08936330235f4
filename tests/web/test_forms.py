"""What pages with a form answer."""

from django import forms
from django.template.loader import render_to_string

from web.forms import status_of


class Form(forms.Form):
    name = forms.CharField()


def test_a_page_with_a_form_that_is_wrong_says_so_in_its_status() -> None:
    assert status_of(Form()) == 200
    assert status_of(Form({"name": "Ada"})) == 200
    assert status_of(Form({"name": ""})) == 422


def test_a_reason_that_a_service_gave_counts_as_well() -> None:
    form = Form({"name": "Ada"})
    form.add_error(None, "There is one of this name.")
    assert status_of(form) == 422


def test_no_colon_follows_a_label_that_is_a_sentence() -> None:
    class Questions(forms.Form):
        name = forms.CharField(label="Name")
        own = forms.CharField(label="I know my team.")

    markup = render_to_string("web/form_errors.html", {"form": Questions({})})
    assert "Name</a>: This field" in markup
    assert "I know my team.</a> This field" in markup
