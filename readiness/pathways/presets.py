"""The roles this product knows: the academic path and the hospital's, with the moves between them."""

from __future__ import annotations

from readiness.pathways.graph import Kind, Requirement, Role, Track


def _stage(key: str) -> Requirement:
    return Requirement(Kind.STAGE, (key,))


def _points(dimension: str, amount: int) -> Requirement:
    return Requirement(Kind.POINTS, (dimension,), amount)


def _office(years: int, *types: str) -> Requirement:
    return Requirement(Kind.OFFICE, types, years)


def _pods(number: int) -> Requirement:
    return Requirement(Kind.PODS, (), number)


def _publications(number: int) -> Requirement:
    return Requirement(Kind.PUBLICATIONS, (), number)


def _committees(number: int) -> Requirement:
    return Requirement(Kind.COMMITTEES, (), number)


def _leading(years: int) -> Requirement:
    return Requirement(Kind.LEADING, (), years)


# From the first role of each path to its last; among equally near roles the earlier one comes first.
ROLES = (
    Role(
        "chief_resident",
        Track.ACADEMIC,
        (_stage("resident"), _points("team_leadership", 20), _pods(1)),
        up=("programme_director",),
    ),
    Role(
        "programme_director",
        Track.ACADEMIC,
        (
            _stage("fellow"),
            _points("mentorship_engagement", 30),
            _points("team_leadership", 30),
            _publications(3),
        ),
        up=("division_chief",),
        sideways=("head_of_specialty",),
    ),
    Role(
        "head_of_specialty",
        Track.HOSPITAL,
        (_stage("fellow"), _points("team_leadership", 30), _points("financial_acumen", 20), _pods(2)),
        up=("clinical_director",),
        sideways=("programme_director",),
    ),
    Role(
        "division_chief",
        Track.ACADEMIC,
        (
            _stage("early_attending"),
            _points("financial_acumen", 30),
            _points("strategic_insight", 30),
            _publications(5),
        ),
        up=("department_chair",),
        sideways=("clinical_director",),
        office="division_chair",
    ),
    Role(
        "clinical_director",
        Track.HOSPITAL,
        (_stage("early_attending"), _points("financial_acumen", 30), _pods(3), _leading(2)),
        up=("medical_director",),
        sideways=("division_chief",),
    ),
    Role(
        "department_chair",
        Track.ACADEMIC,
        (
            _stage("early_attending"),
            _points("governance_experience", 30),
            _points("strategic_insight", 40),
            _publications(10),
            _office(3, "division_chair", "medical_director"),
        ),
        up=("chief_medical_officer",),
        sideways=("medical_director",),
        office="department_chair",
    ),
    Role(
        "medical_director",
        Track.HOSPITAL,
        (
            _stage("early_attending"),
            _points("governance_experience", 30),
            _points("financial_acumen", 40),
            _committees(1),
            _leading(4),
        ),
        up=("chief_executive",),
        sideways=("department_chair", "chief_medical_officer"),
        office="medical_director",
    ),
    Role(
        "chief_medical_officer",
        Track.ACADEMIC,
        (
            _points("strategic_insight", 40),
            _points("governance_experience", 40),
            _office(4, "department_chair", "medical_director"),
            _leading(6),
        ),
        up=("chief_executive",),
        sideways=("medical_director",),
    ),
    Role(
        "chief_executive",
        Track.HOSPITAL,
        (
            _points("strategic_insight", 40),
            _points("financial_acumen", 40),
            _office(4, "medical_director", "department_chair"),
            _leading(8),
        ),
        office="chief_executive",
    ),
)
