// A stand-in for test262's file of this name, for the runner's own test.
function assert(condition, message) {
  if (condition !== true) throw new Test262Error(message);
}
assert.sameValue = function (actual, expected, message) {
  assert(Object.is(actual, expected), `${message}: ${String(actual)} is not ${String(expected)}`);
};
