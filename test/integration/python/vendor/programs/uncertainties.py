# Errors go through arithmetic and functions, correlations are kept, and numbers are written with their error.
from uncertainties import UFloat, covariance_matrix, ufloat, ufloat_fromstr, wrap
from uncertainties import umath

length, width = ufloat(2.5, 0.1), ufloat(1.2, 0.05)
area = length * width
print(area, (length - length).std_dev, length / length, f"{area:.1u}", f"{area:P}", f"{area:L}", f"{ufloat(12345, 678):.2e}")
print(umath.sin(ufloat(0.5, 0.01)), umath.sqrt(area), umath.log(length) * 2, length**2, -width)
print({round(value, 4) for value in area.error_components().values()}, [[round(v, 5) for v in row] for row in covariance_matrix([length, area])], round(area.derivatives[length], 2))
print(ufloat_fromstr("1.23+/-0.04"), ufloat_fromstr("1.23(4)"), ufloat_fromstr("5 +/- 0.1"), wrap(lambda t: t**3)(ufloat(2, 0.1)), area.nominal_value, isinstance(area, UFloat), sum([length, width]))
for bad in (lambda: ufloat(1, -1), lambda: ufloat_fromstr("x"), lambda: umath.sqrt(ufloat(-1, 0.1))):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__)

#> 3.00+/-0.17 0.0 1.0+/-0 3.0+/-0.2 3.00±0.17 3.00 \pm 0.17 (1.23+/-0.07)e+04
#> 0.479+/-0.009 1.73+/-0.05 1.83+/-0.08 6.2+/-0.5 -1.20+/-0.05
#> {0.125, 0.12} [[0.01, 0.012], [0.012, 0.03003]] 1.2
#> 1.23+/-0.04 1.23+/-0.04 5.00+/-0.10 8.0+/-1.2 3.0 True 3.70+/-0.11
#> NegativeStdDev
#> ValueError
#> ValueError
