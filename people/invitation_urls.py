"""The address in an invitation's mail, below /invitations/<organisation>/: who opens it is no member yet."""

from django.urls import path

from people.views import invitation_letter

app_name = "invitations"

urlpatterns = [path("<str:token>/", invitation_letter.accept, name="accept")]
