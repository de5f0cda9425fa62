"""main.py without the network: each test works on a copy of it in a project of its own."""

import ast
import importlib.util
import os
import runpy
import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest

PROJECT = Path(__file__).resolve().parents[1]
MAIN = PROJECT / "main.py"
ECHO = "import os\ndef main(argv):\n    print(argv, os.getcwd(), os.environ.get('PYTHONPATH'))\n    return 7\n"

needs_links = pytest.mark.skipif(os.name == "nt", reason="the stand-in for .venv's Python is a symbolic link")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose app prints its arguments, and whose lock no interpreter fulfils."""
    (tmp_path / "optisim").mkdir()
    (tmp_path / "optisim" / "__init__.py").touch()
    (tmp_path / "optisim" / "cli.py").write_text(ECHO)
    (tmp_path / "requirements.lock").write_text("no-such-package==1.0 \\\n    --hash=sha256:00\n")
    (tmp_path / "requirements-dev.lock").write_text("no-such-package==1.0\nno-such-tool==1.0\n")
    (tmp_path / "main.py").write_text(MAIN.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def launcher(project: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The copied main.py as a module, which notes where it would go on instead of going there."""
    monkeypatch.delenv("OPTISIM_LAUNCHED", raising=False)
    spec = importlib.util.spec_from_file_location("launcher_under_test", project / "main.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ended = []
    monkeypatch.setattr(module, "launch", lambda arguments: module.ended.append(("venv", arguments)) or 0)
    monkeypatch.setattr(module, "run", lambda arguments: module.ended.append(("here", arguments)) or 0)
    return module


class FakeTools:
    """Stands in for the commands that setting up runs, so that nothing is downloaded."""

    def __init__(self, launcher: ModuleType) -> None:
        self.launcher = launcher
        self.commands: list[list[str]] = []
        self.answers: dict[str, tuple[int, str]] = {}  # word in the command -> what it returns and prints

    def __call__(self, command: list[str], guard: int) -> tuple[int, str]:
        self.commands.append(command)
        if "venv" in command:
            self.launcher.VENV_PYTHON.parent.mkdir()
            self.launcher.VENV_PYTHON.touch()
        for word, answer in self.answers.items():
            if word in " ".join(command):
                return answer
        return 0, ""

    def ran(self, word: str) -> list[list[str]]:
        return [command for command in self.commands if word in command]


@pytest.fixture
def tools(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> FakeTools:
    fake = FakeTools(launcher)
    monkeypatch.setattr(launcher, "run_quietly", fake)
    return fake


def make_finished(launcher: ModuleType, lock: Path) -> None:
    launcher.VENV_PYTHON.parent.mkdir(parents=True)
    launcher.VENV_PYTHON.touch()
    launcher.STAMP.write_text(launcher.key_of(lock))


# -- which interpreter


def test_parses_on_old_pythons() -> None:
    ast.parse(MAIN.read_text(encoding="utf-8"), feature_version=(3, 6))


def test_old_python_gets_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18, "final", 0))
    with pytest.raises(SystemExit) as stop:
        runpy.run_path(str(MAIN), run_name="__main__")
    said = capsys.readouterr().err
    assert stop.value.code == 2
    assert "needs Python 3.11 or newer and this is Python 3.9" in said
    assert said.count("\n") == 1


def test_finished_venv_is_used_at_once(launcher: ModuleType, tools: FakeTools) -> None:
    make_finished(launcher, launcher.APP_LOCK)
    assert launcher.main(["a", "--b"]) == 0
    assert launcher.ended == [("venv", ["a", "--b"])]
    assert tools.commands == []


def test_fitting_interpreter_is_used_as_it_is(launcher: ModuleType, tools: FakeTools) -> None:
    launcher.APP_LOCK.write_text(f"pytest=={metadata.version('pytest')} \\\n    --hash=sha256:00\n")
    launcher.main(["a"])
    assert launcher.ended == [("here", ["a"])]
    assert not launcher.VENV.exists()


@pytest.mark.parametrize(
    ("pin", "fits"),
    [
        ("pytest=={version}", True),
        ("pytest=={version}.1", False),
        ("no-such-package==1.0", False),
        ("no-such-package==1.0 ; sys_platform == 'other'", True),
        ("pytest==0.1 ; sys_platform == 'other'", False),
    ],
)
def test_fitting_means_the_very_versions(launcher: ModuleType, pin: str, fits: bool) -> None:
    pin = pin.format(version=metadata.version("pytest"))
    launcher.APP_LOCK.write_text(f"{pin} \\\n    --hash=sha256:00\n")
    assert launcher.interpreter_fits(launcher.APP_LOCK) is fits


def test_stamp_of_the_tests_serves_the_app_but_not_the_reverse(launcher: ModuleType) -> None:
    make_finished(launcher, launcher.TEST_LOCK)
    assert launcher.is_finished(launcher.APP_LOCK)
    assert launcher.is_finished(launcher.TEST_LOCK)
    launcher.STAMP.write_text(launcher.key_of(launcher.APP_LOCK))
    assert launcher.is_finished(launcher.APP_LOCK)
    assert not launcher.is_finished(launcher.TEST_LOCK)


PARALLEL = [
    [],
    ["tests/ui", "-k", "foo"],
    ["--fast"],
    ["-x", "-q"],
    ["tests/a.py::test_one", "tests/a.py::test_two"],
    ["-p", "no:cacheprovider", "--no-header"],
]
ALONE = [
    ["-n", "3"],
    ["-n0"],
    ["--numprocesses=1"],
    ["-p", "no:xdist"],
    ["-pno:xdist"],
    ["--dist=loadfile", "-n2"],
    ["--pdb", "-x"],
    ["-x", "-s"],
    ["-vs"],
    ["--capture=no"],
    ["--collect-only"],
    ["--version"],
    ["tests/a.py::test_one"],
]


@pytest.mark.parametrize("arguments", PARALLEL, ids=" ".join)
def test_tests_share_the_cores_with_any_arguments(launcher: ModuleType, arguments: list[str]) -> None:
    assert launcher.on_cores(arguments)[:2] == ["-n", "auto"]


@pytest.mark.parametrize("arguments", ALONE, ids=" ".join)
def test_whoever_asks_for_one_process_or_so_many_gets_them(launcher: ModuleType, arguments: list[str]) -> None:
    assert launcher.on_cores(arguments) == []


@pytest.mark.parametrize("change", ["lock", "python version", "interpreter gone", "stamp cut short"])
def test_finished_no_more(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, change: str) -> None:
    make_finished(launcher, launcher.APP_LOCK)
    if change == "lock":
        launcher.APP_LOCK.write_text("other==2.0\n")
    elif change == "python version":
        monkeypatch.setattr(launcher.importlib.machinery, "EXTENSION_SUFFIXES", [".cpython-399.so"])
    elif change == "interpreter gone":
        launcher.VENV_PYTHON.unlink()
    else:
        launcher.STAMP.write_text(launcher.STAMP.read_text()[:-1])
    assert not launcher.is_finished(launcher.APP_LOCK)


# -- setting up


def test_set_up_installs_with_hashes_and_then_stamps(
    launcher: ModuleType, tools: FakeTools, capsys: pytest.CaptureFixture[str]
) -> None:
    assert launcher.main(["a"]) == 0
    [install] = tools.ran("install")
    assert install[:3] == [str(launcher.VENV_PYTHON), "-m", "pip"]
    assert "--require-hashes" in install
    assert install[-2:] == ["-r", str(launcher.APP_LOCK)]
    assert launcher.is_finished(launcher.APP_LOCK)
    assert launcher.ended == [("venv", ["a"])]
    assert capsys.readouterr().err.startswith("Setting up OptiSim in .venv")


def test_half_made_venv_is_rebuilt(launcher: ModuleType, tools: FakeTools) -> None:
    make_finished(launcher, launcher.APP_LOCK)
    launcher.STAMP.write_text("")
    (launcher.VENV / "lib" / "broken").mkdir(parents=True)
    launcher.main([])
    assert not (launcher.VENV / "lib").exists()
    assert len(tools.ran("venv")) == len(tools.ran("install")) == 1
    assert launcher.is_finished(launcher.APP_LOCK)


def test_test_tools_are_added_to_a_finished_venv(launcher: ModuleType, tools: FakeTools) -> None:
    make_finished(launcher, launcher.APP_LOCK)
    launcher.main(["test", "-k", "x"])
    assert tools.ran("venv") == []
    assert tools.ran("install")[0][-1] == str(launcher.TEST_LOCK)
    assert launcher.is_finished(launcher.TEST_LOCK)
    assert launcher.ended == [("venv", ["test", "-k", "x"])]


@pytest.mark.parametrize(
    ("printed", "sentence"),
    [
        ("connection broken by 'X'\nERROR: No matching distribution found for a", "UNREACHABLE"),
        ("ERROR: No matching distribution found for a", "NO_WHEEL"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE", "WRONG_HASH"),
        ("ERROR: [Errno 28] No space left on device", "DISK_FULL"),
        ("something unheard of", "UNKNOWN"),
    ],
)
def test_failing_pip_is_explained_and_leaves_no_finished_venv(
    launcher: ModuleType, tools: FakeTools, capsys: pytest.CaptureFixture[str], printed: str, sentence: str
) -> None:
    tools.answers["install"] = (1, printed)
    assert launcher.main([]) == 2
    said = capsys.readouterr().err
    assert getattr(launcher, sentence) in said
    assert printed.splitlines()[-1] in said
    assert not launcher.is_finished(launcher.APP_LOCK)
    assert launcher.ended == []


def test_stopped_set_up_is_not_finished(
    launcher: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_finished(launcher, launcher.APP_LOCK)
    launcher.APP_LOCK.write_text("other==2.0\n")

    def stop(command: list[str], guard: int) -> tuple[int, str]:
        raise KeyboardInterrupt

    monkeypatch.setattr(launcher, "run_quietly", stop)
    assert launcher.main([]) == 130
    assert launcher.STAMP.read_text() == ""
    assert "was stopped" in capsys.readouterr().err


def without_modules(monkeypatch: pytest.MonkeyPatch, launcher: ModuleType, *names: str) -> None:
    monkeypatch.setattr(launcher, "has_module", lambda name: name not in names)


def test_without_ensurepip_the_outer_pip_fills_the_venv(
    launcher: ModuleType, tools: FakeTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_modules(monkeypatch, launcher, "ensurepip")
    tools.answers[f"{launcher.VENV_PYTHON} -m pip --version"] = (1, "No module named pip")
    tools.answers["pip --version"] = (0, "pip 22.3 from somewhere (python 3.11)")
    assert launcher.main([]) == 0
    assert "--without-pip" in tools.ran("venv")[0]
    python, *rest = tools.ran("install")[0]
    assert python != str(launcher.VENV_PYTHON)
    assert rest[:5] == ["-m", "pip", "--python", str(launcher.VENV_PYTHON), "install"]


@pytest.mark.parametrize(
    ("missing", "answer", "sentence"),
    [
        ("ensurepip", (1, "No module named pip"), "NO_PIP"),
        ("ensurepip", (0, "pip 20.0.2 from somewhere (python 3.11)"), "OLD_PIP"),
        ("venv", (0, "pip 23.0 from somewhere (python 3.11)"), "NO_VENV"),
    ],
)
def test_python_without_the_needed_tools_gets_one_sentence(
    launcher: ModuleType,
    tools: FakeTools,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    missing: str,
    answer: tuple[int, str],
    sentence: str,
) -> None:
    without_modules(monkeypatch, launcher, missing)
    tools.answers[f"{launcher.VENV_PYTHON} -m pip --version"] = (1, "No module named pip")
    tools.answers["pip --version"] = answer
    assert launcher.main([]) == 2
    assert capsys.readouterr().err.splitlines()[1:] == [getattr(launcher, sentence)]
    assert "sudo apt install python3-venv" in getattr(launcher, sentence)


def test_python_in_venv_does_not_rebuild_itself(
    launcher: ModuleType, tools: FakeTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", str(launcher.VENV))
    monkeypatch.setattr(sys, "_base_executable", "/the/python/outside")
    launcher.main([])
    assert tools.ran("venv")[0][0] == "/the/python/outside"


def test_foreign_venv_is_left_alone(
    launcher: ModuleType, tools: FakeTools, capsys: pytest.CaptureFixture[str]
) -> None:
    launcher.VENV.mkdir()
    (launcher.VENV / "pyvenv.cfg").write_text("mine")
    assert launcher.main([]) == 2
    assert "was not made by OptiSim" in capsys.readouterr().err
    assert [entry.name for entry in launcher.VENV.iterdir()] == ["pyvenv.cfg"]


def test_missing_lock_file_gets_one_sentence(launcher: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    launcher.APP_LOCK.unlink()
    assert launcher.main([]) == 2
    assert f"{launcher.APP_LOCK} is missing" in capsys.readouterr().err


def test_start_that_waited_finds_the_work_done(
    launcher: ModuleType, tools: FakeTools, monkeypatch: pytest.MonkeyPatch
) -> None:
    def other_start_finishes(seconds: float) -> None:
        make_finished(launcher, launcher.APP_LOCK)
        monkeypatch.setattr(launcher, "try_to_lock", lambda guard: True)

    monkeypatch.setattr(launcher.time, "sleep", other_start_finishes)
    with launcher.alone():  # as the other start
        launcher.set_up(launcher.APP_LOCK)
    assert launcher.is_finished(launcher.APP_LOCK)
    assert tools.commands == []


def test_lock_excludes_others_until_it_is_given_back(launcher: ModuleType) -> None:
    with launcher.alone():
        other = os.open(launcher.STAMP, os.O_RDWR)
        assert not launcher.try_to_lock(other)
    assert launcher.try_to_lock(other)
    os.close(other)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no inheritable file locks")
def test_commands_share_the_lock(launcher: ModuleType) -> None:
    with launcher.alone() as guard:
        # Through a descriptor of its own, or none, the command would be refused.
        take = f"import fcntl; fcntl.flock({guard}, fcntl.LOCK_EX | fcntl.LOCK_NB)"
        assert launcher.run_quietly([sys.executable, "-c", take], guard) == (0, "")


def test_commands_are_run_free_of_leaking_variables(launcher: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in launcher.LEAKS:
        monkeypatch.setenv(name, "leak")
    monkeypatch.setenv("PIP_INDEX_URL", "kept")
    monkeypatch.delenv("PYTHONHOME")  # with which no interpreter starts, so it is looked for below by itself
    show = "import os; print(sorted(v for v in os.environ if os.environ[v] in ('leak', 'kept')))"
    with launcher.alone() as guard:
        assert launcher.run_quietly([sys.executable, "-c", show], guard) == (0, "['PIP_INDEX_URL']\n")
    monkeypatch.setenv("PYTHONHOME", "leak")
    assert "PYTHONHOME" not in launcher.clean_environment()


# -- starting, with real processes


def start(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the copied main.py from another folder, in a .venv whose Python is a link to the one running."""
    variables = {**os.environ, "PYTHONPATH": "/nowhere"}
    variables.pop("OPTISIM_LAUNCHED", None)
    key = "import main; main.STAMP.parent.mkdir(); main.STAMP.write_text(main.key_of(main.TEST_LOCK))"
    subprocess.run([sys.executable, "-c", key], cwd=project, check=True)
    (project / ".venv" / "bin").mkdir()
    (project / ".venv" / "bin" / "python").symlink_to(sys.executable)
    command = [sys.executable, str(project / "main.py"), *arguments]
    return subprocess.run(command, cwd=project.parent, env=variables, capture_output=True, text=True, timeout=30)


@needs_links
def test_arguments_folder_and_exit_code_pass_through(project: Path) -> None:
    odd = ["--help", "a b", "", "--", "test", "*"]
    done = start(project, *odd)
    assert (done.stdout, done.stderr) == (f"{odd} {project.parent} None\n", "")
    assert done.returncode == 7


@needs_links
@pytest.mark.parametrize(("chosen", "used"), [("minimal", "minimal"), (None, "offscreen")])
def test_test_runs_pytest_in_the_project(
    project: Path, monkeypatch: pytest.MonkeyPatch, chosen: str | None, used: str
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    if chosen:
        monkeypatch.setenv("QT_QPA_PLATFORM", chosen)
    (project / "pytest.py").write_text(
        "import os\n"
        "def main(arguments):\n"
        "    print(arguments, os.environ['QT_QPA_PLATFORM'], os.getcwd())\n"
        "    return 5\n"
    )
    done = start(project, "test", "-n", "2", "-k", "a b")
    assert done.stdout == f"{['-n', '2', '-k', 'a b']} {used} {project}\n"
    assert done.returncode == 5


# -- the lock files


def pins_with_hashes(name: str) -> dict[str, set[str]]:
    """Each pin of a lock file with its hashes."""
    pins: dict[str, set[str]] = {}
    pin = ""
    for line in (PROJECT / name).read_text().splitlines():
        word = line.rstrip("\\ ").strip()
        if line.startswith(" "):
            pins[pin].add(word)
        else:
            pin = word
            pins[pin] = set()
    return pins


def test_lock_of_the_tests_holds_the_lock_of_the_app() -> None:
    app, tests = pins_with_hashes("requirements.lock"), pins_with_hashes("requirements-dev.lock")
    assert app
    assert app.items() <= tests.items()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_has_a_hash_for_every_pin_and_no_addresses(name: str) -> None:
    assert "//" not in (PROJECT / name).read_text()
    for pin, hashes in pins_with_hashes(name).items():
        assert "==" in pin
        assert hashes
        assert all(word.startswith("--hash=sha256:") for word in hashes)


def test_locks_name_every_dependency_of_the_project() -> None:
    import tomllib

    from packaging.requirements import Requirement

    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "requirements.lock": declared["project"]["dependencies"],
        "requirements-dev.lock": declared["dependency-groups"]["dev"],
    }
    for name, requirements in wanted.items():
        locked = dict(pin.partition(";")[0].strip().split("==") for pin in pins_with_hashes(name))
        for requirement in map(Requirement, requirements):
            assert requirement.specifier.contains(locked[requirement.name.lower()]), requirement
