/// The program that keeps mailboxes for others; it could not decrypt if it wished.
module im.waxwing.node {
  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.packet;
  requires im.waxwing.protocol;
  requires im.waxwing.primitives;
  requires io.netty.tcnative.classes.openssl;
  requires io.netty.transport.classes.epoll;
  requires io.vertx.core;
  requires org.xerial.sqlitejdbc;
  requires org.slf4j;
  requires static org.jspecify;
}
