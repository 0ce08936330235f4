"""The addresses of contacts, below /o/<slug>/clinic/."""

from __future__ import annotations

from django.urls import path

from sponsors.views import contacts

urlpatterns = [
    path("leaders/<uuid:person_id>/contacts/", contacts.contacts, name="contacts"),
    path("contacts/", contacts.mine, name="contacts_mine"),
    path("contacts/<uuid:contact_id>/remove/", contacts.contact_remove, name="contact_remove"),
]
