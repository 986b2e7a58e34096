/// The command line, a client of the loopback server.
module im.waxwing.cli {
  exports im.waxwing.cli;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires transitive im.waxwing.api;
  requires transitive info.picocli;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jdk8;
  requires com.fasterxml.jackson.datatype.jsr310;
  requires com.google.zxing;
  requires java.net.http;
  requires static org.jspecify;

  opens im.waxwing.cli to
      com.fasterxml.jackson.databind,
      info.picocli;
}
