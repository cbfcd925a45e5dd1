"""Requests as three providers of company registers want them (reference values of their own)."""

import pytest
from pydantic import ValidationError

from zhike.hub.registry.question import Fillings, request
from zhike.meta import QuestionSpec, RegistrySpec

SECRETS = {"key": "CDPKEY01", "secret": "CDPSECRET01"}
QCC = {
    "key": "qcc",
    "label": "企查查",
    "object": "customer",
    "headers": {"Token": "{sign}", "Timespan": "{seconds}"},
    "sign": {"of": "{secret.key}{seconds}{secret.secret}", "letters": "upper"},
    "search": {
        "url": "https://api.qcc.test/FuzzySearch/GetList?key={secret.key}&keyword={words}",
        "found": "Result",
    },
    "id": "KeyNo",
    "fields": {"name": "Name"},
}
QIXIN = {
    **QCC,
    "headers": {"appkey": "{secret.key}", "timestamp": "{milliseconds}", "sign": "{sign}"},
    "sign": {"of": "{secret.key}{milliseconds}{secret.secret}"},
}


def at(moment: float, **more: str) -> Fillings:
    return Fillings(moment=moment, secrets=SECRETS, **more)


def test_each_signs_in_its_own_way() -> None:
    qcc, qixin = RegistrySpec.model_validate(QCC), RegistrySpec.model_validate(QIXIN)

    one = request(qcc, qcc.search, at(1767225600.9, words="海纳"))
    other = request(qixin, qixin.search, at(1767225600.0, words="海纳"))

    assert one.headers == {"Token": "CD2CE495314F1F0F53AED419F081E4B7", "Timespan": "1767225600"}
    assert other.headers["timestamp"] == "1767225600000"
    assert other.headers["sign"] == "2b5d4cc2a4619939e70eb9206d94791f"


def test_what_is_typed_stays_inside_its_place() -> None:
    spec = RegistrySpec.model_validate(QCC)

    sent = request(spec, spec.search, at(1.0, words="a&key=b/../?#{secret.secret}\r\nX: 1"))

    assert sent.url == (
        "https://api.qcc.test/FuzzySearch/GetList?key=CDPKEY01"
        "&keyword=a%26key%3Db%2F..%2F%3F%23%7Bsecret.secret%7D%0D%0AX%3A%201"
    )


def test_a_header_is_one_line() -> None:
    given = {**QCC, "headers": {"X-Words": "{words}"}}
    spec = RegistrySpec.model_validate(given)

    sent = request(spec, spec.search, at(1.0, words="a\r\nEvil: 1"))

    assert sent.headers == {"X-Words": "aEvil: 1"}


def test_a_body_is_filled_and_a_keyed_signature_made() -> None:
    given = {
        **QCC,
        "sign": {"of": "{words}{seconds}", "by": "hmac_sha256", "secret": "secret"},
        "detail": {
            "url": "https://api.qcc.test/detail",
            "method": "post",
            "body": {"id": "{id}", "sign": "{sign}"},
            "found": "data",
        },
    }
    spec = RegistrySpec.model_validate(given)
    assert isinstance(spec.detail, QuestionSpec)

    sent = request(spec, spec.detail, at(7.0, id="42"))

    assert sent.method == "POST"
    assert sent.body is not None
    assert sent.body["id"] == "42"
    assert len(sent.body["sign"]) == 64
    assert spec.secrets == ["key", "secret"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"search": {"url": "https://{words}/x", "found": "Result"}},
        {"search": {"url": "https://user@host/x", "found": "Result"}},
        {"search": {"url": "ftp://host/x", "found": "Result"}},
        {"search": {"url": "https://host/{other}", "found": "Result"}},
        {"headers": {"X": "{secret.Nope!}"}},
        {"headers": {"X Y": "1"}},
        {"sign": {"of": "x", "by": "hmac_sha256"}},
        {"fields": {}},
        {"cost": -1},
    ],
)
def test_what_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        RegistrySpec.model_validate({**QCC, **wrong})
