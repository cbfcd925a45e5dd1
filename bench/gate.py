"""
The identity gate at a million customers: how long `POST …/check` takes, and whom it finds.

`python -m bench.gate`, or with another number of customers behind it. The home is made once; a
million takes about 2 GB of disk. The time is that of the whole request, one after the other; beside
it stands what the server and PostgreSQL spent of the processors, which another program on the
machine does not change. Whom it finds is asked with names as others type them: see `VARIANTS`.
"""

import asyncio
import json
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any

import httpx
import psutil
import psycopg

from bench.identity import companies as made
from bench.identity.companies import Company
from bench.place import BENCH, ZHIKE, address, renewed, served
from zhike.bootstrap import build
from zhike.hub.identity import keys_of
from zhike.kernel.settings import Settings
from zhike.store.search import searching

CUSTOMERS = 1_000_000
ASKED = 300
SEED = 7
COLUMNS = ("name", "credit_code", "phone", "landline", "email", "address", "contact_name")


def brands() -> str:
    """Give the characters that brands are made of, the bench's own and other common ones."""
    common = (
        "一万三上世业东中丰丽久义乐九云亚京亿仁今众优伟佰佳依侨信倍健元光全公共兴冠凤凯利力加劲北华卓南博友双"
        "发合吉名启和品嘉四国圣坤城堡堂塔士声夏大天太奇奥好如妙姿威子宁安宏宜宝实富寰小山峰川工巨市帆常平广庆康"
        "建弘彩德心志思恒悦惠意成戴拓捷振控数斯新方旗日昂昌明春星晖普晶智朗本杰松林果柏格桂森楚欣正步民水永江汇"
        "沃河泉泛波泰洁洋洪浙海润深清源满潮澳灵炬点烨焕熙爱牛特玉玛环珠瑞璐生电登百盈益盛真知石硕福科秀程稳立章"
        "竞端竹笛策精紫红纳经绿维网罗美群翔翼老联聚胜能腾自至航良艺艾芯花茂茗荣莱菲萨蓝融行裕西要观言讯许诚诺谊谷"
        "豪贝财贤赛赢超越跃辉达迅迈远连迪通速造道邦郎里重金钧钢铁铭锋锐镇长门间阳陆隆集雅雨雷霖霸青静韩韵顶顺领颂"
        "风飞首香马驰骏高魔鸿鹏鹰麒麦黄鼎龙"
    )
    return "".join(dict.fromkeys(made.BRAND + common))


def lines(count: int, seed: int = SEED) -> Iterator[Company]:
    """Give customers as a register has them, with sisters, branches and agents' telephones."""
    chance = Random(seed)
    made.BRAND = brands()
    seen: set[str] = set()
    while len(seen) < count:
        for one in made.companies(chance, 20_000):
            if one.name not in seen and len(seen) < count:
                seen.add(one.name)
                yield one


def at(count: int) -> Path:
    """Give the home of so many customers."""
    return BENCH / ("gate" if count == CUSTOMERS else f"gate-{count}")


def prepared(home: Path, count: int) -> None:
    """
    Make a home with so many customers, unless it is there: past the product's doors, but with the
    keys and search words that the product would give them. What an older version gave is renewed.
    """
    done = home / f"{count}.done"
    if done.exists():
        renewed(home)
        return
    home.mkdir(parents=True, exist_ok=True)
    with served(home):
        asyncio.run(_filled(home, count))
    done.touch()


async def _filled(home: Path, count: int) -> None:
    async with build(Settings(home=home)) as system:
        snapshot, url = await system.catalog.snapshot("main"), system.db.url
    known = searching(snapshot, snapshot.objects["customer"])
    indexes = ("zk_search", "zk_match")
    with psycopg.connect(url, autocommit=True) as db:
        db.execute("SET search_path = ws_main, zhike")
        db.execute("SET maintenance_work_mem = '1GB'")
        names = db.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'ws_main'"
            " AND tablename = 'customer' AND indexdef LIKE '%gin%'"
        ).fetchall()
        for name, _ in names:
            db.execute(f'DROP INDEX "{name}"')
        copying = f"COPY customer ({', '.join((*COLUMNS, *indexes))}) FROM STDIN"
        with db.cursor() as cursor, cursor.copy(copying) as copy:
            for one in lines(count):
                values = dict(zip(COLUMNS, told(one), strict=True))
                keys = keys_of(snapshot, "customer", values)
                copy.write_row((*values.values(), known.tokens(values), list(keys)))
        for _, definition in names:
            db.execute(definition)
        db.execute("VACUUM ANALYZE customer")


def told(one: Company) -> tuple[str, ...]:
    """Give a customer as it is kept."""
    phones = (f"+86-{one.phone}", f"+86-{one.landline}")
    return (one.name, one.credit_code, *phones, one.email, one.address, one.legal_person)


Typing = Callable[[Random, Company], Company]


def homophone(chance: Random, one: Company) -> Company:
    """Put a character of the same sound into the brand."""
    for at in chance.sample(range(len(one.brand)), len(one.brand)):
        start = one.name.find(one.brand) + at
        other = made._sounds(chance, one.name, start)  # noqa: SLF001 - the bench's own
        if other != one.name[start]:
            return replace(one, name=one.name[:start] + other + one.name[start + 1 :])
    return one


def mistyped(chance: Random, one: Company) -> Company:
    """Put another character into the brand."""
    start = one.name.find(one.brand) + chance.randrange(len(one.brand))
    return replace(one, name=one.name[:start] + chance.choice(made.BRAND) + one.name[start + 1 :])


def left_out(chance: Random, one: Company) -> Company:
    """Leave a character of brand or trade out."""
    start = one.name.find(one.brand) + chance.randrange(len(one.brand + one.trade))
    return replace(one, name=one.name[:start] + one.name[start + 1 :])


def no_place(_: Random, one: Company) -> Company:
    """Leave the place out."""
    return replace(one, name=one.brand + one.trade + one.form)


def no_form(_: Random, one: Company) -> Company:
    """Leave the legal form out."""
    return replace(one, name=one.name.removesuffix(one.form))


def bracketed(chance: Random, one: Company) -> Company:
    """Put the place behind the brand."""
    return made._bracketed(chance, one)  # noqa: SLF001 - the bench's own


def traditional(chance: Random, one: Company) -> Company:
    """Write it in traditional characters."""
    return made._traditional(chance, one)  # noqa: SLF001 - the bench's own


def short(_: Random, one: Company) -> Company:
    """Type place and brand alone."""
    return replace(one, name=one.place[1].removesuffix("市") + one.brand)


VARIANTS: Mapping[str, Typing] = {
    "as it is": lambda _, one: one,
    "homophone": homophone,
    "mistyped": mistyped,
    "left out": left_out,
    "no place": no_place,
    "no form": no_form,
    "brackets": bracketed,
    "traditional": traditional,
    "place and brand": short,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came of asking for many names of one sort."""

    found: int
    count: int
    times: list[float]
    told: float


def ask(client: httpx.Client, names: list[tuple[str, str]]) -> Asked:
    """Ask for names, each with the name it stands for."""
    times, found, told = [], 0, 0
    for typed, meant in names:
        begun = time.perf_counter()
        answer = client.post("/api/v1/records/customer/check", json={"name": typed})
        times.append(1000 * (time.perf_counter() - begun))
        duplicates: list[dict[str, Any]] = answer.json()["duplicates"]
        told += len(duplicates)
        found += any(one.get("title") == meant for one in duplicates)
    return Asked(found=found, count=len(names), times=times, told=told / max(1, len(names)))


def spent(home: Path) -> float:
    """Give the processor seconds that the server and PostgreSQL of a home have used so far."""
    mine = [one for one in psutil.process_iter(["cmdline"]) if _of(home, one)]
    every = {one.pid: one for some in mine for one in (some, *some.children(recursive=True))}
    times = [one.cpu_times() for one in every.values()]
    return sum(one.user + one.system + one.children_user + one.children_system for one in times)


def _of(home: Path, process: psutil.Process) -> bool:
    words = process.info["cmdline"] or ()
    return any(str(home) in one for one in words) and "bench.gate" not in words


def key(home: Path) -> str:
    """Give an API key of the administrator."""
    done = subprocess.run(
        [ZHIKE, "key", "create", "gate", "--per-minute", "1000000", "--home", str(home)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(r"zk_\S+", done.stdout)
    if found is None:
        raise RuntimeError(done.stdout)
    return found[0]


def main(count: int = CUSTOMERS) -> None:
    """Measure and print."""
    home = at(count)
    prepared(home, count)
    chance = Random(SEED)
    known = [one for n, one in enumerate(lines(count)) if n % (count // ASKED) == 0]
    with served(home) as (port, _), psycopg.connect(address(home), autocommit=True) as db:
        db.execute("SET search_path = ws_main")
        db.execute("VACUUM ANALYZE customer")
        headers = {"Authorization": f"Bearer {key(home)}"}
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=60
        ) as client:
            ask(client, [(one.name, one.name) for one in known[:20]])
            every: list[float] = []
            before = spent(home)
            print("| typed | found | told | p50 ms | p95 ms |\n|---|---|---|---|---|")
            for word, typing in VARIANTS.items():
                names = [(typing(chance, one).name, one.name) for one in known]
                result = ask(client, names)
                every += result.times
                p95 = quantiles(result.times, n=20)[-1]
                share = result.found / result.count
                times = f"{median(result.times):.1f} | {p95:.1f}"
                print(f"| {word} | {share:.3f} | {result.told:.1f} | {times} |", flush=True)
            cpu = 1000 * (spent(home) - before) / len(every)
    p95 = quantiles(every, n=20)[-1]
    told = {"customers": count, "p50": median(every), "p95": p95, "cpu ms per check": cpu}
    print(json.dumps({name: round(value, 2) for name, value in told.items()}))


if __name__ == "__main__":
    import sys

    main(*(int(one) for one in sys.argv[1:]))
