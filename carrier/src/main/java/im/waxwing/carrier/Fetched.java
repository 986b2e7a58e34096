package im.waxwing.carrier;

import java.util.Optional;

/// One step of reading a mailbox: the next envelope, if any.
///
/// @param next the first envelope behind the given sequence; empty at the end
public record Fetched(Optional<StoredEnvelope> next) {}
