/// The performance table.
module im.waxwing.bench {
  requires im.waxwing.base;
  requires im.waxwing.model;
  requires im.waxwing.primitives;
  requires im.waxwing.packet;
  requires im.waxwing.protocol;
  requires im.waxwing.carrier;
  requires im.waxwing.carrier.relayed;
  requires im.waxwing.crypto;
  requires im.waxwing.node;
  requires im.waxwing.scenarios;
  requires im.waxwing.store;
  requires com.fasterxml.jackson.databind;
  requires io.netty.handler;
  requires io.netty.transport;
  requires io.vertx.core;
  requires java.management;
  requires java.net.http;
  requires jdk.management;
  requires static org.jspecify;
}
