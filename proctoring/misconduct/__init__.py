"""违纪 on the record: facts, evidence, statement, signatures, a written ruling; nothing follows but from a ruling."""
