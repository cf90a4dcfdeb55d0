"""Invented benchmarks for representation in the demo, and its first calculation."""

from datetime import date

from insights.representation import actions
from insights.representation.dimensions import list_dimensions
from insights.representation.models import BenchmarkBasis

SOURCE = "Invented for this demo"
AGES = {"11 to 13": 25200, "14 or 15": 15900, "16 or 17": 15100}
AREAS = {"Bradford East": 14300, "Bradford South": 11900, "Bradford West": 14800, "Keighley": 10600, "Shipley": 4600}
LANGUAGES = {"en": 38400, "ur": 9100, "pa": 4300, "pl": 1900, "bn": 1700, "sk": 1400, "ro": 700}
INVITED = {"Everyone": 2400}


def set_benchmarks(pages, staff, today):
    """Age, language and invitations for one consultation; area for every consultation that asks for it."""
    page = pages["safe-in-bradford"]
    shared = {"by": staff["officer1"], "source": SOURCE, "dated": date(today.year - 1, 10, 1)}
    names = dict(next(each for each in list_dimensions(page) if each.key == "language").groups)
    languages = {names[code]: number for code, number in LANGUAGES.items() if code in names}
    given = (
        (page, "age", "School roll, by age", BenchmarkBasis.LIVES, AGES),
        (page, "language", "Languages at home", BenchmarkBasis.LIVES, languages),
        (page, "everyone", "Letters through schools", BenchmarkBasis.INVITED, INVITED),
        (None, "area", "Young people of each area", BenchmarkBasis.LIVES, AREAS),
    )
    for asked, about, name, basis, numbers in given:
        groups = [{"label": label, "number": number} for label, number in numbers.items()]
        actions.set_benchmark(consultation=asked, about=about, name=name, basis=basis, groups=groups, **shared)
    actions.refresh_representation(today)
