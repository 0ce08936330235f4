"""Wexmoor University Hospitals: an NHS foundation trust somewhere in the west of England."""

from __future__ import annotations

from clinicleader.demo.names import FAMILY_UK
from clinicleader.demo.shapes import (
    Job,
    JobShape,
    Lead,
    Office,
    OrganizationShape,
    Part,
    UnitShape,
    department,
    division,
    microsystem,
    site,
)
from people.enums import CareerStage, PositionType, Profession, UnitKind

CLINICAL_LEAD = Lead("Clinical Lead", PositionType.DEPARTMENT_CHAIR, Job.ATTENDING)
CLINICAL_DIRECTOR = Lead("Clinical Director", PositionType.DIVISION_CHAIR, Job.ATTENDING)
WARD_MANAGER = Lead("Ward Manager", PositionType.NURSE_LEADER, Job.NURSE)
HEAD = Lead("Head of Service", PositionType.ADMINISTRATOR, Job.ADMINISTRATOR)
SITE_DIRECTOR = Lead("Associate Medical Director", PositionType.MEDICAL_DIRECTOR, Job.ATTENDING)
YOUNG_LEAD = Lead("Clinical Lead", PositionType.DEPARTMENT_CHAIR, Job.EARLY_ATTENDING)
CHIEF_PHARMACIST = Lead("Chief Pharmacist", PositionType.OTHER, Job.PHARMACIST)
THERAPY_LEAD = Lead("Superintendent", PositionType.OTHER, Job.ALLIED)

ROYAL = site(
    "Wexmoor Royal Infirmary",
    Lead("Chief Operating Officer", PositionType.ADMINISTRATOR, Job.ADMINISTRATOR),
    division(
        "Medicine Division",
        CLINICAL_DIRECTOR,
        department(
            "Acute Medicine",
            CLINICAL_LEAD,
            microsystem("Acute Medical Unit", WARD_MANAGER, nurse=15, allied=1),
            attending=4,
            early_attending=3,
            resident=9,
            fellow=3,
        ),
        department(
            "Cardiology",
            CLINICAL_LEAD,
            microsystem("Coronary Care Unit", WARD_MANAGER, nurse=12),
            microsystem("Ward 7", WARD_MANAGER, nurse=11),
            attending=4,
            early_attending=2,
            fellow=5,
            resident=4,
        ),
        department(
            "Respiratory Medicine",
            CLINICAL_LEAD,
            microsystem("Ward 9", WARD_MANAGER, nurse=12, allied=2),
            attending=3,
            early_attending=2,
            fellow=3,
            resident=3,
        ),
        department(
            "Care of the Elderly",
            CLINICAL_LEAD,
            microsystem("Ward 12", WARD_MANAGER, nurse=13, allied=3),
            attending=3,
            early_attending=2,
            fellow=3,
            resident=4,
        ),
        department("Renal Medicine", YOUNG_LEAD, attending=2, early_attending=1, fellow=2, nurse=6),
    ),
    division(
        "Surgery and Critical Care Division",
        CLINICAL_DIRECTOR,
        department(
            "General Surgery",
            CLINICAL_LEAD,
            microsystem("Ward 3", WARD_MANAGER, nurse=12),
            attending=4,
            early_attending=2,
            fellow=4,
            resident=5,
        ),
        department(
            "Trauma and Orthopaedics", CLINICAL_LEAD, attending=4, early_attending=1, fellow=3, resident=3
        ),
        department(
            "Anaesthesia and Theatres",
            CLINICAL_LEAD,
            microsystem("Main Theatres", WARD_MANAGER, nurse=14, allied=6),
            microsystem("Pain Service", WARD_MANAGER, nurse=3),
            attending=5,
            early_attending=2,
            fellow=4,
        ),
        department(
            "Intensive Care",
            CLINICAL_LEAD,
            microsystem("Intensive Care Unit", WARD_MANAGER, nurse=16, allied=2),
            attending=3,
            early_attending=2,
            fellow=2,
        ),
    ),
    division(
        "Women and Children Division",
        CLINICAL_DIRECTOR,
        department(
            "Paediatrics",
            CLINICAL_LEAD,
            microsystem("Children's Ward", WARD_MANAGER, nurse=12),
            attending=3,
            early_attending=2,
            fellow=3,
            resident=4,
        ),
        department(
            "Maternity",
            CLINICAL_LEAD,
            microsystem("Delivery Suite", WARD_MANAGER, nurse=14),
            specialty="Obstetrics and Gynaecology",
            attending=3,
            early_attending=1,
            fellow=2,
            resident=3,
        ),
    ),
    division(
        "Clinical Support Division",
        CLINICAL_DIRECTOR,
        department(
            "Emergency Department",
            CLINICAL_LEAD,
            microsystem("Emergency Nursing", WARD_MANAGER, nurse=15),
            specialty="Emergency Medicine",
            attending=4,
            early_attending=3,
            fellow=3,
            resident=5,
        ),
        department(
            "Radiology",
            CLINICAL_LEAD,
            microsystem("Imaging", THERAPY_LEAD, allied=9),
            attending=3,
            early_attending=1,
            fellow=2,
        ),
        department("Therapies", THERAPY_LEAD, specialty="", allied=12),
        department("Pharmacy", CHIEF_PHARMACIST, specialty="", pharmacist=9),
    ),
    administrators=3,
)

ROOT = UnitShape(
    "Wexmoor University Hospitals NHS Foundation Trust",
    UnitKind.ORGANISATION,
    Lead("Chief Executive", PositionType.CHIEF_EXECUTIVE, Job.ADMINISTRATOR),
    {Job.ADMINISTRATOR: 3},
    children=(
        ROYAL,
        site(
            "Ambleford General Hospital",
            SITE_DIRECTOR,
            department(
                "General Medicine",
                CLINICAL_LEAD,
                microsystem("Ambleford Ward 1", WARD_MANAGER, nurse=11),
                specialty="Acute Medicine",
                attending=3,
                early_attending=2,
                resident=4,
            ),
            department(
                "Minor Injuries", WARD_MANAGER, specialty="Emergency Medicine", nurse=7, administrator=1
            ),
        ),
        site(
            "Community Services",
            Lead("Associate Director of Nursing", PositionType.NURSE_LEADER, Job.NURSE),
            department("District Nursing", WARD_MANAGER, specialty="", nurse=11),
            department("Palliative Care", CLINICAL_LEAD, attending=1, nurse=2),
            administrators=1,
        ),
        site(
            "Trust Headquarters",
            Lead("Director of Corporate Affairs", PositionType.ADMINISTRATOR, Job.ADMINISTRATOR),
            department("People and Culture", HEAD, specialty="", administrator=7),
            department("Finance", HEAD, specialty="", administrator=8),
            department("Quality Improvement", HEAD, specialty="", nurse=3, administrator=4),
            department("Medical Education", HEAD, specialty="", administrator=3),
            administrators=1,
        ),
    ),
)

JOBS = {
    Job.RESIDENT: JobShape(
        Profession.PHYSICIAN,
        CareerStage.RESIDENT,
        (
            ("Foundation Doctor", "FY1"),
            ("Foundation Doctor", "FY2"),
            ("Resident Doctor", "IMT1"),
            ("Resident Doctor", "IMT2"),
            ("Specialty Registrar", "ST2"),
            ("Specialty Registrar", "ST3"),
        ),
        (0.3, 3.3),
        44,
    ),
    Job.FELLOW: JobShape(
        Profession.PHYSICIAN,
        CareerStage.FELLOW,
        tuple(("Specialty Registrar", f"ST{year}") for year in (4, 5, 6, 6, 7)),
        (0.3, 4.3),
        44,
    ),
    Job.EARLY_ATTENDING: JobShape(
        Profession.PHYSICIAN, CareerStage.EARLY_ATTENDING, (("Consultant", ""),), (0.3, 4.8), 38
    ),
    Job.ATTENDING: JobShape(
        Profession.PHYSICIAN, CareerStage.ATTENDING, (("Consultant", ""),), (5.0, 24.0), 36
    ),
    Job.NURSE: JobShape(
        Profession.NURSE,
        CareerStage.NONE,
        (
            ("Staff Nurse", "Band 5"),
            ("Staff Nurse", "Band 5"),
            ("Sister or Charge Nurse", "Band 6"),
            ("Nursing Associate", "Band 4"),
        ),
        (0.1, 20.0),
    ),
    Job.PHARMACIST: JobShape(
        Profession.PHARMACIST,
        CareerStage.NONE,
        (("Pharmacist", "Band 6"), ("Specialist Pharmacist", "Band 7")),
        (0.3, 14.0),
    ),
    Job.ALLIED: JobShape(
        Profession.ALLIED,
        CareerStage.NONE,
        (
            ("Physiotherapist", "Band 6"),
            ("Occupational Therapist", "Band 6"),
            ("Radiographer", "Band 6"),
            ("Operating Department Practitioner", "Band 5"),
        ),
        (0.2, 16.0),
    ),
    Job.ADMINISTRATOR: JobShape(
        Profession.ADMINISTRATOR,
        CareerStage.NONE,
        (("Service Manager", "Band 7"), ("Project Manager", "Band 7"), ("Analyst", "Band 6")),
        (0.2, 16.0),
    ),
}

WEXMOOR = OrganizationShape(
    slug="wexmoor",
    name="Wexmoor University Hospitals",
    time_zone="Europe/London",
    locale="en-gb",
    families=FAMILY_UK,
    prefix="WX",
    analysed=False,
    root=ROOT,
    jobs=JOBS,
    offices=(
        Office("Medical Director", PositionType.MEDICAL_DIRECTOR, Job.ATTENDING, "executive"),
        Office("Chief Nurse", PositionType.NURSE_LEADER, Job.NURSE),
        Office("Director of Finance", PositionType.ADMINISTRATOR, Job.ADMINISTRATOR),
        Office("Director of Medical Education", PositionType.DEAN, Job.ATTENDING),
        Office("Lead, Clinical Leadership Fellowship", PositionType.OTHER, Job.ATTENDING, "director"),
        Office("Adviser to the Board", PositionType.OTHER, Job.ADMINISTRATOR, "adviser"),
    ),
    parts=(
        Part("resident", "Priya", "Nair", "Emerging leader, resident in Cardiology"),
        Part("fellow", "Tom", "Griffiths", "Emerging leader, registrar in Cardiology"),
        Part("leader", "Folake", "Adeyemi", "Leader of a unit, Coronary Care"),
        Part("chair", "Hugh", "Pritchard", "Clinical lead, Cardiology"),
        Part("director", "Anjali", "Rao", "Programme director"),
        Part("hr_admin", "Karen", "Whittle", "HR admin", "HR Business Partner"),
        Part("organization_admin", "Owen", "Lloyd", "Organisation admin", "Trust Secretary"),
        Part("survey_steward", "Nadia", "Hussain", "Survey steward", "Staff Survey Lead"),
        Part("executive", "Catherine", "Marsh", "Executive, Medical Director"),
        Part("auditor", "Neil", "Farrell", "Auditor", "Internal Auditor"),
        Part("colleague", "Rhys", "Parry", "Colleague, nurse in Coronary Care"),
        Part("adviser", "Helena", "Voss", "Executive in both organisations, adviser to the board"),
    ),
    programme="Clinical Leadership Fellowship",
    nurse_programme="Ward Leaders Programme",
    cohorts=("Resident doctors {0}", "Resident doctors {1}", "Registrars {0}", "New consultants {0}"),
    genders=("woman", "man", "non-binary"),
    ethnicities=("White British", "White other", "Asian or Asian British", "Black or Black British", "Mixed"),
)
