// A stand-in for test262's file of this name, for the runner's own test.
function Test262Error(message) {
  this.message = message;
}
