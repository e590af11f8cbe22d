# Projections, filters, pipes, functions, multi-selects, functions of one's own, and errors.
import jmespath
from jmespath import functions

data = {"people": [{"name": "Ada", "age": 36, "tags": ["x", "y"]}, {"name": "Bob", "age": 9, "tags": []}, {"name": "Cy", "age": None}], "a-b": {"c": [[1, 2], [3]]}}
for query in ["people[*].name", "people[?age > `10`].{n: name, t: tags[0]}", "people[].tags[]", '"a-b".c[]', "sort_by(people[?age], &age)[*].name | [0]", "length(people)", "people[-1].name", "people[1:].name", "join(', ', people[].name)", "max_by(people[?age], &age).name", "keys(@) | sort(@)", "people[?contains(tags || `[]`, 'x')] | [0].name", "not_null(missing, people[0].age)", "to_string(people[0].tags)", "people[?!tags].name", "sum(people[?age].age)", "reverse(people)[0].name"]:
    print(query, "->", jmespath.search(query, data))

class Own(functions.Functions):
    @functions.signature({"types": ["string"]})
    def _func_shout(self, text):
        return text.upper() + "!"

print(jmespath.search("shout(people[0].name)", data, jmespath.Options(custom_functions=Own())))
for bad in ["people[", "length(`1`)", "nope(@)"]:
    try:
        jmespath.search(bad, data)
    except jmespath.exceptions.JMESPathError as error:
        print(type(error).__name__)

#> people[*].name -> ['Ada', 'Bob', 'Cy']
#> people[?age > `10`].{n: name, t: tags[0]} -> [{'n': 'Ada', 't': 'x'}]
#> people[].tags[] -> ['x', 'y']
#> "a-b".c[] -> [1, 2, 3]
#> sort_by(people[?age], &age)[*].name | [0] -> Bob
#> length(people) -> 3
#> people[-1].name -> Cy
#> people[1:].name -> ['Bob', 'Cy']
#> join(', ', people[].name) -> Ada, Bob, Cy
#> max_by(people[?age], &age).name -> Ada
#> keys(@) | sort(@) -> ['a-b', 'people']
#> people[?contains(tags || `[]`, 'x')] | [0].name -> Ada
#> not_null(missing, people[0].age) -> 36
#> to_string(people[0].tags) -> ["x","y"]
#> people[?!tags].name -> ['Bob', 'Cy']
#> sum(people[?age].age) -> 45
#> reverse(people)[0].name -> Cy
#> ADA!
#> IncompleteExpressionError
#> JMESPathTypeError
#> UnknownFunctionError
