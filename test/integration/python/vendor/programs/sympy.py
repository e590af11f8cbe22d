# Calculus, equations, matrices, sums, number theory, logic, series, and text in several forms.
import sympy as sp
from sympy.parsing.sympy_parser import parse_expr

x, y, n = sp.symbols("x y n")
f = sp.Function("f")
print(sp.expand((x + y) ** 3), sp.factor(x**4 - 1), sp.simplify(sp.sin(x) ** 2 + sp.cos(x) ** 2), sp.apart(1 / (x**2 - 1)), sp.together(1 / x + 1 / y))
print(sp.integrate(x * sp.exp(x), x), sp.integrate(sp.sin(x), (x, 0, sp.pi)), sp.diff(sp.log(x**2 + 1), x, 2), sp.limit((1 + 1 / n) ** n, n, sp.oo), sp.series(sp.cos(x), x, 0, 6))
print(sp.solve([x**2 + y**2 - 25, x - y - 1], [x, y]), sp.solveset(sp.sin(x), x, sp.Interval(0, 4)), sp.nsolve(sp.cos(x) - x, 1), sp.dsolve(f(x).diff(x) - f(x), f(x)), sp.reduce_inequalities(x**2 < 4, x))
m = sp.Matrix([[2, 1], [1, 2]])
print(m.eigenvals(), m.inv(), m.rank(), m.charpoly(x).as_expr(), sp.Matrix([1, 2]).dot(sp.Matrix([3, 4])))
print(sp.factorint(2**32 + 1), sp.isprime(2**61 - 1), sp.nextprime(100), sp.totient(36), sp.summation(1 / n**2, (n, 1, sp.oo)), sp.binomial(50, 25), sp.gcd(x**2 - 1, x - 1), sp.Rational(1, 3) + sp.Rational(1, 6))
print(sp.latex(sp.Integral(sp.sqrt(x) / y, x)), parse_expr("2*x + sin(y)**2").subs({x: 1, y: 0}), sp.simplify_logic("(a & b) | (a & ~b)"), sp.satisfiable(sp.sympify("a & ~a")), sp.lambdify(x, x**2 + 1)(3), sp.pi.evalf(40), sp.ccode(x**2), sp.pretty(x**2 / y, use_unicode=False).splitlines()[0])

#> x**3 + 3*x**2*y + 3*x*y**2 + y**3 (x - 1)*(x + 1)*(x**2 + 1) 1 -1/(2*(x + 1)) + 1/(2*(x - 1)) (x + y)/(x*y)
#> (x - 1)*exp(x) 2 2*(-2*x**2/(x**2 + 1) + 1)/(x**2 + 1) E 1 - x**2/2 + x**4/24 + O(x**6)
#> [(-3, -4), (4, 3)] {0, pi} 0.739085133215161 Eq(f(x), C1*exp(x)) (-2 < x) & (x < 2)
#> {3: 1, 1: 1} Matrix([[2/3, -1/3], [-1/3, 2/3]]) 2 x**2 - 4*x + 3 11
#> {641: 1, 6700417: 1} True 101 12 pi**2/6 126410606437752 x - 1 1/2
#> \int \frac{\sqrt{x}}{y}\, dx 2 a False 10 3.141592653589793238462643383279502884197 pow(x, 2)  2
