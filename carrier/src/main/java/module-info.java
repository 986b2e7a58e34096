/// The interface of every way to move envelopes, and the tests every carrier passes.
module im.waxwing.carrier {
  exports im.waxwing.carrier;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires static org.jspecify;
}
