from django.urls import path

from hue.incidents.views import desk, importing

app_name = "incidents"
urlpatterns = [
    path("", desk.index, name="index"),
    path("new/", desk.new, name="new"),
    path("<int:pk>/", desk.show, name="show"),
    path("<int:pk>/edit/", desk.edit, name="edit"),
    path("<int:pk>/suspects/<int:suspect>/", desk.add_step, name="add_step"),
    path("<int:pk>/outcome/", desk.note_outcome, name="note_outcome"),
    path("<int:pk>/victim/", desk.inform_victim, name="inform_victim"),
    path("import/", importing.index, name="import"),
    path("import/empty.csv", importing.empty, name="import_empty"),
    path("import/<int:pk>/", importing.show, name="import_show"),
    path("import/<int:pk>/progress/", importing.progress, name="import_progress"),
    path("import/<int:pk>/columns/", importing.columns, name="import_columns"),
    path("import/<int:pk>/begin/", importing.begin, name="import_begin"),
    path("import/<int:pk>/undo/", importing.undo, name="import_undo"),
    path("import/<int:pk>/drop/", importing.drop, name="import_drop"),
    path("import/<int:pk>/bad-rows.csv", importing.faults, name="import_faults"),
]
