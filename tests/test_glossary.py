import re
from pathlib import Path

from examsvc.core.db import Base
from examsvc.wiring import METADATA

GLOSSARY = Path(__file__).parents[1] / "GLOSSARY.md"


def test_every_table_has_its_term_and_every_term_its_table() -> None:
    terms = set(re.findall(r"^\| `(\w+)` \|", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE))
    models = {mapper.class_.__name__ for mapper in Base.registry.mappers}
    assert models == terms
    assert METADATA.tables
