"""Who asks what, and where: each page is a question and its blocks."""
