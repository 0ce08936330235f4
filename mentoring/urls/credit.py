"""The addresses of recognition, below /o/<slug>/mentoring/."""

from __future__ import annotations

from django.urls import path

from mentoring.views import accreditation, credit

urlpatterns = [
    path("credit/", credit.credit, name="credit"),
    path("credit/rule/", credit.credit_rule, name="credit_rule"),
    path("credit/all/", credit.ledger, name="ledger"),
    path("credit/all.csv", credit.ledger_csv, name="ledger_csv"),
    path("credit/<uuid:person_id>/<int:year>.pdf", credit.credit_letter, name="credit_letter"),
    path("accreditation/", accreditation.figures, name="accreditation"),
    path("accreditation.csv", accreditation.figures_csv, name="accreditation_csv"),
]
