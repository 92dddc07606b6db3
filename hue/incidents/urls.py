from django.urls import path

from hue.incidents.views import case, desk, importing

app_name = "incidents"
urlpatterns = [
    path("", desk.index, name="index"),
    path("new/", desk.new, name="new"),
    path("<int:pk>/", desk.show, name="show"),
    path("<int:pk>/edit/", desk.edit, name="edit"),
    path("<int:pk>/suspects/<int:suspect>/", desk.add_step, name="add_step"),
    path("<int:pk>/outcome/", desk.note_outcome, name="note_outcome"),
    path("<int:pk>/victim/", desk.inform_victim, name="inform_victim"),
    path("<int:pk>/offence/", case.classify, name="classify"),
    path("<int:pk>/operation/", case.flag_operation, name="flag_operation"),
    path("<int:pk>/found/", case.mark_found, name="mark_found"),
    path("<int:pk>/sought/", case.mark_sought, name="mark_sought"),
    path("<int:pk>/people/", case.note_person, name="note_person"),
    path("<int:pk>/people/<int:person>/", case.change_person, name="change_person"),
    path("<int:pk>/people/<int:person>/consent/", case.agree, name="agree"),
    path("<int:pk>/people/<int:person>/consent/back/", case.take_back, name="take_back"),
    path("<int:pk>/people/<int:person>/naming/", case.allow_naming, name="allow_naming"),
    path("<int:pk>/people/<int:person>/naming/end/", case.end_naming, name="end_naming"),
    path("<int:pk>/people/<int:person>/forget/", case.forget, name="forget"),
    path("<int:pk>/orders/", case.note_order, name="note_order"),
    path("<int:pk>/orders/<int:order>/lift/", case.lift_order, name="lift_order"),
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
