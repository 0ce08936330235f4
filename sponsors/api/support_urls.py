"""Addresses of coaching, obstacles and contacts in the API."""

from __future__ import annotations

from django.urls import path

from sponsors.api import coaching, contacts, obstacles

LEADER = "clinic/leaders/<uuid:person_id>"
COACHING = f"{LEADER}/coaching/<uuid:session_id>"
OBSTACLE = "clinic/obstacles/<uuid:obstacle_id>"

urlpatterns = [
    path("me/coaching", coaching.CoachView.as_view(), name="coach"),
    path(f"{LEADER}/coaching", coaching.CoachingSessionsView.as_view(), name="coaching"),
    path(COACHING, coaching.CoachingSessionView.as_view(), name="coaching_session"),
    path(f"{COACHING}/cancel", coaching.CancelCoachingView.as_view(), name="coaching_cancel"),
    path(f"{COACHING}/record", coaching.RecordCoachingView.as_view(), name="coaching_record"),
    path("me/obstacles", obstacles.OwnObstaclesView.as_view(), name="obstacles_mine"),
    path("clinic/obstacle-report", obstacles.ObstacleReportView.as_view(), name="obstacle_report"),
    path(f"{LEADER}/obstacles", obstacles.ObstaclesView.as_view(), name="obstacles"),
    path(OBSTACLE, obstacles.ObstacleView.as_view(), name="obstacle"),
    path(f"{OBSTACLE}/change", obstacles.ChangeObstacleView.as_view(), name="obstacle_change"),
    path(f"{OBSTACLE}/close", obstacles.CloseObstacleView.as_view(), name="obstacle_close"),
    path(f"{OBSTACLE}/reopen", obstacles.ReopenObstacleView.as_view(), name="obstacle_reopen"),
    path("me/contacts", contacts.OwnContactsView.as_view(), name="contacts_mine"),
    path(f"{LEADER}/contacts", contacts.ContactsView.as_view(), name="contacts"),
    path("clinic/contacts/<uuid:contact_id>", contacts.ContactView.as_view(), name="contact"),
]
