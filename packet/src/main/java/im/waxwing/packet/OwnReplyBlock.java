package im.waxwing.packet;

import im.waxwing.base.SecretBytes;

/// A fresh reply block with the keys that open its answer.
///
/// @param block to be given away
/// @param keys to be kept until the answer comes: 64 bytes for each hop, the last hop's first, then
///   64 for the one who answers
public record OwnReplyBlock(ReplyBlock block, SecretBytes keys) {}
