"""How django-allauth behaves here."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmationHMAC
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest
from django.utils.translation import gettext

from people.mail import send_soon
from people.services.api_tokens import end_tokens_of_login
from tenancy.models import User
from web.addresses import full_address
from web.ciphers import opened, sealed


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come by invitation; mails go out behind the answer."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def format_email_subject(self, subject: str) -> str:
        return f"ClinicLeader: {subject}"

    def set_password(self, user: User, password: str) -> None:
        """Every way to a new password ends here: changing, setting and resetting it."""
        super().set_password(user, password)
        end_tokens_of_login(user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        return _below_base_url(super().get_reset_password_from_key_url(key))

    def get_email_confirmation_url(
        self, request: HttpRequest, emailconfirmation: EmailConfirmationHMAC
    ) -> str:
        return _below_base_url(super().get_email_confirmation_url(request, emailconfirmation))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        send_soon(self.render_mail(template_prefix, email, {"email": email, **context}))


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Authenticator secrets are encrypted: a copy of the database is no second factor."""

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:  # noqa: A002 - allauth's
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)d") % {"number": number}

    def encrypt(self, text: str) -> str:
        return sealed(text, purpose="mfa")

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text, purpose="mfa")


def _below_base_url(url: str) -> str:
    """Links in mails lead where the settings say: a request could claim another host and wait for the key."""
    return full_address(urlsplit(url).path)
