/// The programs, wired by hand: it only constructs and starts.
module im.waxwing.app {
  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.primitives;
  requires im.waxwing.packet;
  requires im.waxwing.protocol;
  requires im.waxwing.crypto;
  requires im.waxwing.store;
  requires im.waxwing.carrier;
  requires im.waxwing.carrier.relayed;
  requires im.waxwing.content;
  requires im.waxwing.api;
  requires im.waxwing.engine;
  requires im.waxwing.node;
  requires im.waxwing.web;
  requires im.waxwing.cli;
  requires info.picocli;
  requires io.vertx.core;
  requires java.logging;
  requires static org.jspecify;

  opens im.waxwing.app to
      info.picocli;
}
