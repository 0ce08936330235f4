"""Addresses of the Passport's part of the API, below /api/v1/o/<slug>/."""

from django.urls import path

from passport import api, badge_api, feed_api, outside_api, pod_api

app_name = "passport_api"

urlpatterns = [
    path("changes/stamps", feed_api.StampFeedView.as_view(), name="stamp_feed"),
    path("xapi/statements", outside_api.StatementsView.as_view(), name="xapi_statements"),
    path("me/passport", api.OwnPassportView.as_view(), name="mine"),
    path("me/badges", badge_api.OwnBadgesView.as_view(), name="my_badges"),
    path("me/badges/record", badge_api.OwnRecordView.as_view(), name="my_badge_record"),
    path("me/pods", pod_api.OwnPodsView.as_view(), name="my_pods"),
    path("people/<uuid:person_id>/pods", pod_api.PodsView.as_view(), name="pods"),
    path("people/<uuid:person_id>/passport", api.PassportView.as_view(), name="person"),
]
