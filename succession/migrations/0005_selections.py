import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import succession.models.selections
import tenancy.fields
import tenancy.scope
import tenancy.walls


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0016_learning_tokens"),
        ("succession", "0004_talent_reviews"),
        ("tenancy", "0006_outbox_for_later"),
    ]

    operations = [
        migrations.CreateModel(
            name="Selection",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("below", models.BooleanField(default=True)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("ladder", "The term ends"),
                            ("vacancy", "The position is vacant"),
                            ("planned", "A change is planned"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("preparing", "Names and interviews"),
                            ("ballot", "Ballot"),
                            ("selecting", "Panel"),
                            ("decided", "Decided"),
                            ("appointed", "Appointed"),
                            ("stopped", "Stopped"),
                        ],
                        default="preparing",
                        max_length=10,
                    ),
                ),
                ("opened_on", models.DateField()),
                ("asked", models.PositiveIntegerField(editable=False, null=True)),
                ("slate_size", models.PositiveSmallIntegerField(default=5)),
                ("coverage", models.PositiveSmallIntegerField(default=80)),
                ("quorum", models.PositiveSmallIntegerField(default=50)),
                (
                    "criteria",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120),
                        default=succession.models.selections.default_criteria,
                        size=None,
                    ),
                ),
                ("ballot", models.PositiveSmallIntegerField(default=0)),
                ("closes_on", models.DateField(blank=True, null=True)),
                ("voted", models.PositiveIntegerField(editable=False, null=True)),
                ("reason", models.CharField(blank=True, max_length=1000)),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("over_on", models.DateField(blank=True, null=True)),
                (
                    "appointment",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.appointment",
                    ),
                ),
                (
                    "chosen",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "opened_by",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "position",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selections",
                        to="people.position",
                    ),
                ),
                (
                    "unit",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_selection_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_selection_key"),
                    tenancy.walls.TenantLink(field="position", name="succession_selection_position_link"),
                    tenancy.walls.TenantLink(field="unit", name="succession_selection_unit_link"),
                    tenancy.walls.TenantLink(field="opened_by", name="succession_selection_opened_by_link"),
                    tenancy.walls.TenantLink(field="chosen", name="succession_selection_chosen_link"),
                    tenancy.walls.TenantLink(
                        field="appointment", name="succession_selection_appointment_link"
                    ),
                    tenancy.walls.AuditTrail(name="succession_selection_audit", redact=("reason",)),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ("preparing", "ballot", "selecting", "decided"))),
                        fields=("organization", "position"),
                        name="succession_selection_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["preparing", "ballot", "selecting", "decided", "appointed", "stopped"],
                            )
                        ),
                        name="succession_selection_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("cause__in", ["ladder", "vacancy", "planned"])),
                        name="succession_selection_cause",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("coverage__range", (80, 100)),
                            ("quorum__range", (50, 100)),
                            ("slate_size__range", (3, 7)),
                        ),
                        name="succession_selection_rule",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("criteria__len__range", (3, 8))),
                        name="succession_selection_criteria",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["decided", "appointed"]), _negated=True),
                            models.Q(
                                ("chosen__isnull", False),
                                ("decided_on__isnull", False),
                                ("voted__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="succession_selection_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("appointment__isnull", False), ("state", "appointed")),
                            models.Q(models.Q(("state", "appointed"), _negated=True), ("appointment", None)),
                            _connector="OR",
                        ),
                        name="succession_selection_appointed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalKey",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("key", models.BinaryField()),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "selection",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="succession.selection",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_approvalkey_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_approvalkey_key"),
                    tenancy.walls.TenantLink(field="selection", name="succession_approvalkey_selection_link"),
                    models.UniqueConstraint(
                        fields=("organization", "selection"), name="succession_approvalkey_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalParticipation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("nullifier", models.BinaryField()),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "selection",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="succession.selection",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_approvalparticipation_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_approvalparticipation_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="selection", name="succession_approvalparticipation_selection_link"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "selection", "nullifier"),
                        name="succession_participation_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BallotReceipt",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("ballot", models.PositiveSmallIntegerField()),
                ("code", models.CharField(max_length=14)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "selection",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="succession.selection",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_ballotreceipt_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_ballotreceipt_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="selection", name="succession_ballotreceipt_selection_link"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "selection", "code"), name="succession_ballotreceipt_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelMember",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("chairs", models.BooleanField(default=False)),
                ("declared_on", models.DateField(blank=True, null=True)),
                ("conflict", models.CharField(blank=True, max_length=500)),
                ("stepped_back", models.BooleanField(default=False)),
                ("handed_in_on", models.DateField(blank=True, null=True)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "person",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "selection",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="panel",
                        to="succession.selection",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_panelmember_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_panelmember_key"),
                    tenancy.walls.TenantLink(field="selection", name="succession_panelmember_selection_link"),
                    tenancy.walls.TenantLink(field="person", name="succession_panelmember_person_link"),
                    tenancy.walls.AuditTrail(name="succession_panelmember_audit", redact=("conflict",)),
                    models.UniqueConstraint(
                        fields=("organization", "selection", "person"), name="succession_panelmember_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("chairs", True), ("stepped_back", False)),
                        fields=("organization", "selection"),
                        name="succession_panelmember_chair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declared_on__isnull", False),
                            models.Q(("conflict", ""), ("handed_in_on", None)),
                            _connector="OR",
                        ),
                        name="succession_panelmember_declared",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stepped_back", False), ("handed_in_on", None), _connector="OR"),
                        name="succession_panelmember_back",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PendingApproval",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "approved",
                    django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "selection",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="succession.selection",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_pendingapproval_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_pendingapproval_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="selection", name="succession_pendingapproval_selection_link"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["organization", "selection"], name="succession_pendingapproval_of")
                ],
            },
        ),
        migrations.CreateModel(
            name="RollMember",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("offered_for", models.DateTimeField(blank=True, null=True)),
                ("place", models.CharField(blank=True, max_length=200)),
                ("wants_other", models.BooleanField(default=False)),
                ("declined", models.BooleanField(default=False)),
                ("held_says_staff", models.BooleanField(default=False)),
                ("held_says_interviewer", models.BooleanField(default=False)),
                (
                    "interviewer",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="interviews",
                        to="succession.panelmember",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "person",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "selection",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="roll",
                        to="succession.selection",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_rollmember_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_rollmember_key"),
                    tenancy.walls.TenantLink(field="selection", name="succession_rollmember_selection_link"),
                    tenancy.walls.TenantLink(field="person", name="succession_rollmember_person_link"),
                    tenancy.walls.TenantLink(
                        field="interviewer", name="succession_rollmember_interviewer_link"
                    ),
                    models.UniqueConstraint(
                        fields=("organization", "selection", "person"), name="succession_roll_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("offered_for__isnull", False),
                            models.Q(
                                ("declined", False),
                                ("held_says_interviewer", False),
                                ("held_says_staff", False),
                            ),
                            _connector="OR",
                        ),
                        name="succession_roll_offered",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["organization", "person"], name="succession_roll_person"),
                    models.Index(fields=["organization", "interviewer"], name="succession_roll_interviewer"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SelectionEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("opened", "Opened, the roll of the staff is frozen"),
                            ("panel", "The panel was named"),
                            ("shared", "The interviews were shared out"),
                            ("ballot", "The ballot opened"),
                            ("no_quorum", "The ballot missed its quorum"),
                            ("tie", "The ballot ended in a tie, and is repeated among fewer"),
                            ("slate", "The slate is known"),
                            ("back", "Back to names: too few are left on the slate"),
                            ("scored", "All of the panel have scored, and see each other’s scores"),
                            ("decided", "The panel decided"),
                            ("appointed", "Appointed"),
                            ("stopped", "Stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("facts", models.JSONField(default=dict)),
                ("on", models.DateField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "selection",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="succession.selection",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_selectionevent_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_selectionevent_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="selection", name="succession_selectionevent_selection_link"
                    ),
                    tenancy.walls.AuditTrail(name="succession_selectionevent_audit", redact=()),
                    tenancy.walls.AppendOnly(name="succession_event_append_only"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "step__in",
                                [
                                    "opened",
                                    "panel",
                                    "shared",
                                    "ballot",
                                    "no_quorum",
                                    "tie",
                                    "slate",
                                    "back",
                                    "scored",
                                    "decided",
                                    "appointed",
                                    "stopped",
                                ],
                            )
                        ),
                        name="succession_selectionevent_step",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["organization", "selection", "at"], name="succession_event_of")
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Asked"),
                            ("standing", "Stands"),
                            ("declined", "Said no"),
                            ("withdrawn", "Withdrew"),
                            ("left_off", "Not on the slate"),
                            ("on_slate", "On the slate"),
                        ],
                        default="asked",
                        max_length=9,
                    ),
                ),
                ("asked_on", models.DateField()),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("says", models.CharField(blank=True, max_length=1000)),
                ("by_half", models.BooleanField(null=True)),
                (
                    "named_by",
                    tenancy.fields.TenantForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "person",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "selection",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="succession.selection",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_standing_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_standing_key"),
                    tenancy.walls.TenantLink(field="selection", name="succession_standing_selection_link"),
                    tenancy.walls.TenantLink(field="person", name="succession_standing_person_link"),
                    tenancy.walls.TenantLink(field="named_by", name="succession_standing_named_by_link"),
                    tenancy.walls.AuditTrail(name="succession_standing_audit", redact=("says", "by_half")),
                    models.UniqueConstraint(
                        fields=("organization", "selection", "person"), name="succession_standing_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person", models.F("named_by")), _negated=True),
                            ("named_by", None),
                            _connector="OR",
                        ),
                        name="succession_standing_not_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["asked", "standing", "declined", "withdrawn", "left_off", "on_slate"],
                            )
                        ),
                        name="succession_standing_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "asked"), ("answered_on__gte", models.F("asked_on")), _connector="OR"
                        ),
                        name="succession_standing_answered",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["organization", "person"], name="succession_standing_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovalTally",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("n", models.PositiveIntegerField()),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "selection",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="succession.selection",
                    ),
                ),
                (
                    "standing",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="succession.standing",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_approvaltally_tenant"),
                    models.UniqueConstraint(
                        fields=("organization", "id"), name="succession_approvaltally_key"
                    ),
                    tenancy.walls.TenantLink(
                        field="selection", name="succession_approvaltally_selection_link"
                    ),
                    tenancy.walls.TenantLink(field="standing", name="succession_approvaltally_standing_link"),
                    models.UniqueConstraint(
                        fields=("organization", "selection", "standing"), name="succession_approvaltally_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelScore",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "scores",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), size=None
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=1000)),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        default=tenancy.scope.current_organization_id,
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="tenancy.organization",
                    ),
                ),
                (
                    "panel_member",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="succession.panelmember",
                    ),
                ),
                (
                    "standing",
                    tenancy.fields.TenantForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scores",
                        to="succession.standing",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    tenancy.walls.RowPolicy(name="succession_panelscore_tenant"),
                    models.UniqueConstraint(fields=("organization", "id"), name="succession_panelscore_key"),
                    tenancy.walls.TenantLink(
                        field="panel_member", name="succession_panelscore_panel_member_link"
                    ),
                    tenancy.walls.TenantLink(field="standing", name="succession_panelscore_standing_link"),
                    tenancy.walls.AuditTrail(name="succession_panelscore_audit", redact=("scores", "note")),
                    models.UniqueConstraint(
                        fields=("organization", "panel_member", "standing"), name="succession_panelscore_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("scores__contained_by", [1, 2, 3, 4, 5]), ("scores__len__range", (3, 8))
                        ),
                        name="succession_panelscore_range",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="laddertask",
            name="succession_laddertask_done",
        ),
        migrations.AddConstraint(
            model_name="laddertask",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_on__isnull", False), ("done_by", None), _connector="OR"),
                name="succession_laddertask_done",
            ),
        ),
    ]
