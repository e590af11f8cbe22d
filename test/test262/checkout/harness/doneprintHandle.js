// A stand-in for test262's file of this name, for the runner's own test.
function $DONE(error) {
  print(error ? `Test262:AsyncTestFailure:${error.message}` : 'Test262:AsyncTestComplete');
}
