# A suite with fixtures, parameters, marks, raises and output that is taken; reports and exit codes.
import pytest

write_text("conftest.py", """
import pytest
@pytest.fixture
def box(tmp_path):
    (tmp_path / "f").write_text("x")
    yield tmp_path
@pytest.fixture(params=[1, 2])
def number(request): return request.param
""")
write_text("test_all.py", """
import pytest, warnings
def test_box(box): assert (box / "f").read_text() == "x"
def test_number(number): assert number < 2
@pytest.mark.parametrize("a,b", [(1, 1), (2, 3)], ids=["same", "other"])
def test_pair(a, b): assert a == b
def test_raises():
    with pytest.raises(ValueError, match="bad"): raise ValueError("too bad")
@pytest.mark.skip(reason="later")
def test_later(): pass
@pytest.mark.xfail
def test_known(): assert 0
def test_output(capsys, monkeypatch):
    monkeypatch.setenv("A", "b")
    import os; print(os.environ["A"])
    assert capsys.readouterr().out == "b\\n"
class TestGroup:
    def test_approx(self): assert 0.1 + 0.2 == pytest.approx(0.3)
    def test_dict(self): assert {"a": [1, 2]} == {"a": [1, 3]}
""")

class Seen:
    def __init__(self):
        self.reports, self.texts = {}, {}

    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.skipped:
            self.reports[report.nodeid.split("::", 1)[1]] = report.outcome
            self.texts[report.nodeid.split("::", 1)[1]] = str(report.longrepr)

seen = Seen()
code = pytest.main(["-p", "no:cacheprovider", "-p", "no:terminal", "test_all.py"], plugins=[seen])
print(int(code), seen.reports)
print([line for line in seen.texts["TestGroup::test_dict"].splitlines() if line.startswith("E")][:3])
print(int(pytest.main(["-p", "no:cacheprovider", "-p", "no:terminal", "-k", "raises", "test_all.py"])))

#> 1 {'test_box': 'passed', 'test_number[1]': 'passed', 'test_number[2]': 'failed', 'test_pair[same]': 'passed', 'test_pair[other]': 'failed', 'test_raises': 'passed', 'test_later': 'skipped', 'test_known': 'skipped', 'test_output': 'passed', 'TestGroup::test_approx': 'passed', 'TestGroup::test_dict': 'failed'}
#> ["E   AssertionError: assert {'a': [1, 2]} == {'a': [1, 3]}", 'E     ', 'E     Differing items:']
#> 0
