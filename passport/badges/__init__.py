"""Open Badges 3.0, the Comprehensive Learner Record 2.0 and what proves them: plain values, without Django,
database or clock."""

from passport.badges.checking import Finding, Outcome, Report, Verdict, check, issuer_of, names_of_lists
from passport.badges.credentials import (
    CONTEXTS,
    Achievement,
    Badge,
    Entry,
    Issuer,
    achievement_credential,
    claims_of,
    identity_of,
    learner_record,
    without_claims,
)
from passport.badges.keys import Algorithm, SigningPair, make_pair, pair_of
from passport.badges.lists import LIST_BITS, bits_of, encoded, status_credential
from passport.badges.papers import Papers, sorted_papers
from passport.badges.tokens import TokenError, claims_unverified, sign, verified_claims

__all__ = [
    "CONTEXTS",
    "LIST_BITS",
    "Achievement",
    "Algorithm",
    "Badge",
    "Entry",
    "Finding",
    "Issuer",
    "Outcome",
    "Papers",
    "Report",
    "SigningPair",
    "TokenError",
    "Verdict",
    "achievement_credential",
    "bits_of",
    "check",
    "claims_of",
    "claims_unverified",
    "encoded",
    "identity_of",
    "issuer_of",
    "learner_record",
    "make_pair",
    "names_of_lists",
    "pair_of",
    "sign",
    "sorted_papers",
    "status_credential",
    "verified_claims",
    "without_claims",
]
