"""The addresses of satisfaction, below /o/<slug>/mentoring/."""

from __future__ import annotations

from django.urls import path

import tenancy.converters  # noqa: F401 - <quarter:...>
from mentoring.views import satisfaction

urlpatterns = [
    path("satisfaction/", satisfaction.satisfaction, name="satisfaction"),
    path("satisfaction/index/", satisfaction.index, name="satisfaction_index"),
    path("satisfaction/index.csv", satisfaction.index_csv, name="satisfaction_index_csv"),
    path("satisfaction/<uuid:mentorship_id>/<quarter:quarter>/", satisfaction.rate, name="satisfaction_rate"),
]
