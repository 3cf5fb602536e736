"""The case: who the actors are, what every number is and why it is believed."""
