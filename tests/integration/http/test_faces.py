"""Forms, pages and views of the configuration: told as the one who asks may know them."""

from typing import Any

import httpx
import pytest

CONFIG = "/api/v1/config"

FORM: dict[str, Any] = {
    "kind": "form",
    "key": "reader",
    "object": "reader",
    "label": {"zh": "读者表单", "en": "Reader form"},
    "sections": [
        {
            "label": "基本",
            "fields": [
                "name",
                {"field": "phone", "width": 2, "required": True},
                {"field": "balance", "help": "元"},
                {"field": "grade", "visible": "balance > 100", "required": "{姓名} is not empty"},
                {"field": "joined", "readonly": 'phone starts with "+86"', "default": "TODAY()"},
                {"field": "cards", "columns": ["number", "valid_until"]},
            ],
        },
        {"label": "只有钱", "fields": ["balance_note"]},
    ],
    "tabs": [{"label": {"zh": "更多", "en": "More"}, "sections": [{"fields": ["favourites"]}]}],
}
PAGE: dict[str, Any] = {
    "kind": "page",
    "key": "reader",
    "object": "reader",
    "label": "读者页面",
    "top": [{"block": "stage", "field": "grade"}],
    "columns": [
        {
            "width": "narrow",
            "blocks": [
                {"block": "facts", "fields": ["balance", "name"]},
                {"block": "facts", "label": "钱", "fields": ["balance"]},
            ],
        },
        {"blocks": [{"block": "related", "relation": "loans", "fields": ["due"], "limit": 3}]},
    ],
}
FOR_VOLUNTEERS: dict[str, Any] = {
    **FORM,
    "key": "reader_quick",
    "label": "快速登记",
    "purpose": "create",
    "roles": ["volunteer"],
    "sections": [{"columns": 1, "fields": ["name"]}],
    "tabs": [],
}
VIEW: dict[str, Any] = {
    "kind": "view",
    "key": "gold",
    "object": "reader",
    "label": "金卡读者",
    "select": ["name", "balance", "phone"],
    "pinned": ["phone", "balance"],
    "group": "balance",
    "layout": "board",
    "roles": ["librarian"],
}


@pytest.fixture(scope="module", autouse=True)
async def faces(ada: httpx.AsyncClient) -> None:
    """Give the library a form, a form for some, a page and a view for some."""
    form = {**FORM, "sections": FORM["sections"][:1]}
    documents = [form, FOR_VOLUNTEERS, PAGE, VIEW]
    done = await ada.post(f"{CONFIG}/apply", json={"documents": documents})
    assert done.status_code == 200, done.text


async def told(client: httpx.AsyncClient, language: str = "zh") -> dict[str, Any]:
    """Give what somebody is told of readers."""
    answer = await client.get("/api/v1/objects", headers={"accept-language": language})
    found: dict[str, Any] = next(one for one in answer.json()["items"] if one["key"] == "reader")
    return found


async def test_a_form_is_told_with_its_rules_by_the_keys_of_fields(ada: httpx.AsyncClient) -> None:
    (form,) = (await told(ada))["forms"]
    placed = {one["field"]: one for one in form["sections"][0]["fields"]}

    assert (form["label"], form["purpose"]) == ("读者表单", ["create", "edit"])
    assert placed["grade"]["visible"] == "balance > 100"
    assert placed["grade"]["required"] == "name is not empty"
    assert placed["phone"] == {"field": "phone", "width": 2, "required": "true"}
    assert placed["cards"]["columns"] == ["number", "valid_until"]
    assert form["tabs"][0]["label"] == "更多"
    assert (await told(ada, "en"))["forms"][0]["tabs"][0]["label"] == "More"


async def test_what_one_does_not_see_is_absent_from_form_and_page(lin: httpx.AsyncClient) -> None:
    seen = await told(lin)
    placed = {one["field"]: one for one in seen["forms"][0]["sections"][0]["fields"]}

    assert "balance" not in placed
    assert "visible" not in placed["grade"], "the rule speaks of a hidden field"
    assert "readonly" not in placed["joined"], "the browser has only the masked number"
    assert placed["joined"]["default"] == "TODAY()"
    assert [one.get("fields") for one in seen["pages"][0]["columns"][0]["blocks"]] == [["name"]]
    assert "balance" not in str(seen)


async def test_a_form_for_ones_role_goes_before_one_for_everybody(
    vic: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    assert [one["key"] for one in (await told(vic))["forms"]] == ["reader_quick", "reader"]
    assert [one["key"] for one in (await told(lin))["forms"]] == ["reader"]


async def test_blocks_of_what_one_may_not_read_are_absent(vic: httpx.AsyncClient) -> None:
    seen = await told(vic)
    field = seen["forms"][1]["sections"][0]["fields"][-1]

    assert field == {"field": "cards", "width": 1}, "nothing of the cards he does not see"
    assert seen["pages"][0]["columns"][1]["blocks"][0]["relation"] == "loans"


async def test_a_view_is_offered_to_its_roles_with_layout_and_group(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    async def offered(client: httpx.AsyncClient) -> list[dict[str, Any]]:
        answer = await client.get("/api/v1/views?object=reader")
        return [one for one in answer.json()["items"] if one["key"] == "gold"]

    (view,) = await offered(lin)

    assert (view["layout"], view["group"], view["select"]) == ("board", None, ["name", "phone"])
    assert view["pinned"] == ["phone"]
    assert await offered(vic) == []
    assert await offered(ada) == []


async def test_a_view_keeps_the_whole_grouping_as_far_as_its_reader_sees_it(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    async def offered(client: httpx.AsyncClient, key: str) -> dict[str, Any]:
        items = (await client.get("/api/v1/views?object=reader")).json()["items"]
        (view,) = [one for one in items if one["key"] == key]
        return {name: view[name] for name in ("group", "group_order", "measures")}

    common = {**VIEW, "layout": "table", "roles": [], "group": "joined by quarter"}
    views = [
        {**common, "key": "grouped", "group_order": "-SUM(balance)",
         "measures": ["SUM(balance)", "MAX(balance)"]},
        {**common, "key": "counted", "group_order": "-count", "measures": []},
        {**common, "key": "hidden_bands", "group": "balance by 100"},
    ]  # fmt: skip
    done = await ada.post(f"{CONFIG}/apply", json={"documents": views})
    assert done.status_code == 200, done.text

    whole = {"group": "joined by quarter", "group_order": "-SUM(balance)"}
    assert await offered(ada, "grouped") == {**whole, "measures": ["SUM(balance)", "MAX(balance)"]}
    assert await offered(lin, "grouped") == {**whole, "group_order": None, "measures": []}
    counted = {"group": "joined by quarter", "group_order": "-count", "measures": []}
    assert await offered(lin, "counted") == counted
    assert (await offered(ada, "hidden_bands"))["group"] == "balance by 100"
    assert (await offered(lin, "hidden_bands"))["group"] is None


@pytest.mark.parametrize(
    ("document", "at"),
    [
        ({**VIEW, "group": "joined by fortnight"}, "documents[0].group"),
        ({**VIEW, "group": "nothing by month"}, "documents[0].group"),
        ({**VIEW, "measures": ["SUM(nothing)"]}, "documents[0].measures[0]"),
        ({**VIEW, "measures": ["SOME(balance)"]}, "documents[0].measures[0]"),
        ({**VIEW, "group_order": "-SUM(balance)"}, "documents[0].group_order"),
        ({**VIEW, "group_order": "biggest"}, "documents[0].group_order"),
        ({**FORM, "sections": [{"fields": ["nmae"]}]}, "documents[0].sections[0].fields[0].field"),
        ({**FORM, "sections": [{"visible": "x"}], "tabs": []}, "documents[0].sections[0].visible"),
        ({**FORM, "roles": ["nobody"]}, "documents[0].roles[0]"),
        ({**PAGE, "columns": []}, "documents[0]"),
        ({**VIEW, "group": "nothing"}, "documents[0].group"),
    ],
)
async def test_what_is_wrong_is_told_with_its_place(
    ada: httpx.AsyncClient, document: dict[str, Any], at: str
) -> None:
    planned = await ada.post(f"{CONFIG}/plan", json={"documents": [document]})

    assert planned.status_code == 422, planned.text
    assert at in [one["path"].split(":")[0] for one in planned.json()["errors"]]


async def test_while_it_is_drawn_what_is_wrong_is_no_refusal(ada: httpx.AsyncClient) -> None:
    wrong = {**FORM, "sections": [{"fields": ["nmae"]}], "tabs": []}
    judged = await ada.post(f"{CONFIG}/plan", json={"documents": [wrong], "drawing": True})
    right = await ada.post(f"{CONFIG}/plan", json={"documents": [PAGE], "drawing": True})

    assert judged.status_code == right.status_code == 200
    assert [one["code"] for one in judged.json()["problems"]] == ["no_such_field"]
    assert right.json()["problems"] == []


async def test_a_field_on_a_form_is_not_removed_behind_its_back(ada: httpx.AsyncClient) -> None:
    book = (await ada.get(f"{CONFIG}/object/reader")).json()
    fields = [one for one in book["fields"] if one["key"] != "joined"]
    refused = await ada.post(f"{CONFIG}/plan", json={"documents": [{**book, "fields": fields}]})

    assert refused.status_code == 422
    assert {one["code"] for one in refused.json()["errors"]} == {"still_used"}
