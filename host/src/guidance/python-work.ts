/**
 * A part of the Python program that reads programs: what one will take, as far as its text tells. Each node costs, as
 * often as it is carried out; what a loop goes through that is not to be seen is taken for a few steps. The costs are measured
 * averages of whole programs: a guess within a factor of ten is what this is for.
 */
export const pythonWork = `
NODE, CALL, LOOP, ITEM, PRINT, FEW, TOP = 350, 1500, 700, 1900, 66_000, 10, 10 ** 15
CONSUMERS = {'sum', 'list', 'tuple', 'set', 'sorted', 'min', 'max', 'any', 'all', 'dict', 'Counter', 'shuffle', 'join', 'bytes', 'bytearray', 'mean', 'deque', 'len', 'map', 'filter', 'reduce'}
WRAPPERS = {'enumerate', 'reversed', 'sorted', 'list', 'tuple', 'set', 'zip', 'tqdm', 'iter', 'map', 'filter', 'trange'}


class Work:
    def __init__(self, tree):
        self.numbers, self.begins, self.lengths, self.bodies, self.known = {}, {}, {}, {}, {}
        self.open = False
        stores, functions = {}, []
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                stores[node.id] = stores.get(node.id, 0) + 1
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                functions.append(node)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                name, value = node.targets[0].id, self.number(node.value)
                if value is not None:
                    self.begins.setdefault(name, value)
                if stores[name] != 1:
                    continue
                if value is not None:
                    self.numbers[name] = value
                elif (length := self.length(node.value)) is not None:
                    self.lengths[name] = length
        for node in functions:
            self.bodies[node.name] = self.measure(node.body)
        own, calls = self.measure(tree.body)
        self.total = min(TOP, own + sum(times * self.cost(name, argument, ()) for name, times, argument, _ in calls))

    def number(self, node, depth=0):
        """The value of an expression of literal numbers and names that have one."""
        if depth > 20:
            return None
        if isinstance(node, ast.Constant):
            return node.value if type(node.value) is int or (type(node.value) is float and abs(node.value) < 1e15 and node.value == int(node.value)) else None
        if isinstance(node, ast.Name):
            return self.numbers.get(node.id)
        if isinstance(node, ast.Call) and dotted(node.func) == 'int' and len(node.args) == 1:
            value = self.number(node.args[0], depth + 1)
            return None if value is None else int(value)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            value = self.number(node.operand, depth + 1)
            return None if value is None else -value
        if not isinstance(node, ast.BinOp):
            return None
        one, other = self.number(node.left, depth + 1), self.number(node.right, depth + 1)
        if one is None or other is None or abs(one) > 10 ** 30 or abs(other) > 10 ** 30:
            return None
        match node.op:
            case ast.Add():
                return one + other
            case ast.Sub():
                return one - other
            case ast.Mult():
                return one * other
            case ast.FloorDiv():
                return one // other if other else None
            case ast.Pow():
                return one ** other if 0 <= other <= 18 and abs(one) <= 1000 else None
        return None

    def length(self, node, depth=0):
        """How many things an expression gives."""
        if depth > 20:
            return None
        if isinstance(node, ast.Name):
            return self.lengths.get(node.id)
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return len(node.elts)
        if isinstance(node, ast.Dict):
            return len(node.keys)
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
            return len(node.value)
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
            product = 1
            for generator in node.generators:
                length = self.length(generator.iter, depth + 1)
                if length is None:
                    return None
                product *= length
            return min(product, TOP)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                length, times = self.length(one, depth + 1), self.number(other)
                if length is not None and times is not None:
                    return min(TOP, max(0, int(length * times)))
            return None
        if not isinstance(node, ast.Call) or not node.args:
            return None
        name = dotted(node.func)
        if name == 'range' and not node.keywords and len(node.args) <= 3:
            bounds = [self.number(argument) for argument in node.args]
            if any(bound is None or bound != int(bound) for bound in bounds):
                return None
            try:
                return min(TOP, len(range(*map(int, bounds))))
            except (ValueError, OverflowError):
                return None
        return self.length(node.args[-1 if name in ('map', 'filter') else 0], depth + 1) if name in WRAPPERS else None

    def turns(self, loop):
        """Steps of a while loop that counts: while i < N with an i += K in it."""
        test = loop.test
        if isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.left, ast.Name):
            end, begin = self.number(test.comparators[0]), self.begins.get(test.left.id)
            for node in loop.body:
                if end is None or begin is None or not isinstance(node, ast.AugAssign):
                    continue
                step = self.number(node.value)
                if isinstance(node.target, ast.Name) and node.target.id == test.left.id and step and isinstance(node.op, (ast.Add, ast.Sub)):
                    return min(TOP, abs(end - begin) // abs(step))
        return None

    def steps(self, length):
        if length is None:
            self.open = True
            return FEW
        return length

    def measure(self, nodes):
        own, calls = 0, []
        pending = [(node, 1) for node in nodes]
        while pending:
            node, times = pending.pop()
            times = min(times, TOP)
            if isinstance(node, (ast.expr, ast.stmt)):
                own += NODE * times
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                continue
            if isinstance(node, (ast.For, ast.AsyncFor)):
                pending.append((node.iter, times))
                inner = times * self.steps(self.length(node.iter))
                own += LOOP * inner
                pending.extend((child, inner) for child in node.body)
                pending.extend((child, times) for child in node.orelse)
            elif isinstance(node, ast.While):
                inner = times * self.steps(self.turns(node))
                pending.append((node.test, inner))
                pending.extend((child, inner) for child in node.body)
            elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
                for generator in node.generators:
                    pending.append((generator.iter, times))
                    times = min(TOP, times * self.steps(self.length(generator.iter)))
                    pending.extend((test, times) for test in generator.ifs)
                own += LOOP * times
                pending.extend((child, times) for child in ([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]))
            else:
                if isinstance(node, ast.Call):
                    name = node.func.attr if isinstance(node.func, ast.Attribute) else dotted(node.func)
                    own += (PRINT if name == 'print' else CALL) * times
                    first = node.args[0] if node.args else None
                    calls.append((name, times, self.number(first) if first is not None else None, first))
                    if name in CONSUMERS:
                        own += sum(ITEM * (self.length(argument) or 0) for argument in node.args if not isinstance(argument, ast.GeneratorExp)) * times
                pending.extend((child, times) for child in ast.iter_child_nodes(node))
        return min(own, TOP), calls

    def cost(self, name, argument, above):
        """What a call takes, with the calls in it."""
        if name not in self.bodies or len(above) > 40:
            return 0
        key = (name, argument)
        if key not in self.known:
            own, calls = self.bodies[name]
            again = [first for called, _, _, first in calls if called == name]
            inner = sum(times * self.cost(called, value, (*above, name)) for called, times, value, _ in calls if called != name and called not in above)
            self.known[key] = min(TOP, (own + inner) * self.repeats(again, argument))
        return self.known[key]

    def repeats(self, again, argument):
        """How often a function is carried out that calls itself; most of its calls take a short way out."""
        if not again:
            return 1
        if argument is None:
            self.open = True
            return FEW * FEW
        offsets = [node.right.value for node in again if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub) and isinstance(node.right, ast.Constant) and type(node.right.value) is int and node.right.value > 0]
        count = max(1, min(argument, 10 ** 6))
        if len(offsets) < len(again):
            return count
        if len(offsets) == 1:
            return count / offsets[0]
        low, high = 1.0, len(offsets) + 1.0
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (middle, high) if sum(middle ** -offset for offset in offsets) > 1 else (low, middle)
        return TOP if count > 200 else min(TOP, low ** count / 5 + 1)
`;
