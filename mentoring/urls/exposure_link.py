"""The address in a reminder of the exposure log, below /exposures/<organisation>/: nobody signs in for it."""

from django.urls import path

from mentoring.views import exposure_link

app_name = "exposures"

urlpatterns = [path("<str:token>/", exposure_link.log, name="log")]
