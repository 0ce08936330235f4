"""The addresses of a leader's reviews, below /o/<slug>/clinic/leaders/<id>/reviews/."""

from __future__ import annotations

from django.urls import path

from sponsors.views import reviews

urlpatterns = [
    path("", reviews.review_list, name="reviews"),
    path("call/", reviews.call, name="review_call"),
    path("<uuid:review_id>/", reviews.review, name="review"),
    path("<uuid:review_id>/view/", reviews.leader_view, name="review_view"),
    path("<uuid:review_id>/sign/", reviews.sign, name="review_sign"),
]
