/// Real processes together: the grid, the demo, kills and restarts, the page in a browser.
module im.waxwing.scenarios {
  exports im.waxwing.scenarios;

  requires im.waxwing.base;
  requires java.net.http;
  requires transitive com.fasterxml.jackson.databind;
  requires static org.jspecify;
}
