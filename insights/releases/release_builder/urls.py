"""Pages under /insights/manage/releases/."""

from django.urls import path

from insights.releases.release_builder import views

urlpatterns = [
    path("<slug:slug>/make/", views.edit_release_order, name="make-release"),
    path("orders/<int:pk>/agree/", views.agree_to_rules, name="agree-to-rules"),
    path("orders/<int:pk>/take-back/", views.take_back_order, name="take-back-order"),
]
