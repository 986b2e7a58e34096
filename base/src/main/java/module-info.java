/// Bytes, secrets, clocks and redaction: what every other module is built from.
module im.waxwing.base {
  exports im.waxwing.base;

  requires static org.jspecify;
}
