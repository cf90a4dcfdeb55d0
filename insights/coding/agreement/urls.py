from django.urls import path

from insights.coding.agreement import views

urlpatterns = [
    path("", views.show_agreement_overview, name="agreement"),
    path("of/<slug:slug>/draw/", views.edit_new_sample, name="draw-sample"),
    path("<int:pk>/", views.show_double_coding, name="double-coding"),
    path("<int:pk>/next/", views.show_next_text, name="next-in-sample"),
    path("<int:pk>/end/", views.save_double_coding_end, name="end-double-coding"),
    path("answers/<int:pk>/", views.edit_second_coding, name="second-coding"),
    path("answers/<int:pk>/settle/", views.edit_settlement, name="settle"),
]
