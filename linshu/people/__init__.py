"""Who is who (Person, sealed fields, kinship) and who logs in (User, tokens)."""
