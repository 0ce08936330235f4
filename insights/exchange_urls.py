"""Addresses of the exchange with other organisations."""

from __future__ import annotations

from django.urls import path

from insights.views import exchange

urlpatterns = [
    path("exchange/", exchange.exchange, name="exchange"),
    path("exchange.csv", exchange.exchange_csv, name="exchange_csv"),
    path("exchange/file/", exchange.letter_out, name="exchange_letter_out"),
    path("exchange/keys/", exchange.keys_out, name="exchange_keys_out"),
    path("exchange/partners/new/", exchange.partner_new, name="exchange_partner_new"),
    path(
        "exchange/partners/<uuid:partner_id>/remove/", exchange.partner_remove, name="exchange_partner_remove"
    ),
    path("exchange/bring/", exchange.letter_in, name="exchange_letter_in"),
]
