"""Tables: the contract the university fills (`campus`) and our own (`dashboard`)."""
