"""Constraints of a new table go into its CreateModel."""

from django.db import models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel, RunSQL
from django.db.migrations.operations.base import Operation

from tenancy.management.commands.makemigrations import folded
from tenancy.walls import RowPolicy


def table(name: str) -> CreateModel:
    return CreateModel(name, [("id", models.IntegerField(primary_key=True))], {})


def policy(model: str) -> AddConstraint:
    return AddConstraint(model, RowPolicy(name=f"{model}_policy"))


def kinds(operations: list[Operation]) -> list[str]:
    return [type(operation).__name__ for operation in operations]


def test_constraints_and_indexes_move_into_their_table_past_other_tables() -> None:
    index = AddIndex("one", models.Index(fields=["id"], name="one_index"))

    result = folded([table("One"), table("Two"), policy("two"), policy("one"), index], "people")

    assert kinds(result) == ["CreateModel", "CreateModel"]
    options = [operation.options for operation in result if isinstance(operation, CreateModel)]
    assert [[constraint.name for constraint in option["constraints"]] for option in options] == [
        ["one_policy"],
        ["two_policy"],
    ]
    assert options[0]["indexes"] == [index.index]


def test_a_constraint_stays_behind_a_field_that_its_table_gets_later() -> None:
    later = AddField("one", "unit", models.IntegerField(null=True))
    result = folded([table("One"), later, policy("one")], "people")
    assert kinds(result) == ["CreateModel", "AddField", "AddConstraint"]


def test_a_constraint_moves_past_a_field_of_another_table() -> None:
    later = AddField("two", "unit", models.IntegerField(null=True))
    result = folded([table("Two"), table("One"), later, policy("one")], "people")
    assert kinds(result) == ["CreateModel", "CreateModel", "AddField"]


def test_a_constraint_stays_behind_sql_and_of_an_older_table() -> None:
    assert kinds(folded([table("One"), RunSQL("SELECT 1"), policy("one")], "people"))[-1] == "AddConstraint"
    assert kinds(folded([table("Two"), policy("one")], "people")) == ["CreateModel", "AddConstraint"]
