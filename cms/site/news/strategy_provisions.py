from django.db.models import TextField
from django.db.models.functions import Cast

from cms.site.news.models import NewsPage
from cms.site.news.news_blocks import select_public_quotes
from consultation.strategy_provisions import Proof, provides_for


@provides_for(
    "prevent-training-professionals",
    "young-peoples-words",
    "A page for people who train has words of young people, “What we want you to know”",
    start="wagtailadmin_explore_root",
    may_start="wagtailadmin.access_admin",
)
def find_pages_with_words():
    public = {str(pk) for pk in select_public_quotes().values_list("pk", flat=True)}
    live = NewsPage.objects.live().annotate(source=Cast("body", TextField())).filter(source__contains='"quotes"')
    for page in live.order_by("-day", "pk"):
        if any(block.block_type == "quotes" and public & set(block.value["quotes"]) for block in page.body):
            yield Proof(page, page.title, page.url)
