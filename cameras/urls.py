from django.urls import path

from cameras.views import acts, adding, chosen, conditions, inventory, lists

app_name = "cameras"

SCHOOL = "schools/<slug:code>/cameras/"

urlpatterns = [
    path("cameras/", lists.camera_list, name="camera_list"),
    path("cameras/systems/", lists.system_list, name="system_list"),
    # The inventory of one school, and acts on it
    path(SCHOOL, inventory.inventory, name="inventory"),
    path(f"{SCHOOL}chosen/", chosen.chosen, name="chosen"),
    path(f"{SCHOOL}systems/new/", adding.system_new, name="system_new"),
    path(f"{SCHOOL}systems/<int:number>/add/", adding.cameras_new, name="cameras_new"),
    path(f"{SCHOOL}systems/<int:number>/edit/", acts.system_act, {"act": acts.CORRECT_SYSTEM}, name="system_edit"),
    path(
        f"{SCHOOL}systems/<int:number>/decommission/", acts.system_act, {"act": acts.DECOMMISSION}, name="decommission"
    ),
    path(f"{SCHOOL}<int:pk>/condition/", conditions.camera_condition, name="camera_condition"),
    path(f"{SCHOOL}<int:pk>/edit/", acts.camera_act, {"act": acts.CORRECT}, name="camera_edit"),
    path(f"{SCHOOL}<int:pk>/relocate/", acts.camera_act, {"act": acts.RELOCATE}, name="relocate"),
    path(f"{SCHOOL}<int:pk>/replace/", acts.camera_act, {"act": acts.REPLACE}, name="replace"),
    path(f"{SCHOOL}<int:pk>/remove/", acts.camera_act, {"act": acts.REMOVE}, name="remove"),
]
