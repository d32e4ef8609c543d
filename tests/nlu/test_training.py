"""Training and its record, over a project of a few messages; and the model that is in git, against its card."""

from __future__ import annotations

import io
import json
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rahdari.errors import ModelError
from rahdari.nlu import archive, cards, training
from rahdari.settings import Settings, latest_model

ROOT = Path(__file__).resolve().parents[2]
THINGS = ("a dam", "the port", "a school", "rice", "the sea", "a train")
FORMS = {"count": "how many has {}", "who": "who has {}", "why": "why is it {}"}


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project, trained once by `run`. Not to be changed: see `project`."""
    root = tmp_path_factory.mktemp("project")
    for part in training.PARTS:
        (root / part).mkdir(parents=True)
    intents = [f"- intent: {intent}\n  examples: |\n{_examples(form)}" for intent, form in FORMS.items()]
    rules = [f"- rule: {i}\n  steps:\n  - intent: {i}\n  - action: action_answer\n" for i in FORMS]
    _write(root / "data/nlu/a.yml", "nlu:\n" + "".join(intents))
    _write(root / "data/rules/a.yml", "rules:\n" + "".join(rules))
    _write(root / "domain.yml", f"intents: [{', '.join(FORMS)}]\nactions: [action_answer]\n")
    shutil.copy(ROOT / "config.yml", root / "config.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "project_root", lambda: root)
        training.run(Settings.from_environment({}))
    return root


@pytest.fixture()
def project(trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the trained project, that the commands take for theirs."""
    root = Path(shutil.copytree(trained, tmp_path / "project"))
    monkeypatch.setattr(training, "project_root", lambda: root)
    return root


@pytest.fixture()
def settings() -> Settings:
    return Settings.from_environment({})


def _examples(form: str) -> str:
    return "".join(f"    - {form.format(thing)}\n" for thing in THINGS)


def _write(path: Path, text: str) -> None:
    path.write_text(f'version: "3.1"\n{text}', encoding="utf-8")


def _rewritten(path: Path, target: Path, change: Callable[[str, bytes], bytes]) -> Path:
    """A copy of an archive with the contents of its files changed."""
    with tarfile.open(path) as old, tarfile.open(target, "w:gz") as new:
        for entry in old.getmembers():
            if not entry.isfile():
                continue
            content = change(entry.name, old.extractfile(entry).read())  # type: ignore[union-attr]
            entry.size = len(content)
            new.addfile(entry, io.BytesIO(content))
    return target


def test_training_writes_the_archive_its_card_and_its_row(trained: Path) -> None:
    models = trained / "models"
    assert sorted(path.name for path in models.iterdir()) == [
        "rahdari-1.json", "rahdari-1.md", "rahdari-1.tar.gz", "versions.tsv",
    ]  # fmt: skip
    card = cards.current(models)
    assert card is not None
    assert (card.version, card.scores["messages"], card.rasa) == (1, 18, "3.6.21")
    assert latest_model(models) == card.path(models)
    cards.check(models)
    assert str(trained) not in (models / "rahdari-1.md").read_text(encoding="utf-8")


def test_no_path_of_the_machine_gets_into_the_archive(trained: Path) -> None:
    for name, content in archive._members(trained / "models" / "rahdari-1.tar.gz").items():
        assert str(trained).encode() not in content, name


def test_training_again_without_a_change_writes_nothing(
    project: Path, settings: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "train", lambda *_: pytest.fail("trained again"))
    training.run(settings)
    assert "Nothing changed since model 1" in capsys.readouterr().out


def test_a_fresh_training_gives_the_same_model_and_a_changed_message_another(project: Path, settings: Settings) -> None:
    training.check(settings)
    _write(project / "data/nlu/b.yml", "nlu:\n- intent: who\n  examples: |\n    - by whom\n")
    with pytest.raises(ModelError, match="before the data changed"):
        training.check(settings)
    training.run(settings)
    names = sorted(path.name for path in (project / "models").iterdir())
    assert names == ["rahdari-2.json", "rahdari-2.md", "rahdari-2.tar.gz", "versions.tsv"]
    assert [row["version"] for row in cards._rows(project / "models")] == ["1", "2"]


@pytest.mark.parametrize("name", ["domain.yml", "config.yml", "data/rules/a.yml"])
def test_every_input_counts(project: Path, name: str) -> None:
    before = archive.data_digest(project)
    (project / name).write_text((project / name).read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    assert archive.data_digest(project) != before


def test_the_documents_do_not_count(project: Path) -> None:
    before = archive.data_digest(project)
    (project / "data" / "documents").mkdir()
    (project / "data" / "documents" / "a.yml").write_text("a: b", encoding="utf-8")
    assert archive.data_digest(project) == before


def test_a_model_that_rasa_cannot_train_is_told_with_rasas_words(project: Path, settings: Settings) -> None:
    _write(project / "data/rules/b.yml", "rules:\n- rule: x\n  steps:\n  - intent: why\n  - action: action_other\n")
    with pytest.raises(ModelError, match="(?s)did not train.*action_other"):
        training.run(settings)
    assert (project / "models" / "rahdari-1.tar.gz").is_file()
    assert not [path for path in (project / "models").iterdir() if path.name.startswith(".")]


def test_without_a_model_the_check_says_what_to_do(project: Path, settings: Settings) -> None:
    (project / "models" / "rahdari-1.tar.gz").unlink()
    with pytest.raises(ModelError, match="run `rahdari train`"):
        training.check(settings)


def test_an_archive_that_is_not_the_cards_is_refused(project: Path) -> None:
    path = project / "models" / "rahdari-1.tar.gz"
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(ModelError, match="not the file that its card tells of"):
        cards.check(project / "models")


def test_a_card_that_was_edited_is_refused(project: Path) -> None:
    path = project / "models" / "rahdari-1.md"
    path.write_text(path.read_text(encoding="utf-8").replace("18,", "81,"), encoding="utf-8")
    with pytest.raises(ModelError, match="differ"):
        cards.check(project / "models")


def test_dates_and_random_ids_are_no_difference(trained: Path, tmp_path: Path) -> None:
    def redate(name: str, content: bytes) -> bytes:
        if not name.endswith("metadata.json"):
            return content
        known: dict[str, Any] = json.loads(content)
        return json.dumps({**known, "trained_at": "1999", "model_id": "x", "project_fingerprint": "y"}).encode()

    kept = trained / "models" / "rahdari-1.tar.gz"
    assert archive.differences(kept, _rewritten(kept, tmp_path / "other.tar.gz", redate)) == []


def test_the_last_digits_of_weights_are_no_difference_and_the_first_are(trained: Path, tmp_path: Path) -> None:
    def scale(factor: float) -> Callable[[str, bytes], bytes]:
        def change(name: str, content: bytes) -> bytes:
            if not name.endswith(".npy"):
                return content
            buffer = io.BytesIO()
            np.save(buffer, (archive._array(content) * factor).astype(np.float16))
            return buffer.getvalue()

        return change

    kept = trained / "models" / "rahdari-1.tar.gz"
    assert archive.differences(kept, _rewritten(kept, tmp_path / "near.tar.gz", scale(1.005))) == []
    [told] = archive.differences(kept, _rewritten(kept, tmp_path / "far.tar.gz", scale(1.2)))
    assert "weights.npy differs" in told


def test_another_domain_is_a_difference(trained: Path, tmp_path: Path) -> None:
    def rename(name: str, content: bytes) -> bytes:
        return content.replace(b"- who", b"- whom") if name.endswith("domain.yml") else content

    kept = trained / "models" / "rahdari-1.tar.gz"
    [told] = archive.differences(kept, _rewritten(kept, tmp_path / "other.tar.gz", rename))
    assert "domain.yml differs" in told


def test_the_model_in_git_belongs_to_the_data_in_git() -> None:
    card = cards.current(ROOT / "models")
    assert card is not None
    cards.check(ROOT / "models")
    assert card.data_sha256 == archive.data_digest(ROOT), "run `rahdari train` and commit what it writes"
    assert [path.name for path in (ROOT / "models").glob("rahdari-*.tar.gz")] == [card.file]
    assert card.scores["accuracy"] >= 0.82
    assert card.scores["calibration_error"] <= 0.03
