/// What two devices keep between them, and what they send: sessions ([Sessions]) turn content into
/// letters, lanes ([SendingLane], [ReceivingLane]) give every piece of a letter a name and a key,
/// and [Envelopes] seals the pieces. This is the only place that knows libsignal, and none of its
/// types leaves. Start with [Sessions].
@NullMarked
package im.waxwing.crypto;

import org.jspecify.annotations.NullMarked;
