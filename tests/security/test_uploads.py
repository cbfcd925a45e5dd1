"""Files that were made to hurt: by their names, by what they unpack to, by what is in them."""

import io
import zipfile
from pathlib import Path
from time import perf_counter

import httpx
import pytest
from tests.served import Served
from tests.unit.ingest import hostile

FILES, IMPORTS = "/api/v1/files", "/api/v1/imports"
BOMBS = ("zip_bomb", "wide_bomb", "tall_bomb", "strings_bomb")
NAMES = [
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "/etc/passwd",
    "C:\\boot.ini",
    "a/../../b.csv",
    "....//....//x",
    "%2e%2e%2fx",
    "con",
    ".",
    "..",
    "~/.ssh/id_rsa",
    "a\x00.csv",
    "a\r\nb.csv",
    "x" * 600 + ".csv",
    "\u202egpj.exe",
]


async def drafted(client: httpx.AsyncClient, content: bytes, name: str) -> httpx.Response:
    """Upload a file to be taken in."""
    files = {"file": (name, content)}
    return await client.post(IMPORTS, files=files, data={"object": "reader"})


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name[:20])
async def test_a_name_never_says_where_a_file_goes(
    library: Served, ada: httpx.AsyncClient, name: str
) -> None:
    home = library.system.files.folder.parent
    made = await ada.post(FILES, files={"file": (name, b"harmless")})
    assert made.status_code == 201, made.text
    fetched = await ada.get(made.headers["location"])

    assert fetched.content == b"harmless"
    assert "/" not in made.json()["name"]
    assert "\\" not in made.json()["name"]
    assert len(made.json()["name"]) <= 255
    written = [one for one in home.rglob("*") if one.is_file() and one.read_bytes() == b"harmless"]
    assert [one.parent.parent.parent for one in written] == [library.system.files.folder]


@pytest.mark.parametrize("bomb", BOMBS)
async def test_a_bomb_is_refused_and_costs_little(
    ada: httpx.AsyncClient, tmp_path: Path, bomb: str
) -> None:
    path = getattr(hostile, bomb)(tmp_path / f"{bomb}.xlsx")
    began = perf_counter()

    answer = await drafted(ada, path.read_bytes(), "book.xlsx")

    assert 400 <= answer.status_code < 500, answer.text[:300]
    assert perf_counter() - began < 60


async def test_paths_inside_an_archive_lead_nowhere(
    library: Served, ada: httpx.AsyncClient, tmp_path: Path
) -> None:
    """Zip slip: nothing of an archive is written to the disk, whatever its parts are called."""
    plain = hostile.workbook(tmp_path / "plain.xlsx", ["姓名"], ["安娜"])
    evil = tmp_path / "evil.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(evil, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
        target.writestr("../../../../tmp/zhike-slipped.txt", "slipped")
        target.writestr("/zhike-slipped.txt", "slipped")
        target.writestr("xl/worksheets/../../../zhike-slipped.txt", "slipped")

    answer = await drafted(ada, evil.read_bytes(), "evil.xlsx")

    assert answer.status_code in {201, 422}
    home = library.system.files.folder.parent
    places = (home, tmp_path, Path("/tmp"), Path("/"), Path.cwd())  # noqa: S108 - where it would be
    assert not [one for place in places for one in place.glob("zhike-slipped.txt")]


async def test_entities_of_xml_are_not_looked_up(ada: httpx.AsyncClient, tmp_path: Path) -> None:
    """XXE and a billion laughs: neither files nor memory of ours are spent on them."""
    secret = tmp_path / "secret.txt"
    secret.write_text("ZXSECRET", encoding="utf-8")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    for kinds in (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>',
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>',
    ):
        entity = "&e;" if "SYSTEM" in kinds else "&l11;"
        cell = f'<row r="1"><c r="A1" t="inlineStr"><is><t>姓名{entity}</t></is></c></row>'
        xml = hostile.HEAD.replace("<worksheet", f"{kinds}<worksheet") + cell + hostile.END
        path = hostile.with_sheet(tmp_path / "xxe.xlsx", xml)
        began = perf_counter()

        answer = await drafted(ada, path.read_bytes(), "xxe.xlsx")

        assert answer.status_code < 500
        assert "ZXSECRET" not in answer.text
        assert len(answer.content) < 100_000
        assert perf_counter() - began < 30


@pytest.mark.parametrize("sign", ["(", "<", "[", "（", " ", ",", "1", "号"])
async def test_a_head_of_a_million_signs_is_read_quickly(ada: httpx.AsyncClient, sign: str) -> None:
    quoted = '"' + sign * 1_000_000 + '"'
    content = io.StringIO(f"姓名,{quoted}\n安娜,{quoted}\n").getvalue().encode()
    began = perf_counter()

    answer = await drafted(ada, content, "long.csv")

    assert answer.status_code < 500, answer.text[:300]
    assert perf_counter() - began < 15
