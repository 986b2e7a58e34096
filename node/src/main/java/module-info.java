/// The program that keeps mailboxes for others; it could not decrypt if it wished.
module im.waxwing.node {
  exports im.waxwing.node;
  exports im.waxwing.node.directory;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.packet;
  requires transitive im.waxwing.protocol;
  requires im.waxwing.primitives;
  requires io.netty.handler;
  requires io.netty.tcnative.classes.openssl;
  requires io.netty.transport;
  requires io.netty.transport.classes.epoll;
  requires transitive io.vertx.core;
  requires java.sql;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.slf4j;
  requires org.xerial.sqlitejdbc;
  requires static org.jspecify;
}
