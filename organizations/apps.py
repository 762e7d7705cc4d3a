"""Django application."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "organizations"
    verbose_name = "组织"

    def ready(self) -> None:
        from linshu.scope import register_tree
        from organizations.models import Organization
        from organizations.querysets import descendants_of

        register_tree(lambda scope: descendants_of(Organization, scope))

        from organizations.providers import register

        register()
