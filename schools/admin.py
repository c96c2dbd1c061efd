"""The administration site gives people the areas they serve. The roll itself changes only by dated acts."""

from django.contrib import admin
from django.http import HttpRequest

from schools.models import District, Membership, Region, School


class ReadOnlyAdmin(admin.ModelAdmin):
    """To look up, not to edit: a change past the services would leave the figures untold."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False


@admin.register(Region, District)
class AdministrativeUnitAdmin(ReadOnlyAdmin):
    list_display = ["slug", "name_kk", "name_ru", "kato", "established_on", "abolished_on"]
    search_fields = ["slug", "name_kk", "name_ru", "name_en"]


@admin.register(School)
class SchoolAdmin(ReadOnlyAdmin):
    list_display = ["code", "name_kk", "locality_kk", "opened_on", "closed_on"]
    search_fields = ["code", "name_kk", "name_ru", "name_en"]


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["user", "whole_country", "region", "district", "school"]
    list_select_related = ["user", "region", "district", "school"]
    autocomplete_fields = ["user", "region", "district", "school"]
    search_fields = ["user__email", "user__name"]
