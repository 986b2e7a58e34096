/// Whole worlds in one process: a simulated network, a clock moved by hand, seeded faults.
module im.waxwing.testkit {
  exports im.waxwing.testkit;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.primitives;
  requires im.waxwing.packet;
  requires im.waxwing.protocol;
  requires im.waxwing.crypto;
  requires im.waxwing.store;
  requires transitive im.waxwing.carrier;
  requires im.waxwing.content;
  requires transitive im.waxwing.api;
  requires im.waxwing.engine;
  requires static org.jspecify;
}
