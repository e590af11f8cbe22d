# Statements are split, formatted and taken apart to their tables and comments.
import sqlparse
from sqlparse.sql import Identifier, IdentifierList, Where
from sqlparse.tokens import DML, Keyword

script = "create table t(a int); insert into t values(';'); -- end;\nselect a, count(*) as n from t join u on t.id=u.id where a>1 and b in (select 1) group by a order by n desc;"
statements = sqlparse.split(script)
print(len(statements), [sqlparse.parse(s)[0].get_type() for s in statements])
print(sqlparse.format(statements[-1], reindent=True, keyword_case="upper", strip_comments=True))
parsed = sqlparse.parse(statements[-1])[0]
print([t.value for t in parsed.tokens if t.ttype is Keyword], [i.get_alias() for t in parsed.tokens if isinstance(t, IdentifierList) for i in t.get_identifiers() if hasattr(i, "get_alias")], any(isinstance(t, Where) for t in parsed.tokens))
print(sqlparse.format("select 1 /* c */", strip_comments=True), sqlparse.format("SELECT 'A' FROM B", identifier_case="lower", keyword_case="lower"), [str(t) for t in sqlparse.parse("a.b as c")[0].tokens[0].tokens if not t.is_whitespace])

#> 3 ['CREATE', 'INSERT', 'SELECT']
#> SELECT a,
#>        count(*) AS n
#> FROM t
#> JOIN u ON t.id=u.id
#> WHERE a>1
#>   AND b IN
#>     (SELECT 1)
#> GROUP BY a
#> ORDER BY n DESC;
#> ['from', 'join', 'on', 'group by', 'order by'] [None, 'n'] True
#> select 1 select 'A' from b ['a', '.', 'b', 'as', 'c']
