# Units are converted, checked, defined and formatted; offsets and dimensions refuse what makes no sense.
import pint

u = pint.UnitRegistry()
q = u.Quantity
print(f"{(q('3 km') + q('250 m')).to('mile'):.4f}", f"{q(100, 'degC').to('degF'):.2f}", (9.81 * u.m / u.s**2 * 2 * u.kg).to("newton"), f"{q('1 gallon').to('liter'):.3f}", q("2 eV").to("joule").magnitude)
print(q("1.5 h").to("min"), (u.meter * u.second).dimensionality, q("12000 m").to_compact(), q(5, "m/s").check("[length]/[time]"), f"{q(1234.5, 'm/s'):.1f~P}", q("3 inch") > q("5 cm"), q("1 m^2").to("cm^2"))
u.define("smoot = 1.7018 * meter = _ = smoots")
print(f"{q('364.4 smoots').to('m'):.1f}", u("5 W * 3 s").to("J"))

@u.wraps("m/s", ("m", "s"))
def speed(distance, time):
    return distance / time

print(f"{speed(q('1 km'), q('1 min')):.3f}", q(10, "ppm").to("dimensionless").magnitude, u.get_compatible_units("hour") >= {u.second})
for bad in (lambda: q("1 m") + q("1 s"), lambda: q("1 m").to("kg"), lambda: u("3 floops"), lambda: q(1, "degC") + q(1, "degC")):
    try:
        bad()
    except (pint.DimensionalityError, pint.UndefinedUnitError, pint.OffsetUnitCalculusError) as error:
        print(type(error).__name__, error)

#> 2.0195 mile 212.00 degree_Fahrenheit 19.62 newton 3.785 liter 3.204353268e-19
#> 90.0 minute [length] * [time] 12.0 kilometer True 1234.5 m/s True 10000.0 centimeter ** 2
#> 620.1 meter 15.0 joule
#> 16.667 meter / second 9.999999999999999e-06 True
#> DimensionalityError Cannot convert from 'meter' ([length]) to 'second' ([time])
#> DimensionalityError Cannot convert from 'meter' ([length]) to 'kilogram' ([mass])
#> UndefinedUnitError 'floops' is not defined in the unit registry
#> OffsetUnitCalculusError Ambiguous operation with offset unit (degree_Celsius, degree_Celsius). See https://pint.readthedocs.io/en/stable/user/nonmult.html for guidance.
