/// Real processes together: the grid, the demo, kills and restarts, the page in a browser.
module im.waxwing.scenarios {
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
  requires im.waxwing.testkit;
  requires im.waxwing.app;
  requires io.vertx.core;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;
}
