"""What we give to those who fill ledgers: templates, exports, copies with the faults marked."""
