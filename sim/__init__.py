"""Legation: compare what-ifs of diplomatic recognition and engagement."""
