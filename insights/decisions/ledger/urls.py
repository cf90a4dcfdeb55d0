from django.urls import path

from insights.decisions.ledger import views

urlpatterns = [
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/ledger.csv", views.sheet, name="ledger-sheet"),
    path("ledger/heads/", views.heads, name="ledger-heads"),
]
