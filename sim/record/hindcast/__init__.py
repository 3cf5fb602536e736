"""The record of a case beside what is simulated of the same time: calibration, not validation."""
