# Many digits, integrals, zeros, special functions, matrices, series, intervals and numbers recognised.
import mpmath as mp

mp.mp.dps = 50
print(mp.pi, mp.mpf(2) ** 0.5, mp.e)
mp.mp.dps = 15
print(mp.quad(lambda t: mp.exp(-t**2), [-mp.inf, mp.inf]) ** 2, mp.findroot(lambda t: mp.cos(t) - t, 1), mp.zeta(3), mp.gamma(0.5), mp.besselj(0, 1), mp.polyroots([1, -6, 11, -6]), mp.zetazero(1))
a = mp.matrix([[4, 1], [2, 3]])
print(sorted(mp.eig(a)[0]), mp.det(a), mp.chop(a * mp.inverse(a)) == mp.eye(2), mp.lu_solve(a, [1, 2]).T)
print(mp.nsum(lambda k: 1 / k**2, [1, mp.inf]) - mp.pi**2 / 6 < 1e-14, mp.limit(lambda t: mp.sin(t) / t, 0), mp.diff(mp.sin, 0), mp.taylor(mp.exp, 0, 3), mp.identify(mp.sqrt(2) + 1, ["sqrt(2)"]), mp.pslq([mp.pi, mp.pi * 2]), mp.iv.mpf([1, 2]) + 1, mp.mpc(1, 2) * mp.j, mp.nstr(mp.mpf(1) / 3, 5))
try:
    mp.findroot(lambda t: t**2 + 1, 1)
except ValueError as error:
    print(str(error)[:36])

#> 3.1415926535897932384626433832795028841971693993751 1.4142135623730950488016887242096980785696718753769 2.7182818284590452353602874713526624977572470937
#> 3.14159265358979 0.739085133215161 1.20205690315959 1.77245385090552 0.765197686557967 [mpf('1.0'), mpf('2.0'), mpf('3.0')] (0.5 + 14.1347251417347j)
#> [mpf('1.9999999999999996'), mpf('4.9999999999999991')] 10.0 True [0.1  0.6]
#> True 1.0 1.0 [mpf('1.0'), mpf('1.0'), mpf('0.5'), mpf('0.16666666666666666')] (1 + 1*sqrt(2)) [-2, 1] [2.0, 3.0] (-2.0 + 1.0j) 0.33333
#> Could not find root within given tol
