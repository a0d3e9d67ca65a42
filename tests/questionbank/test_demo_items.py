from examsvc.demo import bank_filling, content_files, screens
from questionbank import content
from questionbank.content import lettered
from questionbank.kinds import ItemType
from questionbank.media.files import prepared


def test_every_item_of_the_demo_is_sound_and_every_type_has_one() -> None:
    kinds = set()
    for file in bank_filling.of_exam().items:
        for entry in file["items"]:
            kind = ItemType(entry["type"].upper())
            shown, key = content_files.content_and_key(entry)
            if "screen" in entry:
                picture = prepared(screens.SCREENS[entry["screen"]]())
                facts = {"media_type": picture.media_type, "width": picture.width, "height": picture.height}
                shown["picture"] = {"digest": "0" * 64, "alt": entry["alt"], **facts}
            content.check(kind, shown, key)
            content.check(kind, *lettered(kind, shown, key))
            kinds.add(kind)
    assert kinds == set(ItemType)
