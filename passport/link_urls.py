"""The address behind a private link, below /passports/<organisation>/: nobody signs in for it."""

from django.urls import path

from passport.views import links

app_name = "passports"

urlpatterns = [path("<str:secret>/", links.shared, name="shared")]
