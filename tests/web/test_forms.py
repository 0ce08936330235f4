"""What pages with a form answer."""

from django import forms

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
