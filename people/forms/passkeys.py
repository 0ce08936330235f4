"""django-allauth's passkey forms, for which anything that is no credential is a wrong one, never a crash."""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn import forms
from django.forms import BooleanField
from django.utils.translation import gettext_lazy as _

# What decoding a made-up credential raises: missing keys, other types, broken CBOR.
NO_CREDENTIAL = (KeyError, IndexError, TypeError, AttributeError, ValueError, OverflowError, struct.error)


class _Refusing:
    """Turns the errors of decoding into "incorrect code"."""

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form it is mixed into
        except NO_CREDENTIAL as error:
            raise get_adapter().validation_error("incorrect_code") from error


class LoginForm(_Refusing, forms.LoginWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    pass


class AuthenticateForm(_Refusing, forms.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(_Refusing, forms.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AddForm(forms.AddWebAuthnForm):  # type: ignore[misc]
    passwordless = BooleanField(
        label=_("Sign in with it alone, without the password"),
        required=False,
        initial=True,
        help_text=_("The device then asks for a fingerprint, face or PIN. Otherwise it is a second step."),
    )

    def clean(self) -> dict[str, Any]:
        try:
            values: dict[str, Any] = super().clean()
        except NO_CREDENTIAL as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return values
