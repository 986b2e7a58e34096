/// The messenger itself: outbox, inbox, contacts, conversations; no sockets.
module im.waxwing.engine {
  exports im.waxwing.engine;

  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires transitive im.waxwing.api;
  requires transitive im.waxwing.carrier;
  requires transitive im.waxwing.store;
  requires transitive im.waxwing.content;
  requires im.waxwing.crypto;
  requires static org.jspecify;
}
