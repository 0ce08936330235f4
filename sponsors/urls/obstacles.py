"""The addresses of obstacles, below /o/<slug>/clinic/: a leader's, one, and the report."""

from __future__ import annotations

from django.urls import path

from sponsors.views import obstacle_report, obstacles

urlpatterns = [
    path("leaders/<uuid:person_id>/obstacles/", obstacles.obstacles, name="obstacles"),
    path("obstacles/", obstacles.mine, name="obstacles_mine"),
    path("obstacles/report/", obstacle_report.report, name="obstacle_report"),
    path("obstacles/report.csv", obstacle_report.report_csv, name="obstacle_report_csv"),
    path("obstacles/<uuid:obstacle_id>/", obstacles.obstacle, name="obstacle"),
    *(
        path(f"obstacles/<uuid:obstacle_id>/{name}/", obstacles.step_of(name), name=f"obstacle_{name}")
        for name in obstacles.STEPS
    ),
]
