"""Calls to real servers on this machine: where they may go, and how much they may cost."""

import asyncio
import gzip
import ssl
import subprocess
from pathlib import Path
from time import perf_counter

import pytest
from tests.security.outbound.servers import Names, dripping, saying, serving

from zhike.outbound import (
    AnswerTooLarge,
    ForbiddenAddress,
    Limits,
    PrivateHosts,
    Unreachable,
    client,
)

HERE = PrivateHosts.of(["127.0.0.1"])
NOWHERE = PrivateHosts()


async def got(
    url: str, private: PrivateHosts = HERE, limits: Limits | None = None, **more: object
) -> bytes:
    """Fetch an address."""
    async with client(private, limits, **more) as outside:
        return (await outside.get(url)).content


async def test_what_is_listed_is_reached() -> None:
    async with serving(saying(b"hello")) as heard:
        names = Names(sso=[["127.0.0.1"]])

        body = await got(f"http://sso.example:{heard.port}/token?x=1", resolve=names)

    assert body == b"hello"
    assert heard.requests[0].startswith(b"GET /token?x=1 HTTP/1.1\r\n")
    assert f"host: sso.example:{heard.port}".encode() in heard.requests[0].lower()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "127.1", "[::ffff:7f00:1]"]
)
async def test_this_machine_is_out_of_reach(host: str) -> None:
    async with serving(saying()) as heard:
        with pytest.raises((ForbiddenAddress, Unreachable)):
            await got(f"http://{host}:{heard.port}/", NOWHERE)

    assert heard.requests == []


async def test_one_forbidden_address_of_a_name_spoils_it() -> None:
    async with serving(saying()) as heard:
        names = Names(mixed=[["93.184.215.14", "127.0.0.1"]])
        with pytest.raises(ForbiddenAddress):
            await got(f"http://mixed.example:{heard.port}/", NOWHERE, resolve=names)

    assert heard.requests == []


async def test_a_name_that_changes_its_mind_is_asked_once() -> None:
    """DNS rebinding: the second answer leads into the own network, and nobody asks for it."""
    async with serving(saying(b"inside")) as inside:
        private = PrivateHosts.of(["127.0.0.2"])
        names = Names(evil=[["127.0.0.2"], ["127.0.0.1"]])
        with pytest.raises(Unreachable):
            await got(f"http://evil.example:{inside.port}/", private, resolve=names)

    assert names.asked == ["evil.example"]
    assert inside.requests == []


async def test_a_redirect_is_looked_at_like_any_other_address() -> None:
    async with serving(saying(b"secret"), host="127.0.0.2") as inside:
        away = saying(b"", "302 Found", location=f"http://127.0.0.2:{inside.port}/")
        async with serving(away) as outside:
            with pytest.raises(ForbiddenAddress):
                await got(f"http://127.0.0.1:{outside.port}/")

    assert len(outside.requests) == 1
    assert inside.requests == []


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://a:b@127.0.0.1/"]
)
async def test_a_redirect_to_something_else_is_refused(location: str) -> None:
    async with serving(saying(b"", "302 Found", location=location)) as heard:
        with pytest.raises((ForbiddenAddress, Unreachable)):
            await got(f"http://127.0.0.1:{heard.port}/")

    assert len(heard.requests) == 1


async def test_redirects_come_to_an_end() -> None:
    async with serving(saying(b"", "307 Temporary Redirect", location="/again")) as heard:
        with pytest.raises(Unreachable):
            await got(f"http://127.0.0.1:{heard.port}/")

    assert len(heard.requests) == 4


async def test_an_answer_without_end_is_cut_off() -> None:
    async with serving(dripping(b"x" * 65536, every=0)) as heard:
        with pytest.raises(AnswerTooLarge):
            await got(f"http://127.0.0.1:{heard.port}/", limits=Limits(size=1 << 20))


async def test_a_slow_answer_is_given_up() -> None:
    async with serving(dripping(b"x", every=0.05)) as heard:
        began = perf_counter()
        with pytest.raises(Unreachable):
            await got(f"http://127.0.0.1:{heard.port}/", limits=Limits(seconds=0.5))

    assert perf_counter() - began < 3


async def test_time_is_for_the_whole_way() -> None:
    async def late(writer: asyncio.StreamWriter, _: bytes) -> None:
        await asyncio.sleep(1.2)
        writer.write(b"HTTP/1.1 302 Found\r\nlocation: /on\r\ncontent-length: 0\r\n\r\n")

    async with serving(late) as heard:
        with pytest.raises(Unreachable) as given_up:
            await got(f"http://127.0.0.1:{heard.port}/", limits=Limits(seconds=2))

    assert "2" in str(given_up.value)
    assert len(heard.requests) == 2


async def test_a_bomb_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(50 << 20))
    async with serving(saying(bomb, content_encoding="gzip")) as heard:
        with pytest.raises(Unreachable):
            await got(f"http://127.0.0.1:{heard.port}/")

    assert b"accept-encoding: identity" in heard.requests[0].lower()


async def test_a_proxy_of_the_environment_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    async with serving(saying(b"proxy")) as proxy, serving(saying(b"straight")) as heard:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")

        assert await got(f"http://127.0.0.1:{heard.port}/") == b"straight"

    assert proxy.requests == []


async def test_nobody_there_is_told_as_a_fault() -> None:
    async with serving(saying()) as heard:
        port = heard.port
    with pytest.raises(Unreachable):
        await got(f"http://127.0.0.1:{port}/")
    with pytest.raises(Unreachable):
        await got("http://does-not-exist.invalid/", NOWHERE)
    with pytest.raises(ForbiddenAddress):
        await got("http://bro\x00ken/", NOWHERE)


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate for sso.example, and nothing else."""
    made = tmp_path / "sso.pem"
    subject = ["-subj", "/CN=sso.example", "-addext", "subjectAltName=DNS:sso.example"]
    asked = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject]
    where = ["-keyout", str(made), "-out", str(tmp_path / "cert.pem")]
    subprocess.run(["openssl", *asked, *where], check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    return made


async def test_the_name_is_proved_though_the_address_is_dialled(certificate: Path) -> None:
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(certificate)
    trust = ssl.create_default_context(cafile=str(certificate))
    names = Names(sso=[["127.0.0.1"]], other=[["127.0.0.1"]])

    async with serving(saying(b"proved"), tls=server) as heard:
        at = f"sso.example:{heard.port}"
        assert await got(f"https://{at}/", resolve=names, trust=trust) == b"proved"
        with pytest.raises(Unreachable):
            await got(f"https://other.example:{heard.port}/", resolve=names, trust=trust)
        with pytest.raises(Unreachable):
            await got(f"https://{at}/", resolve=names)

    assert len(heard.requests) == 1


async def test_https_does_not_lead_to_http(certificate: Path) -> None:
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(certificate)
    trust = ssl.create_default_context(cafile=str(certificate))
    names = Names(sso=[["127.0.0.1"]])

    async with serving(saying(b"plain")) as plain:
        down = saying(b"", "302 Found", location=f"http://127.0.0.1:{plain.port}/")
        async with serving(down, tls=server) as heard:
            with pytest.raises(ForbiddenAddress):
                await got(f"https://sso.example:{heard.port}/", resolve=names, trust=trust)

    assert plain.requests == []
