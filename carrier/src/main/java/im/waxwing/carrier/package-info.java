/// What the engine asks of a way to move envelopes. Start with [Carrier]; every carrier passes the
/// same contract suite.
@NullMarked
package im.waxwing.carrier;

import org.jspecify.annotations.NullMarked;
