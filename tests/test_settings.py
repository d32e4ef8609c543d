"""Settings come from the environment; what cannot be used is told by its name."""

from pathlib import Path

import pytest

from rahdari.errors import SettingsError
from rahdari.settings import Settings, latest_model, project_root


def test_the_defaults_lie_in_the_clone_and_listen_at_home_only() -> None:
    settings = Settings.from_environment({})
    assert settings.home == project_root() / "var"
    assert settings.database_url == f"sqlite:///{project_root() / 'var' / 'store.sqlite'}"
    assert settings.documents == project_root() / "data" / "documents"
    assert (settings.host, settings.port) == ("127.0.0.1", 5005)
    assert settings.keep_unanswered


def test_an_empty_variable_counts_as_not_set() -> None:
    assert Settings.from_environment({"RAHDARI_HOME": "", "RAHDARI_PORT": ""}) == Settings.from_environment({})


def test_the_store_lies_in_the_home_that_is_set(tmp_path: Path) -> None:
    settings = Settings.from_environment({"RAHDARI_HOME": str(tmp_path / "second"), "RAHDARI_PORT": "5006"})
    assert settings.database_url == f"sqlite:///{tmp_path}/second/store.sqlite"
    assert settings.port == 5006


def test_a_relative_path_counts_from_the_working_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert Settings.from_environment({"RAHDARI_DOCUMENTS": "reports"}).documents == tmp_path / "reports"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "５００５", "5005.0"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    with pytest.raises(SettingsError, match="RAHDARI_PORT"):
        Settings.from_environment({"RAHDARI_PORT": port})


def test_keeping_questions_can_be_switched_off() -> None:
    assert not Settings.from_environment({"RAHDARI_KEEP_UNANSWERED": "No"}).keep_unanswered
    with pytest.raises(SettingsError, match="RAHDARI_KEEP_UNANSWERED"):
        Settings.from_environment({"RAHDARI_KEEP_UNANSWERED": "perhaps"})


def test_sites_that_may_show_the_widget_are_named_by_their_origins() -> None:
    named = Settings.from_environment({"RAHDARI_ORIGINS": "https://a.example, http://B.example:8080/ ,"})
    assert named.origins == ("https://a.example", "http://b.example:8080")
    assert Settings.from_environment({"RAHDARI_ORIGINS": "*"}).origins == ("*",)
    assert Settings.from_environment({}).origins == ()


@pytest.mark.parametrize("origins", ["a.example", "https://a.example/chat", "https://*.example", "https://a b"])
def test_an_origin_that_is_none_is_told(origins: str) -> None:
    with pytest.raises(SettingsError, match="RAHDARI_ORIGINS"):
        Settings.from_environment({"RAHDARI_ORIGINS": origins})


def test_public_names_are_names_without_port_and_scheme() -> None:
    named = Settings.from_environment({"RAHDARI_PUBLIC_NAMES": "Bot.Example, box ,[2001:DB8::1],"})
    assert named.public_names == ("bot.example", "box", "2001:db8::1")
    for names in ("https://bot.example", "bot.example:5005", "bot.example/chat", "*", "*.example", "a b"):
        with pytest.raises(SettingsError, match="RAHDARI_PUBLIC_NAMES"):
            Settings.from_environment({"RAHDARI_PUBLIC_NAMES": names})


@pytest.mark.parametrize(
    ("name", "unusable"),
    [("PROXIES", "-1"), ("PROXIES", "yes"), ("KEEP_DAYS", "0"), ("KEEP_DAYS", "1.5"), ("REST_MESSAGES", "many"),
     ("REST_CONVERSATIONS", "9" * 20)],
)  # fmt: skip
def test_a_number_that_is_none_is_told(name: str, unusable: str) -> None:
    assert getattr(Settings.from_environment({f"RAHDARI_{name}": "7"}), name.lower()) == 7
    with pytest.raises(SettingsError, match=f"RAHDARI_{name} is .* give a number from"):
        Settings.from_environment({f"RAHDARI_{name}": unusable})


def test_the_model_is_the_last_row_of_the_table_not_the_newest_file(tmp_path: Path) -> None:
    assert latest_model(tmp_path) is None
    (tmp_path / "rahdari-9.tar.gz").touch()
    table = tmp_path / "versions.tsv"
    table.write_text("version\tdate\n1\t2024-01-01\n2\t2024-02-01\n\n")
    assert latest_model(tmp_path) == tmp_path / "rahdari-2.tar.gz"
    table.write_text("file\tdate\nmine.tar.gz\t2024-01-01\n")
    assert latest_model(tmp_path) == tmp_path / "mine.tar.gz"
    table.write_text("date\n2024-01-01\n")
    with pytest.raises(SettingsError, match="version"):
        latest_model(tmp_path)


def test_a_model_can_be_named(tmp_path: Path) -> None:
    assert Settings.from_environment({"RAHDARI_MODEL": str(tmp_path / "m.tar.gz")}).model == tmp_path / "m.tar.gz"


def test_telegram_is_off_until_a_token_is_set() -> None:
    settings = Settings.from_environment({})
    assert (settings.telegram_token, settings.telegram_webhook, settings.telegram_secret) == (None, None, None)
    assert settings.telegram_api == "https://api.telegram.org"


def test_a_settings_text_shows_no_secret() -> None:
    settings = Settings.from_environment({"RAHDARI_TELEGRAM_TOKEN": "42:hidden", "RAHDARI_TELEGRAM_SECRET": "hidden"})
    assert (settings.telegram_token, settings.telegram_secret) == ("42:hidden", "hidden")
    assert "hidden" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TOKEN", "hidden"),
        ("TOKEN", "42:hid den"),
        ("WEBHOOK", "http://hidden.example.org"),
        ("WEBHOOK", "https://"),
        ("SECRET", "hidden!"),
        ("SECRET", "x" * 257),
        ("API", "hidden.example.org"),
    ],
)
def test_an_unusable_setting_of_telegrams_is_told_by_name_only(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"RAHDARI_TELEGRAM_{name}") as caught:
        Settings.from_environment({f"RAHDARI_TELEGRAM_{name}": value})
    assert "hid" not in str(caught.value)
