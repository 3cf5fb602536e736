"""Pictures of results, made for print: one function a picture, tables in, axes out."""
