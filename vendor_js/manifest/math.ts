import { define } from './make.ts';

const category = 'math';

export const math = [
  define({
    name: 'decimal',
    npm: 'decimal.js',
    variable: 'Decimal',
    licence: 'MIT',
    category,
    description: 'Decimal numbers of any precision (decimal.js).',
    useCases: ['money without rounding errors', 'more digits than a double has'],
    example: `const Decimal = requireVendor('decimal');
console.log(0.1 + 0.2, new Decimal('0.1').plus('0.2').toString());
console.log(new Decimal('19.99').times(3).toFixed(2), new Decimal(2).sqrt().toDP(30).toString());`,
    output: `0.30000000000000004 0.3
59.97 1.4142135623730950488
`,
    methods: {
      Decimal: ['new Decimal(value: string | number) -> decimal', 'A number; give strings to be exact.'],
      plus: ['d.plus(x) -> decimal', 'Also minus, times, div, mod, pow, sqrt, abs, neg.'],
      cmp: ['d.cmp(x) -> -1 | 0 | 1', 'Also eq, lt, lte, gt, gte.'],
      toFixed: ['d.toFixed(digits) -> string', 'Also toString, toNumber, toDP(digits), toSD(digits).'],
      set: ['Decimal.set({ precision, rounding })', 'Significant digits (20) and rounding of all later results.'],
    },
  }),
  define({
    name: 'fraction',
    npm: 'fraction.js',
    variable: 'Fraction',
    licence: 'MIT',
    category,
    description: 'Exact fractions (fraction.js).',
    useCases: ['exact ratios and probabilities', 'recipes and units'],
    example: `const Fraction = requireVendor('fraction');
console.log(new Fraction(1, 3).add('1/6').toFraction());
console.log(new Fraction(0.125).toString(), new Fraction('0.(3)').toFraction(), new Fraction(7, 4).toFraction(true));`,
    output: `1/2
0.125 1/3 1 3/4
`,
    methods: {
      Fraction: [
        'new Fraction(value | numerator, denominator?) -> fraction',
        'Of numbers, texts such as "1/3" and "0.(3)".',
      ],
      add: ['f.add(x) -> fraction', 'Also sub, mul, div, pow, mod, abs, inverse.'],
      compare: ['f.compare(x) -> number', 'Below, at or above 0; also equals.'],
      toFraction: ['f.toFraction(mixed?: boolean) -> string', 'Also toString (decimal) and valueOf (number).'],
    },
  }),
  define({
    name: 'statistics',
    npm: 'simple-statistics',
    aliases: ['simple-statistics'],
    variable: 'stats',
    licence: 'ISC',
    category,
    description: 'Descriptive statistics, regression, correlation, distributions (simple-statistics).',
    useCases: ['summarise columns of numbers', 'trends and correlations', 'outliers and quantiles'],
    example: `const stats = requireVendor('statistics');
const values = [2, 4, 4, 4, 5, 5, 7, 9];
console.log(stats.mean(values), stats.median(values), stats.standardDeviation(values), stats.quantile(values, 0.9));
console.log(stats.linearRegression([[1, 2], [2, 4], [3, 6]]), stats.sampleCorrelation([1, 2, 3], [2, 4, 7]).toFixed(3));`,
    output: `5 4.5 2 7.6
{ m: 2, b: 0 } 0.993
`,
    methods: {
      mean: ['mean(values) -> number', 'Also median, mode, sum, min, max, geometricMean, harmonicMean.'],
      standardDeviation: [
        'standardDeviation(values) -> number',
        'Of the population; sampleStandardDeviation of a sample; also variance, sampleVariance.',
      ],
      quantile: ['quantile(values, p) -> number', 'Also interquartileRange, medianAbsoluteDeviation.'],
      linearRegression: [
        'linearRegression(points: [x, y][]) -> { m, b }',
        'linearRegressionLine makes a function of it; rSquared judges it.',
      ],
      sampleCorrelation: [
        'sampleCorrelation(x, y) -> number',
        "Pearson's; also sampleCovariance, sampleRankCorrelation.",
      ],
      zScore: ['zScore(x, mean, deviation) -> number', 'How many deviations from the mean.'],
      ckmeans: ['ckmeans(values, count) -> groups', 'Natural groups of numbers; also jenks, kMeansCluster.'],
      tTest: ['tTest(values, expected) -> number', 'Also tTestTwoSample, chiSquaredGoodnessOfFit.'],
    },
  }),
  define({
    name: 'matrix',
    npm: 'ml-matrix',
    aliases: ['ml-matrix'],
    variable: '{ Matrix, solve, inverse, determinant }',
    licence: 'MIT',
    category,
    description: 'Matrices: products, inverses, linear equations, decompositions (ml-matrix).',
    useCases: ['solve linear equations', 'least squares', 'principal components'],
    example: `const { Matrix, solve, determinant } = requireVendor('matrix');
const a = new Matrix([[2, 1], [1, 3]]);
console.log(solve(a, Matrix.columnVector([3, 5])).to1DArray().map((x) => x.toFixed(2)));
console.log(determinant(a).toFixed(1), a.mmul(Matrix.eye(2)).to2DArray());`,
    output: `[ '0.80', '1.40' ]
5.0 [ [ 2, 1 ], [ 1, 3 ] ]
`,
    methods: {
      Matrix: ['new Matrix(rows: number[][]) -> matrix', 'Also Matrix.eye, zeros, ones, columnVector, rowVector.'],
      mmul: ['m.mmul(other) -> matrix', 'Product; also add, sub, mul (by element, in place), transpose, to2DArray.'],
      solve: ['solve(a, b) -> matrix', 'x of a·x = b; least squares where a has more rows.'],
      inverse: ['inverse(m) -> matrix', 'Also pseudoInverse, determinant, covariance, correlation.'],
      EVD: ['new EVD(m)', 'Eigenvalues; also SVD, QR, LU, CholeskyDecomposition.'],
    },
  }),
  define({
    name: 'graph',
    licence: 'Apache-2.0',
    category,
    description: 'Graphs: order of dependencies, shortest ways, circles, components, PageRank.',
    variable: '{ Graph, fromDependencies }',
    useCases: [
      'order tasks by what they depend on',
      'find circular dependencies',
      'shortest ways',
      'draw with Graphviz',
    ],
    example: `const { Graph, fromDependencies } = requireVendor('graph');
console.log(fromDependencies({ app: ['db', 'log'], db: ['log'], log: [] }).topologicalSort());
const roads = new Graph([['A', 'B', 4], ['A', 'C', 1], ['C', 'B', 2]], { directed: false });
console.log(roads.shortestPath('A', 'B'));`,
    output: `[ 'log', 'db', 'app' ]
{ path: [ 'A', 'C', 'B' ], distance: 3 }
`,
    methods: {
      Graph: [
        'new Graph(edges?: [from, to, weight?][], { directed = true })',
        'addNode, addEdge, removeNode, removeEdge, nodes, edges, neighbors, hasEdge.',
      ],
      shortestPath: [
        'g.shortestPath(from, to) -> { path, distance } | undefined',
        'By weights, which are not negative.',
      ],
      topologicalSort: [
        'g.topologicalSort() -> string[]',
        'Every node after those that lead to it; throws and names a circle.',
      ],
      findCycle: ['g.findCycle() -> string[] | undefined', 'A circle of a directed graph.'],
      components: ['g.components() -> string[][]', 'What hangs together, the largest first; also reachable(node).'],
      pageRank: ['g.pageRank() -> Map', 'How central each node is.'],
      toDot: ['g.toDot() -> string', "Graphviz's text of it."],
      fromDependencies: ['fromDependencies(record) -> Graph', 'Of `{ name: [what it needs] }`.'],
    },
  }),
];
