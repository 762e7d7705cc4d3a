"""Shell of every page: navigation, search and panel registries, template tags, mapping of domain errors to pages."""
