# Ways, flows, trees, groups, orders, measures, files and changes of graphs.
import io
import networkx as nx

g = nx.Graph()
g.add_weighted_edges_from([("a", "b", 4), ("a", "c", 1), ("c", "b", 2), ("b", "d", 5), ("e", "f", 1)])
print(nx.dijkstra_path(g, "a", "d"), nx.dijkstra_path_length(g, "a", "d"), [sorted(c) for c in nx.connected_components(g)], sorted(nx.minimum_spanning_tree(g).edges), nx.astar_path(g, "a", "b"))
d = nx.DiGraph()
d.add_edge("s", "x", capacity=3)
d.add_edge("s", "y", capacity=2)
d.add_edge("x", "t", capacity=2)
d.add_edge("y", "t", capacity=3)
d.add_edge("x", "y", capacity=5)
print(nx.maximum_flow_value(d, "s", "t"), nx.minimum_cut(d, "s", "t")[0], list(nx.topological_generations(d)), nx.dag_longest_path(d), nx.has_path(d, "t", "s"), sorted(nx.descendants(d, "x")))
k = nx.karate_club_graph()
print(len(k), k.number_of_edges(), round(nx.density(k), 4), round(nx.average_clustering(k), 4), nx.diameter(k), max(nx.betweenness_centrality(k).items(), key=lambda p: p[1])[0], len(nx.community.greedy_modularity_communities(k)))
print(nx.is_bipartite(nx.cycle_graph(4)), nx.is_planar(nx.complete_graph(5)), sorted(nx.find_cycle(nx.DiGraph([(1, 2), (2, 1)]))), nx.greedy_color(nx.cycle_graph(5))[0], list(nx.bfs_tree(nx.balanced_tree(2, 2), 0))[:4], nx.is_isomorphic(nx.path_graph(3), nx.star_graph(2)), len(list(nx.all_simple_paths(nx.complete_graph(4), 0, 3))), len(nx.max_weight_matching(nx.path_graph(4))))
nx.write_graphml(g, "g.graphml")
print(sorted(nx.read_graphml("g.graphml").edges(data="weight"))[0], nx.node_link_data(nx.path_graph(2), edges="links")["links"], list(nx.generate_adjlist(nx.path_graph(3))), nx.to_dict_of_lists(nx.path_graph(2)), nx.parse_gml("\n".join(nx.generate_gml(nx.path_graph(2))), label="id").number_of_edges())
for bad in (lambda: nx.shortest_path(g, "a", "e"), lambda: nx.shortest_path(g, "a", "zz"), lambda: list(nx.topological_sort(nx.DiGraph([(1, 2), (2, 1)])))):
    try:
        bad()
    except (nx.NetworkXException) as error:
        print(type(error).__name__)

#> ['a', 'c', 'b', 'd'] 8 [['a', 'b', 'c', 'd'], ['e', 'f']] [('a', 'c'), ('b', 'c'), ('b', 'd'), ('e', 'f')] ['a', 'c', 'b']
#> 5 5 [['s'], ['x'], ['y'], ['t']] ['s', 'x', 'y', 't'] False ['t', 'y']
#> 34 78 0.139 0.5706 5 0 3
#> True False [(1, 2), (2, 1)] 0 [0, 1, 2, 3] True 5 2
#> ('a', 'b', 4) [{'source': 0, 'target': 1}] ['0 1', '1 2', '2'] {0: [1], 1: [0]} 1
#> NetworkXNoPath
#> NodeNotFound
#> NetworkXUnfeasible
