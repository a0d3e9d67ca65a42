import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from examsvc.core import settings
from examsvc.core.settings import BadSettings


def test_all_wrong_settings_are_named_at_once(tmp_path: Path) -> None:
    wrong = {
        "EXAMSVC_DATA_DIR": str(tmp_path),
        "EXAMSVC_PORT": "0",
        "EXAMSVC_PROXIES": "-1",
        "EXAMSVC_DATABASE_URL": "mysql://somewhere",
        "EXAMSVC_REDIS_URL": "http://somewhere",
        "EXAMSVC_PUBLIC_URL": "somewhere",
        "EXAMSVC_MASTER_KEY": "short",
        "EXAMSVC_FONT_PATHS": "/no/such/folder",
        "EXAMSVC_SWEEP_SECONDS": "-1",
        "EXAMSVC_LOG_LEVEL": "LOUD",
        "EXAMSVC_BLOBS_URL": "ftp://somewhere",
        "EXAMSVC_DEADLINE_ROLL": "sometimes",
    }
    with pytest.raises(BadSettings) as caught:
        settings.load(wrong)
    named = {fault.split(":")[0] for fault in caught.value.faults}
    assert named == set(wrong) - {"EXAMSVC_DATA_DIR"}


def test_addresses_that_cannot_be_read_are_named_without_their_secrets(tmp_path: Path) -> None:
    wrong = {"EXAMSVC_DATABASE_URL": "postgresql://u:secret@h:port/x", "EXAMSVC_SMTP_URL": "smtp://u:secret@h:99999"}
    with pytest.raises(BadSettings) as caught:
        settings.load({"EXAMSVC_DATA_DIR": str(tmp_path), **wrong})
    assert {fault.split(":")[0] for fault in caught.value.faults} == set(wrong)
    assert "secret" not in str(caught.value)


def test_several_processes_need_postgresql_and_redis(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="PROCESSES"):
        settings.load({"EXAMSVC_DATA_DIR": str(tmp_path), "EXAMSVC_PROCESSES": "2"})


def test_a_master_key_is_made_once_and_is_its_owners_only(tmp_path: Path) -> None:
    first = settings.load({"EXAMSVC_DATA_DIR": str(tmp_path)})
    again = settings.load({"EXAMSVC_DATA_DIR": str(tmp_path)})
    assert first.master_key == again.master_key
    assert stat.S_IMODE((tmp_path / "master.key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["master.key"]


def test_processes_that_start_at_once_get_one_master_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = threads.map(lambda _: settings.load({"EXAMSVC_DATA_DIR": str(tmp_path)}).master_key, range(8))
        assert len(set(found)) == 1


def test_a_data_folder_that_cannot_be_made_is_a_fault_of_the_settings(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BadSettings, match="MASTER_KEY"):
        settings.load({"EXAMSVC_DATA_DIR": str(tmp_path / "file" / "data")})


@pytest.mark.parametrize(("url", "secure"), [("http://127.0.0.1:8000", False), ("https://exam.example/", True)])
def test_cookies_are_secure_where_people_come_by_https(tmp_path: Path, url: str, secure: bool) -> None:
    found = settings.load({"EXAMSVC_DATA_DIR": str(tmp_path), "EXAMSVC_PUBLIC_URL": url})
    assert found.is_secure is secure
    assert not found.public_url.endswith("/")
