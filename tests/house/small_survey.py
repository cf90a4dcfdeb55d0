"""`python -m tests.house.small_survey`: a site with one small open survey on a migrated database.

One closed question (field "a") and one free text (field "b"), in English and Urdu.
"""

PATH = "/{}/have-your-say/parks/answer/"
DUMP = """
import json
from consultation.responses.models import Answer, Response
from consultation.responses.vault import open_sealed_text
print(json.dumps({
    "responses": {str(one.pk): one.closed for one in Response.objects.all()},
    "texts": [[str(one.response_id), open_sealed_text(one.sealed)] for one in Answer.objects.all()],
}))
"""


def make():
    from cms.site.pages.site_setup import ensure_site
    from tests.factories import consultation, question

    home = ensure_site(("en", "ur"))
    items = [question("a", "single", ["Parks", "Town", "Stops"]), question("b", "long_text")]
    consultation(home, items=items)


if __name__ == "__main__":
    import django

    django.setup()
    make()
