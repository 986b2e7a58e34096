/// The loopback server and the page it serves.
module im.waxwing.web {
  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.api;
  requires io.vertx.core;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;
}
