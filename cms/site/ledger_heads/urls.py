from django.urls import path

from cms.site.ledger_heads import views

urlpatterns = [
    path("heads.json", views.show_ledger_heads, name="public-ledger-heads"),
    path("check_ledger.py", views.show_ledger_checker, name="public-ledger-program"),
]
