"""The model against stylised facts of a case: calibration, never validation (model 1 and 12)."""
