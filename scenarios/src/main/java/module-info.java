/// Real processes together: the grid, the demo, kills and restarts, the page in a browser.
module im.waxwing.scenarios {
  requires im.waxwing.base;
  requires im.waxwing.carrier;
  requires im.waxwing.carrier.relayed;
  requires im.waxwing.model;
  requires im.waxwing.primitives;
  requires java.net.http;
  requires com.fasterxml.jackson.databind;
  requires static org.jspecify;
}
