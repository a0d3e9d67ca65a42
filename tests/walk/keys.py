"""What the walk's candidate knows: the right answers of the demo's bank, found by the wording of the question."""

from typing import Any

from examsvc.demo import content_files


def by_stem() -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """Return content and key of every item by its stem without white space and blanks."""
    found = {}
    for file in content_files.item_files():
        for entry in file["items"]:
            content, key = content_files.content_and_key(entry)
            found[bare(content["stem"])] = (content, key)
    return found


def bare(stem: str) -> str:
    """Return a stem as it can be compared with what a page shows."""
    return "".join(stem.replace("_", "").split())


def right_texts(content: dict[str, Any], key: dict[str, Any]) -> list[str]:
    """Return the texts of the right options."""
    return [option["text"] for option in content["options"] if option["id"] in key["right"]]
