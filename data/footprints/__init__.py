"""Where buildings stand: outlines from GeoJSON, repaired and matched to the campus database."""
