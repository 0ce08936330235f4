"""St. Brigid Medical Center: a mid-size academic centre in the north-east of the United States."""

from __future__ import annotations

from clinicleader.demo.names import FAMILY_US
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

CHAIR = Lead("Department Chair", PositionType.DEPARTMENT_CHAIR, Job.ATTENDING)
DIVISION_CHAIR = Lead("Division Chair", PositionType.DIVISION_CHAIR, Job.ATTENDING)
NURSE_MANAGER = Lead("Nurse Manager", PositionType.NURSE_LEADER, Job.NURSE)
DIRECTOR = Lead("Director", PositionType.ADMINISTRATOR, Job.ADMINISTRATOR)
MEDICAL_DIRECTOR = Lead("Medical Director", PositionType.MEDICAL_DIRECTOR, Job.ATTENDING)
YOUNG_DIRECTOR = Lead("Medical Director", PositionType.MEDICAL_DIRECTOR, Job.EARLY_ATTENDING)
CHIEF_PHARMACIST = Lead("Director of Pharmacy", PositionType.OTHER, Job.PHARMACIST)
SUPERVISOR = Lead("Supervisor", PositionType.OTHER, Job.ALLIED)

MAIN_CAMPUS = site(
    "Main Campus",
    Lead("Chief Operating Officer", PositionType.ADMINISTRATOR, Job.ADMINISTRATOR),
    division(
        "Division of Medicine",
        DIVISION_CHAIR,
        department(
            "Cardiology",
            CHAIR,
            microsystem("Cardiac Intensive Care Unit", NURSE_MANAGER, nurse=13, allied=2),
            microsystem("Catheterization Laboratory", YOUNG_DIRECTOR, nurse=4, allied=4),
            attending=4,
            early_attending=3,
            fellow=5,
            resident=4,
        ),
        department(
            "Internal Medicine",
            CHAIR,
            microsystem("4 West", NURSE_MANAGER, nurse=14),
            microsystem("5 East", NURSE_MANAGER, nurse=12),
            attending=4,
            early_attending=3,
            resident=10,
        ),
        department(
            "Pulmonary and Critical Care",
            CHAIR,
            microsystem("Medical Intensive Care Unit", NURSE_MANAGER, nurse=15, allied=3),
            attending=3,
            early_attending=2,
            fellow=4,
        ),
        department(
            "Gastroenterology",
            CHAIR,
            microsystem("Endoscopy", NURSE_MANAGER, nurse=6, allied=2),
            attending=3,
            early_attending=1,
            fellow=3,
        ),
        department(
            "Nephrology",
            CHAIR,
            microsystem("Dialysis", NURSE_MANAGER, nurse=8),
            attending=2,
            early_attending=1,
            fellow=2,
        ),
    ),
    division(
        "Division of Surgery",
        DIVISION_CHAIR,
        department(
            "General Surgery",
            CHAIR,
            microsystem("6 Surgical", NURSE_MANAGER, nurse=13),
            attending=4,
            early_attending=2,
            resident=7,
        ),
        department(
            "Orthopedic Surgery", CHAIR, attending=3, early_attending=2, resident=4, fellow=1, allied=3
        ),
        department(
            "Anesthesiology",
            CHAIR,
            microsystem("Operating Rooms", NURSE_MANAGER, nurse=15, allied=5),
            microsystem("Recovery Room", NURSE_MANAGER, nurse=3),
            attending=4,
            early_attending=2,
            resident=5,
        ),
    ),
    division(
        "Women and Children",
        DIVISION_CHAIR,
        department(
            "Pediatrics",
            CHAIR,
            microsystem("Neonatal Intensive Care Unit", NURSE_MANAGER, nurse=14),
            attending=3,
            early_attending=2,
            resident=6,
            fellow=2,
        ),
        department(
            "Obstetrics and Gynecology",
            CHAIR,
            microsystem("Labor and Delivery", NURSE_MANAGER, nurse=12),
            attending=3,
            early_attending=2,
            resident=4,
        ),
    ),
    division(
        "Clinical Services",
        DIVISION_CHAIR,
        department(
            "Emergency Medicine",
            CHAIR,
            microsystem("Emergency Nursing", NURSE_MANAGER, nurse=16),
            attending=5,
            early_attending=3,
            resident=6,
        ),
        department(
            "Radiology",
            CHAIR,
            microsystem("Imaging", SUPERVISOR, allied=10),
            attending=3,
            early_attending=1,
            resident=3,
        ),
        department("Pathology", CHAIR, microsystem("Core Laboratory", SUPERVISOR, allied=9), attending=3),
        department("Pharmacy", CHIEF_PHARMACIST, specialty="", pharmacist=10),
        department("Psychiatry", CHAIR, attending=2, early_attending=1, resident=3),
    ),
    administrators=3,
)

ROOT = UnitShape(
    "St. Brigid Medical Center",
    UnitKind.ORGANISATION,
    Lead("President and Chief Executive Officer", PositionType.CHIEF_EXECUTIVE, Job.ATTENDING),
    {Job.ADMINISTRATOR: 3},
    children=(
        MAIN_CAMPUS,
        site(
            "Riverside Hospital",
            MEDICAL_DIRECTOR,
            department(
                "Hospital Medicine",
                MEDICAL_DIRECTOR,
                microsystem("Riverside 2 North", NURSE_MANAGER, nurse=12),
                specialty="Internal Medicine",
                attending=4,
                early_attending=2,
            ),
            department(
                "Riverside Emergency",
                MEDICAL_DIRECTOR,
                specialty="Emergency Medicine",
                attending=3,
                nurse=8,
            ),
        ),
        site(
            "Ambulatory Network",
            MEDICAL_DIRECTOR,
            department(
                "Primary Care North",
                MEDICAL_DIRECTOR,
                specialty="Family Medicine",
                attending=3,
                early_attending=2,
                nurse=5,
                administrator=2,
            ),
            department(
                "Primary Care South",
                YOUNG_DIRECTOR,
                specialty="Family Medicine",
                attending=3,
                early_attending=1,
                nurse=4,
                administrator=2,
            ),
            department("Palliative Care", MEDICAL_DIRECTOR, attending=1, nurse=2),
            administrators=1,
        ),
        site(
            "Corporate Services",
            Lead("Chief Administrative Officer", PositionType.ADMINISTRATOR, Job.ADMINISTRATOR),
            department("Human Resources", DIRECTOR, specialty="", administrator=7),
            department("Finance", DIRECTOR, specialty="", administrator=8),
            department("Quality and Safety", DIRECTOR, specialty="", nurse=3, administrator=4),
            department("Graduate Medical Education", DIRECTOR, specialty="", administrator=3),
            administrators=1,
        ),
    ),
)

JOBS = {
    Job.RESIDENT: JobShape(
        Profession.PHYSICIAN,
        CareerStage.RESIDENT,
        tuple((f"Resident Physician, PGY-{year}", f"PGY-{year}") for year in (1, 2, 2, 3, 3, 4)),
        (0.4, 3.4),
        52,
    ),
    Job.FELLOW: JobShape(
        Profession.PHYSICIAN,
        CareerStage.FELLOW,
        tuple((f"Fellow, PGY-{year}", f"PGY-{year}") for year in (4, 5, 5, 6)),
        (0.4, 4.4),
        48,
    ),
    Job.EARLY_ATTENDING: JobShape(
        Profession.PHYSICIAN,
        CareerStage.EARLY_ATTENDING,
        (("Assistant Professor", ""), ("Instructor", ""), ("Assistant Professor", "")),
        (0.4, 5.0),
        40,
    ),
    Job.ATTENDING: JobShape(
        Profession.PHYSICIAN,
        CareerStage.ATTENDING,
        (("Associate Professor", ""), ("Professor", ""), ("Attending Physician", "")),
        (3.0, 22.0),
        36,
    ),
    Job.NURSE: JobShape(
        Profession.NURSE,
        CareerStage.NONE,
        (("Registered Nurse", ""), ("Registered Nurse", ""), ("Charge Nurse", ""), ("Clinical Nurse II", "")),
        (0.1, 18.0),
    ),
    Job.PHARMACIST: JobShape(
        Profession.PHARMACIST,
        CareerStage.NONE,
        (("Clinical Pharmacist", ""), ("Staff Pharmacist", "")),
        (0.3, 14.0),
    ),
    Job.ALLIED: JobShape(
        Profession.ALLIED,
        CareerStage.NONE,
        (
            ("Respiratory Therapist", ""),
            ("Radiologic Technologist", ""),
            ("Surgical Technologist", ""),
            ("Laboratory Scientist", ""),
        ),
        (0.2, 16.0),
    ),
    Job.ADMINISTRATOR: JobShape(
        Profession.ADMINISTRATOR,
        CareerStage.NONE,
        (("Program Coordinator", ""), ("Business Analyst", ""), ("Administrative Manager", "")),
        (0.2, 15.0),
    ),
}

ST_BRIGID = OrganizationShape(
    slug="st-brigid",
    name="St. Brigid Medical Center",
    time_zone="America/New_York",
    locale="en-us",
    families=FAMILY_US,
    prefix="SB",
    root=ROOT,
    jobs=JOBS,
    offices=(
        Office("Chief Medical Officer", PositionType.MEDICAL_DIRECTOR, Job.ATTENDING, "executive"),
        Office("Chief Nursing Officer", PositionType.NURSE_LEADER, Job.NURSE),
        Office("Chief Financial Officer", PositionType.ADMINISTRATOR, Job.ADMINISTRATOR),
        Office("Dean of the Medical School", PositionType.DEAN, Job.ATTENDING),
        Office("Director, Physician Leadership Pathway", PositionType.OTHER, Job.ATTENDING, "director"),
        Office("Adviser to the Board", PositionType.OTHER, Job.ADMINISTRATOR, "adviser"),
    ),
    parts=(
        Part("resident", "Maya", "Okafor", "Emerging leader, resident in Cardiology"),
        Part("fellow", "Daniel", "Reyes", "Emerging leader, fellow in Cardiology"),
        Part("leader", "Grace", "Sullivan", "Leader of a unit, Cardiac Intensive Care"),
        Part("chair", "Robert", "Hoffman", "Department chair, Cardiology"),
        Part("director", "Elena", "Novak", "Programme director"),
        Part("hr_admin", "Carlos", "Mendoza", "HR admin", "HR Business Partner"),
        Part("organization_admin", "Janet", "Foster", "Organisation admin", "Chief of Staff"),
        Part("survey_steward", "Wei", "Zhang", "Survey steward", "People Analytics Lead"),
        Part("executive", "Margaret", "Brooks", "Executive, Chief Medical Officer"),
        Part("auditor", "Samuel", "Price", "Auditor", "Internal Auditor"),
        Part("colleague", "Lucia", "Vargas", "Colleague, nurse in Cardiac Intensive Care"),
        Part("adviser", "Helena", "Voss", "Executive in both organisations, adviser to the board"),
    ),
    programme="Physician Leadership Pathway",
    nurse_programme="Nurse Leader Track",
    cohorts=("Residents {0}", "Residents {1}", "Fellows {0}", "Early-career faculty {0}"),
    genders=("woman", "man", "non-binary"),
    ethnicities=(
        "White",
        "Black or African American",
        "Hispanic or Latino",
        "Asian",
        "American Indian or Alaska Native",
        "Two or more",
    ),
)
