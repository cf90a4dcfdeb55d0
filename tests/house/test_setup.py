from cms.site.pages.models import HomePage
from cms.site.pages.site_setup import ensure_site


def test_ensuring_the_site_twice_makes_one_home(home):
    assert ensure_site() == home
    assert HomePage.objects.count() == 1


def test_a_second_language_gets_its_own_home(home):
    ensure_site(["en", "ur"])
    assert set(HomePage.objects.values_list("locale__language_code", flat=True)) == {"en", "ur"}
