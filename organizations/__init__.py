"""组织: the typed tree, its periods, bodies, posts, grids."""
