"""Charts by shape, not by metric, as plain dictionaries that Plotly draws."""
