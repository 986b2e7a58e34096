/// The command line, a client of the loopback server.
module im.waxwing.cli {
  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.api;
  requires info.picocli;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;
}
