# Requests are prepared, answers built by an adapter of one's own go through sessions, redirects, cookies, retries and errors.
import io
import json
import requests
from requests.adapters import BaseAdapter
from requests.auth import HTTPBasicAuth
from urllib3.response import HTTPResponse

class Local(BaseAdapter):
    def send(self, request, **kwargs):
        path = request.path_url
        status, headers, body = 200, {"Content-Type": "application/json; charset=utf-8"}, {"path": path, "method": request.method, "auth": request.headers.get("Authorization"), "cookie": request.headers.get("Cookie"), "body": request.body.decode() if isinstance(request.body, bytes) else request.body}
        if path == "/old":
            status, headers["Location"] = 302, "/new"
        if path == "/missing":
            status = 404
        answer = requests.Response()
        answer.status_code, answer.url, answer.request = status, request.url, request
        answer.headers = requests.structures.CaseInsensitiveDict(headers)
        answer.raw = HTTPResponse(io.BytesIO(json.dumps(body).encode()), headers=headers, preload_content=False)
        answer.encoding = "utf-8"
        return answer

    def close(self):
        pass

with requests.Session() as session:
    session.mount("https://local/", Local())
    session.headers["X-A"] = "1"
    session.cookies.set("id", "7", domain="local.local")
    found = session.get("https://local/a b", params={"q": ["x", "é"], "n": None}, auth=HTTPBasicAuth("ada", "pw"))
    print(found.ok, found.json(), found.headers["content-type"], found.elapsed.total_seconds() >= 0)
    posted = session.post("https://local/p", json={"a": [1]})
    print(posted.json()["body"], posted.request.headers["Content-Type"], session.post("https://local/p", data={"k": "v w"}).json()["body"])
    moved = session.get("https://local/old")
    print([r.status_code for r in moved.history], moved.url, moved.status_code)
    try:
        session.get("https://local/missing").raise_for_status()
    except requests.HTTPError as error:
        print(error)
multi = requests.Request("POST", "https://local/up", files={"f": ("é.txt", b"data")}, data={"k": "v"}).prepare()
print(multi.headers["Content-Type"][:30], b"data" in multi.body, requests.utils.quote("a b"), requests.compat.urlparse("http://x/y").path)
for bad in ("nope", "http://", "ftp://x/"):
    try:
        requests.get(bad)
    except requests.RequestException as error:
        print(type(error).__name__)

#> True {'path': '/a%20b?q=x&q=%C3%A9', 'method': 'GET', 'auth': 'Basic YWRhOnB3', 'cookie': 'id=7', 'body': None} application/json; charset=utf-8 True
#> {"a": [1]} application/json k=v+w
#> [302] https://local/new 200
#> 404 Client Error: None for url: https://local/missing
#> multipart/form-data; boundary= True a%20b /y
#> MissingSchema
#> InvalidURL
#> InvalidSchema
