"""What is read off runs: measures, each declared once, and the one sweep that reads them all."""
