"""What comes after a place, in every mixture of directions and empty values."""

from zhike.kernel.sql import ident
from zhike.store.read.plan.keyset import Key, after, order_by

MADE = Key(value=ident("t", "created_at"), type="timestamptz", descending=True, filled=True)
PRICE = Key(value=ident("t", "price"), type="numeric")
ID = Key(value=ident("t", "id"), type="uuid", descending=True, filled=True)


def test_the_default_order_is_one_comparison_that_an_index_serves() -> None:
    place = after((MADE, ID), (False, False))

    assert place.text == '("t"."created_at", "t"."id") < ($1::timestamptz, $2::uuid)'
    assert order_by((MADE, ID)).text == '"zk_1" DESC, "zk_2" DESC'


def test_empty_values_come_after_all_others() -> None:
    place = after((PRICE, ID), (False, False))

    assert place.text == (
        '("t"."price" > $1::numeric) OR ("t"."price" IS NULL)'
        ' OR (("t"."price" = $2::numeric) AND (("t"."id" < $3::uuid)))'
    )
    assert order_by((PRICE,)).text == '"zk_1"'


def test_after_an_empty_value_come_only_empty_ones() -> None:
    place = after((PRICE, ID), (True, False))

    assert place.text == '(("t"."price" IS NULL) AND (("t"."id" < $1::uuid)))'


def test_the_largest_first_still_leaves_the_empty_ones_last() -> None:
    down = Key(value=ident("t", "price"), type="numeric", descending=True)

    assert order_by((down,)).text == '"zk_1" DESC NULLS LAST'
