/// Every way by which a stranger's bytes or text come in, each a [Target] with a corpus of inputs
/// that reach success and every refusal. The build replays the corpora; [Fuzz] gives them to
/// Jazzer. Targets stand in the packages of the decoders they call; [Targets] names them all.
@NullMarked
package im.waxwing.fuzz;

import org.jspecify.annotations.NullMarked;
