# Words are put into the plural and back, names into every case, and numbers into order.
import inflection as i

print([i.pluralize(w) for w in ["person", "box", "sheep", "mouse", "status", "city"]], [i.singularize(w) for w in ["people", "analyses", "oxen", "news"]])
print(i.camelize("device_type"), i.underscore("DeviceType"), i.dasherize("a_b"), i.humanize("employee_salary_id"), i.titleize("x-men: the last stand"), i.tableize("RawScaledScorer"))
print([i.ordinalize(n) for n in (1, 2, 3, 11, 112, 1003)], i.parameterize("Donald E. Knuth"), i.transliterate("Ærøskøbing"))

#> ['people', 'boxes', 'sheep', 'mice', 'statuses', 'cities'] ['person', 'analysis', 'ox', 'news']
#> DeviceType device_type a-b Employee salary X Men: The Last Stand raw_scaled_scorers
#> ['1st', '2nd', '3rd', '11th', '112th', '1003rd'] donald-e-knuth rskbing
