/// The records every module shares: accounts, devices, contacts, conversations, messages,
/// envelopes.
module im.waxwing.model {
  exports im.waxwing.model;

  requires transitive im.waxwing.base;
  requires static org.jspecify;
}
