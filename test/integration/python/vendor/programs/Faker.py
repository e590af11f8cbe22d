# Seeded data of several countries has the form it should, is unique where asked, and a provider of one's own works.
import re
from faker import Faker
from faker.providers import BaseProvider

Faker.seed(7)
fake = Faker(["en_US", "fr_FR", "ja_JP"])
names = [fake.name() for _ in range(5)]
Faker.seed(7)
again = Faker(["en_US", "fr_FR", "ja_JP"])
print([again.name() for _ in range(5)] == names, any(ord(c) > 0x3000 for n in [fake["ja_JP"].name()] for c in n))
us = Faker("en_US")
us.seed_instance(1)
print(bool(re.fullmatch(r"[^@ ]+@[^@ ]+\.\w+", us.email())), bool(re.fullmatch(r"\d{3}-\d{2}-\d{4}", us.ssn())), us.date_of_birth().year > 1900, us.ipv4().count("."), len(us.uuid4()), us.pyint(5, 6) in (5, 6), len(us.text(50)) <= 50, us.url().startswith("http"), len({us.unique.random_int(1, 50) for _ in range(50)}))

class Colour(BaseProvider):
    def shade(self):
        return self.random_element(["red", "blue"])

us.add_provider(Colour)
print(us.shade() in ("red", "blue"), sorted(us.simple_profile())[:3], us.format("pyint") >= 0, us.parse("{{random_digit}}!")[-1], us.csv(header=("a",), data_columns=("{{pyint}}",), num_rows=2).count("\n"))

#> True True
#> True True True 3 36 True True True 50
#> True ['address', 'birthdate', 'mail'] True ! 3
