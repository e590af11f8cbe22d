"""Unpacks wheels into one folder: wheels.py TARGET WHEEL...

Left out: tests, native code (the Python code beside it does the same), type stubs, and data that only an
installation would use. Of the metadata stay the fields, entry points and licences; `top.txt` names what a package
brought to the top of the tree.
"""

import os
import re
import sys
import zipfile

# Folders of tests inside packages; nothing else of them is called that.
TESTS = re.compile(r"(^|/)(tests?|benchmarks)/")
LEFT_OUT = re.compile(r"\.(so|pyd|pyx|pxd|c|h|pyi|po|pot)$|(^|/)py\.typed$|^[^/]+\.data/")
# Faker has people of 80 countries; the languages of most requests are enough (size).
FAKER_LOCALE = re.compile(r"^faker/providers/.*/([a-z]{2,3}(_[A-Z][A-Za-z]+)*)/")
FAKER_KEPT = re.compile(r"^(en(_US|_GB|_CA|_AU|_IN)?|de(_DE|_AT|_CH)?|fr(_FR|_CA)?|es(_ES|_MX)?|it_IT|nl_NL|pt_BR|pt_PT"
                        r"|pl_PL|sv_SE|da_DK|ja_JP|zh_CN|ko_KR|ru_RU|uk_UA|hi_IN|ar_AA|tr_TR)$")
METADATA = re.compile(r"\.dist-info/(METADATA|entry_points\.txt|licenses?/.*|(LICEN[CS]E|COPYING|NOTICE|AUTHORS)[^/]*)$")


def is_wanted(name):
    if ".dist-info/" in name:
        return METADATA.search(name) is not None
    locale = FAKER_LOCALE.match(name)
    if locale is not None and not FAKER_KEPT.match(locale[1]):
        return False
    return not TESTS.search(name) and not LEFT_OUT.search(name)


def unpack(wheel, target):
    tops = set()
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if name.endswith("/") or not is_wanted(name):
                continue
            if name.startswith("/") or ".." in name.split("/"):
                raise SystemExit(f"{wheel}: {name} leaves its folder")
            data = archive.read(name)
            if name.endswith(".dist-info/METADATA"):
                # The body is the project's front page.
                data = data.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n"
                info = name.rpartition("/")[0]
            path = os.path.join(target, name)
            if os.path.exists(path):
                raise SystemExit(f"{wheel}: {name} is in another wheel, too")
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(data)
            tops.add(name.partition("/")[0])
    with open(os.path.join(target, info, "top.txt"), "w") as file:
        file.write("\n".join(sorted(tops)) + "\n")


for wheel in sys.argv[2:]:
    unpack(wheel, sys.argv[1])
