"""Under a language prefix. The receipt look-up is in cms/urls.py because it shows decisions."""

from django.urls import path

from consultation.receipts.heard.views import heard_back
from consultation.receipts.views import show_words

app_name = "receipts"
urlpatterns = [
    path("receipt/words/", show_words, name="words"),
    path("have-your-say/<slug:slug>/heard/", heard_back, name="heard-back"),
]
