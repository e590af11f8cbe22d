# Tokens with claims and times, other algorithms, headers, and everything that is wrong with one.
import datetime as dt
import jwt

key = "a key that is long enough for 512 bits, as the standard asks for it to be.."
now = dt.datetime(2026, 1, 1, tzinfo=dt.timezone.utc)
far = dt.datetime(2999, 1, 1, tzinfo=dt.timezone.utc)
for algorithm in ("HS256", "HS384", "HS512"):
    token = jwt.encode({"sub": "ada", "aud": ["app"], "iss": "me", "exp": far, "n": 5}, key, algorithm=algorithm, headers={"kid": "k1"})
    claims = jwt.decode(token, key, algorithms=[algorithm], audience="app", issuer="me", options={"require": ["exp", "sub"]})
    print(algorithm, claims["sub"], claims["exp"] == int(far.timestamp()), jwt.get_unverified_header(token)["kid"], token.count("."))
wrong = {
    "signature": lambda: jwt.decode(token, key + "x", algorithms=["HS512"], audience="app"),
    "algorithm": lambda: jwt.decode(token, key, algorithms=["HS256"], audience="app"),
    "audience": lambda: jwt.decode(token, key, algorithms=["HS512"], audience="other"),
    "issuer": lambda: jwt.decode(token, key, algorithms=["HS512"], audience="app", issuer="you"),
    "expired": lambda: jwt.decode(jwt.encode({"exp": 1}, key), key, algorithms=["HS256"]),
    "early": lambda: jwt.decode(jwt.encode({"nbf": far}, key), key, algorithms=["HS256"]),
    "claim": lambda: jwt.decode(jwt.encode({}, key), key, algorithms=["HS256"], options={"require": ["sub"]}),
    "form": lambda: jwt.decode("a.b", key, algorithms=["HS256"]),
    "none": lambda: jwt.decode(jwt.encode({}, None, algorithm="none"), key, algorithms=["HS256"]),
    "key": lambda: jwt.encode({}, key, algorithm="RS256"),
}
for name, call in wrong.items():
    try:
        call()
        print(name, "accepted")
    except (jwt.PyJWTError, NotImplementedError) as error:
        print(name, type(error).__name__)
print(jwt.decode(token, options={"verify_signature": False})["n"])

#> HS256 ada True k1 2
#> HS384 ada True k1 2
#> HS512 ada True k1 2
#> signature InvalidSignatureError
#> algorithm InvalidAlgorithmError
#> audience InvalidAudienceError
#> issuer InvalidIssuerError
#> expired ExpiredSignatureError
#> early ImmatureSignatureError
#> claim MissingRequiredClaimError
#> form DecodeError
#> none InvalidAlgorithmError
#> key NotImplementedError
#> 5
