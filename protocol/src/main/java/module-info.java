/// What nodes and devices say to each other: codecs of node operations, mailbox addresses and
/// links; no I/O.
module im.waxwing.protocol {
  exports im.waxwing.protocol;
  exports im.waxwing.protocol.consensus;
  exports im.waxwing.protocol.swarm;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires transitive im.waxwing.packet;
  requires im.waxwing.primitives;
  requires static org.jspecify;
}
