"""How records are compared is worked out once for each object, and anew when a run has learnt."""

from zhike.hub.identity.weighing import Judges
from zhike.meta import MatchSpec, ObjectSpec, build


def test_what_is_known_of_one_object_stays_while_others_are_asked_for() -> None:
    specs = [
        one
        for key in ("customer", "lead")
        for one in (
            ObjectSpec.model_validate({
                "key": key, "label": key,
                "fields": [{"key": "name", "kind": "company_name", "label": "名称"}],
            }),
            MatchSpec.model_validate({"key": key, "object": key, "keys": [{"fields": ["name"]}]}),
        )
    ]  # fmt: skip
    snapshot = build(specs, version=1, zone="Asia/Shanghai")
    customer, lead = snapshot.objects["customer"], snapshot.objects["lead"]
    prior = [("customer", "", 0, 0.01, 0.99)]
    both = [*prior, ("lead", "", 0, 0.02, 0.98)]

    first, other = Judges(snapshot, prior).of(customer), Judges(snapshot, both).of(lead)

    assert first is not None
    assert other is not None
    assert Judges(snapshot, both).of(customer) is first
    assert Judges(snapshot, prior).of(lead) is not other
    anew = Judges(snapshot, [("customer", "", 0, 0.5, 0.5)]).of(customer)
    assert anew is not None
    assert (first.model.prior, anew.model.prior) == (0.01, 0.5)
