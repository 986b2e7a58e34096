/// The Sphinx packet: layers, reply blocks and their keys; bytes in, bytes out, no I/O.
module im.waxwing.packet {
  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.primitives;
  requires static org.jspecify;

  exports im.waxwing.packet;
}
