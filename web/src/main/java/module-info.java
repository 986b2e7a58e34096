/// The loopback server and the page it serves.
module im.waxwing.web {
  exports im.waxwing.web;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires transitive im.waxwing.api;
  requires transitive io.vertx.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jdk8;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires static org.jspecify;

  opens im.waxwing.web to
      com.fasterxml.jackson.databind;
}
