"""Size budgets: the tail of a code base is what makes it unreadable, so the tail is bounded."""

from collections import Counter

from tests.architecture.tree import PRODUCT, TESTS, TOOLS, functions, lines, short

CROWDED_ON_PURPOSE = {"kinds", "functions"}
"""Folders in which one file is one kind; they grow with the product."""


def test_no_file_outgrows_its_budget() -> None:
    fat = {short(path): size for path in [*PRODUCT, *TOOLS] if (size := lines(path)) > 400}

    assert fat == {}


def test_no_test_file_outgrows_its_budget() -> None:
    fat = {short(path): size for path in TESTS if (size := lines(path)) > 600}

    assert fat == {}


def test_no_function_outgrows_its_budget() -> None:
    long = {str(one): one.lines for path in PRODUCT for one in functions(path) if one.lines > 60}

    assert long == {}


def test_no_folder_is_crowded() -> None:
    files = Counter(path.parent for path in PRODUCT if path.name != "__init__.py")
    crowded = {
        short(folder): count
        for folder, count in files.items()
        if count > 12 and folder.name not in CROWDED_ON_PURPOSE
    }

    assert crowded == {}
