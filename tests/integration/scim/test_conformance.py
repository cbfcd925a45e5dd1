"""The conformance checks of the SCIM community, run against the whole application."""

import asyncio
from typing import Any

import httpx
from pydantic import Field
from scim2_client import BaseSyncSCIMClient
from scim2_models import ResourceType, ScimProvider
from scim2_tester import CheckResult, Status, check_server
from tests.served import Served

from zhike.doors.http.scim import models


class Bridge(BaseSyncSCIMClient):
    """A SCIM client for another thread: it hands its requests to the application's own loop."""

    def __init__(
        self, http: httpx.AsyncClient, loop: asyncio.AbstractEventLoop, provider: ScimProvider
    ) -> None:
        super().__init__(provider=provider)
        self._http = http
        self._loop = loop

    def request(self, method: str, url: str, **more: Any) -> httpx.Response:
        asked = self._http.request(method, url, **more)
        return asyncio.run_coroutine_threadsafe(asked, self._loop).result(30)

    def _parse_json(self, response: Any) -> Any:
        return response.json()


def believable(managers: list[str]) -> ScimProvider:
    """Describe people with the values that chance does not hit upon: real zones, numbers, names."""

    class PhoneNumber(models.PhoneNumber):
        value: str | None = Field(None, examples=["+86-13800138000", "+86-13900139000"])
        primary: bool | None = Field(None, examples=[True])

    class Email(models.Email):
        primary: bool | None = Field(None, examples=[True])

    class Manager(models.Manager):
        value: str | None = Field(None, examples=managers)

    class User(models.User[models.AnyExtension]):
        __schema__ = models.User.__schema__
        emails: list[Email] | None = None
        phone_numbers: list[PhoneNumber] | None = None
        timezone: str | None = Field(None, examples=["Asia/Shanghai", "Asia/Tokyo"])

    class EnterpriseUser(models.EnterpriseUser):
        __schema__ = models.EnterpriseUser.__schema__
        department: str | None = Field(None, examples=["大厅", "书库"])
        manager: Manager | None = None

    types = [ResourceType.from_resource(one) for one in (User[EnterpriseUser], models.Group)]
    return ScimProvider([User, EnterpriseUser, models.Group], types, config=models.CONFIG)


STAYS = ("name", "displayName", "preferredLanguage", "active")
"""What everybody has: taken away, it is given a default, as RFC 7644 (3.5.2.2) allows."""


def wrong(results: list[CheckResult]) -> list[str]:
    return [
        f"{one.status.name} {one.title} {one.resource_type}: {one.reason}"
        for one in results
        if one.status not in {Status.SUCCESS, Status.SKIPPED}
        and not any(f"did not remove attribute '{name}'" in str(one.reason) for name in STAYS)
    ]


async def test_the_service_behaves_as_the_standard_says(
    library: Served, ada: httpx.AsyncClient, key: str
) -> None:
    await ada.post("/api/v1/departments", json={"name": "书库"})
    http = library.client(authorization=f"Bearer {key}")
    http.base_url = httpx.URL("http://zhike.test/scim/v2/")
    loop = asyncio.get_running_loop()
    client = Bridge(http, loop, believable([library.ids["lin"], library.ids["vic"]]))

    results = await asyncio.to_thread(check_server, client, resource_types=["User"])

    assert not wrong(results), "\n".join(wrong(results))
    assert sum(one.status is Status.SUCCESS for one in results) > 40


async def test_what_it_publishes_about_itself_can_be_discovered(library: Served, key: str) -> None:
    http = library.client(authorization=f"Bearer {key}")
    http.base_url = httpx.URL("http://zhike.test/scim/v2/")
    client = Bridge(http, asyncio.get_running_loop(), ScimProvider())

    results = await asyncio.to_thread(check_server, client, include_tags={"discovery", "misc"})

    assert not wrong(results), "\n".join(wrong(results))
    assert {str(one.name) for one in client.provider.resource_types} == {"User", "Group"}
