"""The tags an organisation starts with; from then on they are its own to change."""

from __future__ import annotations

from typing import Final

from mentoring.enums import TagKind

# Interests weigh more than where somebody works: a mentor is sought for what they know of leading.
PRESET_WEIGHTS: Final = {TagKind.INTEREST: 3, TagKind.FUNCTION: 2, TagKind.SPECIALTY: 1}

PRESET_TAGS: Final[dict[TagKind, tuple[str, ...]]] = {
    TagKind.INTEREST: (
        "Leading a team through change",
        "Giving feedback and holding hard conversations",
        "Running meetings that decide",
        "Quality improvement",
        "Patient safety and learning from harm",
        "Health-service finance and budgets",
        "Workforce planning and rosters",
        "Recruiting and keeping good people",
        "Wellbeing and preventing burnout",
        "Inclusion and fair careers",
        "Strategy for a service",
        "Negotiation and conflict",
        "Governance and board papers",
        "Leading with nurses and managers as partners",
        "Digital health and clinical data",
        "Ethics of scarce resources",
        "Speaking in public and to the press",
        "Balancing clinic, leadership and home",
    ),
    TagKind.FUNCTION: (
        "Clinical operations",
        "Medical education",
        "Clinical research",
        "Quality and safety office",
        "Informatics",
        "Finance and contracting",
        "Human resources",
        "Public and community health",
        "Policy and advocacy",
        "Innovation and new services",
    ),
    TagKind.SPECIALTY: (
        "Anaesthesia",
        "Critical care",
        "Emergency medicine",
        "General practice and primary care",
        "Internal medicine",
        "Cardiology",
        "Oncology",
        "Surgery",
        "Obstetrics and gynaecology",
        "Paediatrics",
        "Psychiatry",
        "Radiology",
        "Nursing and midwifery",
    ),
}
