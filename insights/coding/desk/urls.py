"""The coding desk, under /insights/coding/. Fixed paths have two parts, so that no consultation's slug shadows one."""

from django.urls import path

from insights.coding.desk import coding_list_views, views

urlpatterns = [
    path("", coding_list_views.show_coding_consultations, name="coding"),
    path("desk/keys/", coding_list_views.save_single_key_setting, name="coding-keys"),
    path("desk/undo/", coding_list_views.save_undo_of_last_choice, name="undo-last-code"),
    path("sets/<int:pk>/remove/", coding_list_views.remove_coding_set, name="remove-coding-set"),
    path("texts/<uuid:pk>/", views.edit_text_codes, name="code-text"),
    path("texts/<uuid:pk>/undo/", coding_list_views.save_undo_of_choice, name="undo-code"),
    path("<slug:slug>/", coding_list_views.show_coding_desk, name="coding-desk"),
    path("<slug:slug>/begin/", coding_list_views.show_first_text, name="begin-coding"),
    path("<slug:slug>/together/", coding_list_views.edit_bulk_acceptance, name="accept-together"),
    path("<slug:slug>/save-set/", coding_list_views.save_coding_set, name="save-coding-set"),
]
