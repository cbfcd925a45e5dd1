"""Which addresses may be dialled: the public ones, and what is listed."""

import pytest

from zhike.outbound import ForbiddenAddress, PrivateHosts, demand

NOBODY = PrivateHosts()
PUBLIC = ["93.184.215.14", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]
FORBIDDEN = [
    "127.0.0.1",
    "127.8.9.10",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "169.254.170.2",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "0.0.0.0",  # noqa: S104 - an address among others
    "0.1.2.3",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "2001:db8::1",
    "100::1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_may_be_dialled(address: str) -> None:
    assert NOBODY.refused("example.com", address) is None


@pytest.mark.parametrize("address", FORBIDDEN)
def test_an_address_of_the_own_network_may_not(address: str) -> None:
    reason = NOBODY.refused("example.com", address)

    assert reason is not None
    assert address in reason.zh
    assert address in reason.en


def test_what_is_listed_may_be_dialled() -> None:
    listed = PrivateHosts.of(["10.1.0.0/16", " SSO.Corp.example. ", "127.0.0.1", "fd12::/32"])

    allowed = [
        listed.refused("any", "10.1.2.3"),
        listed.refused("any", "::ffff:10.1.2.3"),
        listed.refused("sso.corp.example", "192.168.7.7"),
        listed.refused("SSO.corp.example.", "192.168.7.7"),
        listed.refused("any", "127.0.0.1"),
        listed.refused("any", "fd12::5"),
    ]
    refused = [
        listed.refused("any", "10.2.2.3"),
        listed.refused("any", "192.168.7.7"),
        listed.refused("xsso.corp.example", "192.168.7.7"),
        listed.refused("any", "127.0.0.2"),
    ]

    assert allowed == [None] * 6
    assert None not in refused


def test_a_listed_name_does_not_open_the_metadata_of_a_cloud() -> None:
    listed = PrivateHosts.of(["sso.corp.example"])

    assert listed.refused("sso.corp.example", "169.254.169.254") is not None
    assert PrivateHosts.of(["169.254.169.254/32"]).refused("any", "169.254.169.254") is None


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "//example.com/",
        "/api/v1",
        "",
        "http://",
        "https://me:secret@example.com/",
        "https://127.0.0.1@example.com/",
        "http://127.0.0.1/",
        "http://[::1]:8000/",
        "http://[::ffff:10.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://exa\x00mple.com/",
        "http://example.com:99999/",
    ],
)
def test_a_setting_with_a_forbidden_address_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddress) as refused:
        demand(url, NOBODY, at="webhook.url")

    assert refused.value.at == "webhook.url"
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["https://example.com", "http://例え.jp/hook?x=1", "https://8.8.8.8:8443/a"]
)
def test_a_setting_with_a_public_address_is_taken(url: str) -> None:
    demand(url, NOBODY)
