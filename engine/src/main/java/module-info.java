/// The messenger itself: outbox, inbox, contacts, conversations; no sockets.
module im.waxwing.engine {
  requires transitive im.waxwing.base;
  requires transitive im.waxwing.model;
  requires im.waxwing.api;
  requires im.waxwing.carrier;
  requires im.waxwing.crypto;
  requires im.waxwing.store;
  requires im.waxwing.content;
  requires static org.jspecify;
}
