"""What verifiers of badges read, below /badges/<organisation>/: nobody signs in for it."""

from django.urls import path

from passport.views import issuer

app_name = "badges"

urlpatterns = [
    path("issuer.json", issuer.profile, name="issuer"),
    path("jwks.json", issuer.keys, name="keys"),
    path("keys/<uuid:key_id>.json", issuer.key, name="key"),
    path("status/<int:number>", issuer.status, name="status"),
    path("achievements/<uuid:milestone_id>.json", issuer.achievement, name="achievement"),
]
