"""Files in and out: documents with places, validation, writing. Nothing here knows diplomacy."""
