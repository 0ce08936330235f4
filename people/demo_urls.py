"""Addresses that exist in demo mode only."""

from django.urls import path

from people.views import demo

app_name = "demo"

urlpatterns = [
    path("sign-in/", demo.sign_in, name="sign_in"),
    path("mail/", demo.mails, name="mails"),
    path("mail/<str:name>/", demo.mail, name="mail"),
]
