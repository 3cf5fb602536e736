"""How scenarios and studies are run: one point at once into a folder, many in tasks and chunks."""
