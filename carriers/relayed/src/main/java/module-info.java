/// The carrier for every path with a node in it.
module im.waxwing.carrier.relayed {
  exports im.waxwing.carrier.relayed;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.carrier;
  requires transitive im.waxwing.model;
  requires im.waxwing.packet;
  requires im.waxwing.protocol;
  requires im.waxwing.primitives;
  requires io.netty.handler;
  requires io.netty.tcnative.classes.openssl;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires io.vertx.core;
  requires org.slf4j;
  requires static org.jspecify;
}
