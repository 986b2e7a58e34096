/// The program of an onion network's directory authority: it collects the descriptors of nodes,
/// agrees with the other authorities on a consensus each epoch, and hands it to whoever asks
/// (consensus.md). [Clerk] decides, [AuthorityServer] answers, [Colleagues] asks the others. Start
/// with [AuthorityNode].
@NullMarked
package im.waxwing.node.directory;

import org.jspecify.annotations.NullMarked;
