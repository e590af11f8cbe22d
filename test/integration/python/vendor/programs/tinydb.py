# Documents with queries, updates, several tables, operations, caching and what is on disk.
import json
from tinydb import Query, TinyDB, operations as op, where
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage, MemoryStorage

with TinyDB("db.json", indent=1) as db:
    people = db.table("people")
    ids = people.insert_multiple([{"name": "Ada", "age": 36, "langs": ["math"]}, {"name": "Bob", "age": 9, "langs": []}, {"name": "Cy", "age": 50, "langs": ["py", "js"], "address": {"city": "Oslo"}}])
    q = Query()
    print(ids, [p["name"] for p in people.search((q.age > 10) & ~(q.name == "Cy"))], people.count(q.langs.any(["py"])), people.get(q.address.city == "Oslo").doc_id, people.search(q.name.matches("^[AB]")).__len__())
    people.update(op.increment("age"), q.name == "Bob")
    people.update(op.delete("langs"), where("age") > 40)
    people.upsert({"name": "Dee", "age": 1}, q.name == "Dee")
    print(people.get(doc_id=2)["age"], "langs" in people.get(doc_id=3), people.remove(q.age < 5), len(people), people.contains(q.name.test(lambda n: n.startswith("A"))))
    db.insert({"other": True})
    print(sorted(db.tables()))
print(json.load(open("db.json"))["people"]["2"])
with TinyDB("c.json", storage=CachingMiddleware(JSONStorage)) as db:
    db.insert({"x": 1})
print(TinyDB("c.json").all(), TinyDB(storage=MemoryStorage).insert({"é": 1}))
open("bad.json", "w").write("{")
try:
    TinyDB("bad.json").all()
except json.JSONDecodeError as error:
    print(type(error).__name__)

#> [1, 2, 3] ['Ada'] 1 3 2
#> 10 False [4] 3 True
#> ['_default', 'people']
#> {'name': 'Bob', 'age': 10, 'langs': []}
#> [{'x': 1}] 1
#> JSONDecodeError
