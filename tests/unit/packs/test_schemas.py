"""The JSON Schemas say what the documents say."""

from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from zhike.meta import KINDS, Located
from zhike.packs import read_folder, schemas

CRM = read_folder(Path(__file__).parents[3] / "apps" / "crm").documents


@pytest.mark.parametrize("document", CRM, ids=lambda one: f"{one.kind}-{one.key}")
def test_what_is_shipped_fulfils_its_schema(document: Located) -> None:
    validator = Draft202012Validator(schemas()[document.kind])

    assert [one.message for one in validator.iter_errors(dict(document.body))] == []


def test_every_kind_of_field_is_described() -> None:
    variants = schemas()["object"]["$defs"]["FieldSpec"]["oneOf"]

    assert {one["title"] for one in variants} == KINDS.keys() - {"id"}


def test_a_setting_of_another_kind_is_refused() -> None:
    body = {
        "kind": "object",
        "key": "book",
        "label": "图书",
        "fields": [{"key": "name", "kind": "text", "label": "名称", "options": ["a"]}],
    }

    assert not Draft202012Validator(schemas()["object"]).is_valid(body)
