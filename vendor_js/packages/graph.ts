/** Graphs: what depends on what, the shortest way, what hangs together, what is central. */

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Length or cost, not negative. Default 1. */
  readonly weight?: number;
}

export interface GraphOptions {
  /** Whether an edge leads one way only. Default `true`. */
  readonly directed?: boolean;
}

export class Graph {
  readonly directed: boolean;
  readonly #edges = new Map<string, Map<string, number>>();

  constructor(
    edges: Iterable<Edge | readonly [from: string, to: string, weight?: number]> = [],
    options: GraphOptions = {},
  ) {
    this.directed = options.directed ?? true;
    for (const edge of edges) {
      if (Array.isArray(edge)) this.addEdge(edge[0], edge[1], edge[2]);
      else this.addEdge((edge as Edge).from, (edge as Edge).to, (edge as Edge).weight);
    }
  }

  addNode(node: string): this {
    if (!this.#edges.has(node)) this.#edges.set(node, new Map());
    return this;
  }

  addEdge(from: string, to: string, weight = 1): this {
    if (!(weight >= 0))
      throw new RangeError(`graph: the weight of ${from} → ${to} must not be negative, and is ${weight}`);
    this.addNode(from).addNode(to);
    this.#edges.get(from)?.set(to, weight);
    if (!this.directed) this.#edges.get(to)?.set(from, weight);
    return this;
  }

  removeEdge(from: string, to: string): this {
    this.#edges.get(from)?.delete(to);
    if (!this.directed) this.#edges.get(to)?.delete(from);
    return this;
  }

  removeNode(node: string): this {
    this.#edges.delete(node);
    for (const targets of this.#edges.values()) targets.delete(node);
    return this;
  }

  /** In the order in which they were added. */
  nodes(): string[] {
    return [...this.#edges.keys()];
  }

  /** Of an undirected graph, each edge once. */
  edges(): Required<Edge>[] {
    const seen = new Set<string>();
    return this.nodes().flatMap((from) => {
      seen.add(from);
      return [...(this.#edges.get(from) ?? [])]
        .filter(([to]) => this.directed || from === to || !seen.has(to))
        .map(([to, weight]) => ({ from, to, weight }));
    });
  }

  hasNode(node: string): boolean {
    return this.#edges.has(node);
  }

  hasEdge(from: string, to: string): boolean {
    return this.#edges.get(from)?.has(to) ?? false;
  }

  /** Where edges from a node lead. */
  neighbors(node: string): string[] {
    return [...(this.#edges.get(node)?.keys() ?? [])];
  }

  weight(from: string, to: string): number | undefined {
    return this.#edges.get(from)?.get(to);
  }

  /** Every node that can be reached, itself first, the nearest ones before the others. */
  reachable(start: string): string[] {
    const found = new Set(this.hasNode(start) ? [start] : []);
    for (const node of found) for (const next of this.neighbors(node)) found.add(next);
    return [...found];
  }

  /** The cheapest way (Dijkstra); undefined where there is none. */
  shortestPath(from: string, to: string): { path: string[]; distance: number } | undefined {
    const distances = new Map([[from, 0]]);
    const before = new Map<string, string>();
    const open = this.hasNode(from) ? new Set([from]) : new Set<string>();
    while (open.size > 0) {
      let node = '';
      let distance = Number.POSITIVE_INFINITY;
      for (const each of open) {
        const own = distances.get(each) ?? Number.POSITIVE_INFINITY;
        if (own < distance) [node, distance] = [each, own];
      }
      open.delete(node);
      if (node === to) {
        const path = [to];
        for (let at = before.get(to); at !== undefined; at = before.get(at)) path.unshift(at);
        return { path, distance };
      }
      for (const [next, weight] of this.#edges.get(node) ?? []) {
        if (distance + weight >= (distances.get(next) ?? Number.POSITIVE_INFINITY)) continue;
        distances.set(next, distance + weight);
        before.set(next, node);
        open.add(next);
      }
    }
    return undefined;
  }

  /** Every node after those that lead to it. @throws {Error} that names a circle, where there is one. */
  topologicalSort(): string[] {
    const circle = this.findCycle();
    if (circle !== undefined) throw new Error(`graph: there is no order: ${circle.join(' → ')}`);
    const waiting = new Map(this.nodes().map((node) => [node, 0]));
    for (const { to } of this.edges()) waiting.set(to, (waiting.get(to) ?? 0) + 1);
    const order = this.nodes().filter((node) => waiting.get(node) === 0);
    for (const node of order) {
      for (const next of this.neighbors(node)) {
        const left = (waiting.get(next) ?? 0) - 1;
        waiting.set(next, left);
        if (left === 0) order.push(next);
      }
    }
    return order;
  }

  /** A circle of a directed graph, its first node once more at the end; undefined where there is none. */
  findCycle(): string[] | undefined {
    const done = new Set<string>();
    for (const start of this.nodes()) {
      const path: string[] = [];
      const stack: string[][] = [[start]];
      while (stack.length > 0) {
        const node = stack.at(-1)?.pop();
        if (node === undefined) {
          stack.pop();
          const left = path.pop();
          if (left !== undefined) done.add(left);
        } else if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
        else if (!done.has(node)) {
          path.push(node);
          stack.push(this.neighbors(node).reverse());
        }
      }
    }
    return undefined;
  }

  /** The nodes that hang together, whatever way the edges lead; the largest first. */
  components(): string[][] {
    const both = new Graph(this.edges(), { directed: false });
    for (const node of this.nodes()) both.addNode(node);
    const seen = new Set<string>();
    const groups: string[][] = [];
    for (const node of both.nodes()) {
      if (seen.has(node)) continue;
      const group = both.reachable(node);
      for (const each of group) seen.add(each);
      groups.push(group);
    }
    return groups.sort((a, b) => b.length - a.length);
  }

  /** How central each node is (PageRank); the values add up to 1. */
  pageRank(damping = 0.85, rounds = 50): Map<string, number> {
    const nodes = this.nodes();
    let ranks = new Map(nodes.map((node) => [node, 1 / nodes.length]));
    for (let round = 0; round < rounds; round++) {
      const next = new Map(nodes.map((node) => [node, (1 - damping) / nodes.length]));
      for (const node of nodes) {
        const targets = this.neighbors(node);
        // What leads nowhere leads everywhere.
        const receivers = targets.length > 0 ? targets : nodes;
        for (const target of receivers)
          next.set(target, (next.get(target) ?? 0) + (damping * (ranks.get(node) ?? 0)) / receivers.length);
      }
      ranks = next;
    }
    return ranks;
  }

  /** In Graphviz's language. */
  toDot(): string {
    const [kind, arrow] = this.directed ? ['digraph', '->'] : ['graph', '--'];
    const lines = this.edges().map(
      ({ from, to, weight }) =>
        `  ${JSON.stringify(from)} ${arrow} ${JSON.stringify(to)}${weight === 1 ? '' : ` [label=${weight}]`};`,
    );
    const lonely = this.components()
      .filter((group) => group.length === 1)
      .map(([node]) => `  ${JSON.stringify(node)};`);
    return [`${kind} {`, ...lines, ...lonely, '}'].join('\n');
  }
}

/** The graph of a record of dependencies: `{ app: ['lib'], lib: [] }` has an edge from `lib` to `app`. */
export function fromDependencies(dependencies: Readonly<Record<string, readonly string[]>>): Graph {
  const graph = new Graph();
  for (const [name, needs] of Object.entries(dependencies)) {
    graph.addNode(name);
    for (const need of needs) graph.addEdge(need, name);
  }
  return graph;
}
