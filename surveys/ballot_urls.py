"""The address in an invitation to answer, below /answers/<organisation>/: who opens it need not sign in."""

from __future__ import annotations

from django.urls import path

from surveys.views import answering

app_name = "ballots"

urlpatterns = [path("<str:token>/", answering.answer_by_link, name="answer")]
