"""The address in a mail that stops reminders, below /reminders/<organisation>/: nobody signs in for it."""

from django.urls import path

from surveys.views import reminders

app_name = "reminders"

urlpatterns = [path("<str:token>/", reminders.stop, name="stop")]
