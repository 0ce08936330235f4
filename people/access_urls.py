"""Addresses of who may enter, and of one's own settings, below /o/<slug>/."""

from django.urls import path

from people.views import access, api_tokens, archive, own_settings

app_name = "access"

urlpatterns = [
    path("settings/", own_settings.settings, name="settings"),
    path("settings/archive/", archive.archive, name="archive"),
    path("settings/tokens/", api_tokens.tokens, name="tokens"),
    path("settings/tokens/<uuid:token_id>/revoke/", api_tokens.revoke, name="revoke_token"),
    path("invitations/", access.invitations, name="invitations"),
    path("invitations/new/", access.invite_group, name="invite_group"),
    path("invitations/<uuid:invitation_id>/revoke/", access.revoke, name="revoke_invitation"),
    path("people/<uuid:person_id>/access/", access.person_access, name="person"),
    path("people/<uuid:person_id>/access/invite/", access.invite, name="invite"),
    path("people/<uuid:person_id>/access/end/", access.end, name="end"),
]
