"""`make reset` deletes what `make run` made, and only when it is told to."""

import pytest

from config.launch import __main__ as verbs


@pytest.fixture
def var(monkeypatch, tmp_path):
    """A home with something to lose, and nobody's at work in it."""
    home = tmp_path / "var"
    (home / "postgresql").mkdir(parents=True)
    for name, place in {"VAR": home, "TESTS": home / "test", "BENCH": home / "b", "SCREENSHOTS": home / "s"}.items():
        monkeypatch.setattr(verbs, name, place)
    return home


@pytest.mark.parametrize("said", ["", "n", "nonsense"])
def test_without_a_yes_nothing_is_deleted(monkeypatch, var, said):
    monkeypatch.setattr("builtins.input", lambda question: said)

    with pytest.raises(SystemExit, match="Nothing was deleted"):
        verbs.reset([])

    assert (var / "postgresql").exists()


def test_where_nobody_can_be_asked_nothing_is_deleted(monkeypatch, var):
    def nobody(question):
        raise EOFError

    monkeypatch.setattr("builtins.input", nobody)

    with pytest.raises(SystemExit, match="Nothing was deleted"):
        verbs.reset([])

    assert (var / "postgresql").exists()


def test_a_yes_names_what_goes_and_deletes_it(monkeypatch, var):
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "y")

    assert verbs.reset([]) == 0

    assert str(var) in asked[0]
    assert not var.exists()


def test_what_is_in_use_is_not_deleted(monkeypatch, var):
    with verbs.only_one(var), pytest.raises(SystemExit, match="Already running here"):
        verbs.reset(["--yes"])

    assert (var / "postgresql").exists()


def test_nothing_to_delete_is_said_without_asking(var, capsys):
    verbs.reset(["--yes"])

    assert verbs.reset([]) == 0
    assert capsys.readouterr().out == "There is nothing to delete.\n"
